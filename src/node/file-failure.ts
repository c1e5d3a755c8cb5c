import { taggedWith } from '../model/tagged-failure.ts'
import { errorCodeOf } from './error-code.ts'
import { lacksFolder, problemOfFile, problemOfWriting } from './problem-of-file.ts'

/** Which file could not be read or written, and why: in words for people, and in the word of the system. */
export interface FileFailureDetails {
  /** One line for people: which file, and what is the matter with it. */
  readonly message: string
  /** The file or folder, as it was named. */
  readonly path: string
  /** What is the matter, for sentences of your own: `there is no permission`. */
  readonly problem: string
  /** The system's own word, such as `EACCES`; absent where it has none. */
  readonly code?: string | undefined
}

/** There is no such file or folder; of what is to be written: there is no folder for it. */
export interface FileMissing extends FileFailureDetails {
  readonly _tag: 'FileMissing'
}

/** The disk, or the user's part of it, is full. */
export interface NoRoom extends FileFailureDetails {
  readonly _tag: 'NoRoom'
}

/** There is no permission, it is no regular file, another program has it open, the disk fails. */
export interface FileUnusable extends FileFailureDetails {
  readonly _tag: 'FileUnusable'
}

/** The content is not text, or text in an encoding that is not read. */
export interface NotText extends FileFailureDetails {
  readonly _tag: 'NotText'
}

/** Every way in which a file fails to be read or written: plain data, told apart by `_tag`. */
export type FileFailure = FileMissing | NoRoom | FileUnusable | NotText

export const fileTags = { FileMissing: true, NoRoom: true, FileUnusable: true, NotText: true } as const

/** Whether something is a failure of a file: for `isLicenseException`. */
export const isFileFailure = taggedWith<FileFailure>(fileTags)

const tags: Readonly<Record<string, 'FileMissing' | 'NoRoom'>> = {
  ENOENT: 'FileMissing',
  ENOSPC: 'NoRoom',
  EDQUOT: 'NoRoom',
}

/** A failure of a file or folder, with the message that all of them have. */
export const failureAt = <Tag extends string>(_tag: Tag, path: string, problem: string) => ({
  _tag,
  message: `${path}: ${problem}`,
  path,
  problem,
})

const NO_PATH = 'expected a path: a text that is not empty and has no NUL character'

const isPath = (path: unknown): path is string => typeof path === 'string' && path !== '' && !path.includes('\0')

/** A path of a caller. Throws before the system is asked, which takes a number for a file that is open. */
export const checkedPath = (path: unknown): string => {
  if (isPath(path)) return path
  throw new Error(NO_PATH)
}

const tagOf = (code: string | undefined) => tags[code ?? ''] ?? 'FileUnusable'

const failure = (error: unknown, path: unknown, problem: string, tag?: 'FileUnusable'): FileFailure => {
  if (!isPath(path)) return { _tag: 'FileUnusable', message: NO_PATH, path: String(path), problem: NO_PATH }
  const code = errorCodeOf(error)
  const _tag = tag ?? tagOf(code)
  return { ...failureAt(_tag, path, problem), ...(code === undefined ? {} : { code }) }
}

/** What the system threw about a file that was to be read, as plain data. */
export const failureOfReading = (error: unknown, path: string): FileFailure =>
  failure(error, path, problemOfFile(error))

/** What the system threw about a file that was to be written, as plain data. */
export const failureOfWriting = (error: unknown, path: string): FileFailure => {
  if (!isPath(path)) return failure(error, path, NO_PATH)
  const isMissing = tagOf(errorCodeOf(error)) === 'FileMissing'
  const tag = isMissing && !lacksFolder(error, path) ? 'FileUnusable' : undefined
  return failure(error, path, problemOfWriting(error, path), tag)
}
