import { errorCodeOf } from './error-code.ts'

/** What is wrong with a file or folder, by the system's word for it. */
const problems: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  EROFS: 'its file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB, which is more than can be read',
}

/** Why a file that the user has named cannot be used. */
export const problemOfFile = (error: unknown): string => {
  const code = errorCodeOf(error)
  if (code === undefined) return error instanceof Error ? error.message : String(error)
  return problems[code] ?? code
}
