import { errorCodeOf } from './error-code.ts'
import { type FileFailure, failureAt, failureOfReading } from './file-failure.ts'

/** Of a folder, where the words for a file would not be right. */
const problems: Readonly<Record<string, string>> = { ENOENT: 'there is no such folder', ENOTDIR: 'it is a file' }

/** What the system threw about a folder that was to be listed, as plain data. */
export const failureOfFolder = (error: unknown, path: string): FileFailure => {
  const failure = failureOfReading(error, path)
  const problem = problems[errorCodeOf(error) ?? '']
  return problem === undefined ? failure : { ...failure, ...failureAt(failure._tag, path, problem) }
}
