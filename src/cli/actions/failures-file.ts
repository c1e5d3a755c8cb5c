import type { LicenseReport } from '../../index.ts'
import { renderFailures } from '../../render/index.ts'
import { failureFormatOf } from '../commands/failure-format.ts'
import type { Environment } from '../environment.ts'
import { openOutputFile } from '../output/output-file.ts'
import { INTERRUPTED } from './reason-to-keep-old.ts'

/** The file of `--failures`. */
interface FailuresFile {
  /** Writes what could not be read. An interrupted run leaves the file as it was. */
  readonly write: (report: LicenseReport, signal: AbortSignal) => Promise<void>
}

/** Opens the file before any work is done; undefined where none was asked for. */
export const openFailuresFile = async (
  name: string | undefined,
  environment: Environment,
): Promise<FailuresFile | undefined> => {
  if (name === undefined) return undefined
  const file = await openOutputFile(name, environment, { option: '--failures' })
  const format = failureFormatOf(name) ?? 'csv'
  return {
    write: async (report, signal) => {
      if (signal.aborted) file.leave(INTERRUPTED)
      else await file.commit(await renderFailures(report, { format, isFile: true }))
    },
  }
}
