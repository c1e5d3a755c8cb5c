import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCodeOf } from './error-code.ts'

/** What is wrong with a file or folder, by the system's word for it. */
const problems: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  EBUSY: 'another program has it open',
  EROFS: 'its file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB, which is more than can be read',
}

/** Windows says the same of what may not be written and of what another program, such as Excel, has open. */
const MAY_BE_OPEN = 'there is no permission, or another program has it open'
const windowsProblems: Readonly<Record<string, string>> = { ...problems, EACCES: MAY_BE_OPEN, EPERM: MAY_BE_OPEN }

/** Why a file or folder cannot be used. */
export const problemOfFile = (error: unknown, platform: string = process.platform): string => {
  const code = errorCodeOf(error)
  if (code === undefined) return error instanceof Error ? error.message : String(error)
  return (platform === 'win32' ? windowsProblems : problems)[code] ?? code
}

/** Whether what is to be written has no folder. Some systems say so too of a folder that takes no files, such as /proc. */
export const lacksFolder = (error: unknown, name: string): boolean =>
  errorCodeOf(error) === 'ENOENT' && !existsSync(dirname(name))

/** Why a file or folder cannot be written: where there is nothing yet, what is missing is its folder. */
export const problemOfWriting = (error: unknown, name: string): string => {
  if (lacksFolder(error, name)) return `there is no folder ${dirname(name)}`
  return errorCodeOf(error) === 'ENOENT' ? 'its folder takes no files' : problemOfFile(error)
}
