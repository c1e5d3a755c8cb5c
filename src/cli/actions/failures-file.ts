import type { LicenseReport } from '../../index.ts'
import { renderFailures } from '../../render/index.ts'
import type { NamedFailures } from '../commands/options.ts'
import type { Environment } from '../environment.ts'
import { openOutputFile } from '../output/output-file.ts'
import { INTERRUPTED } from './reason-to-keep-old.ts'

/** The file of `--failures`. */
interface FailuresFile {
  /** Writes what could not be read. An interrupted run leaves the file as it was. */
  readonly write: (report: Pick<LicenseReport, 'generatedAt' | 'providers'>, signal: AbortSignal) => Promise<void>
}

/** Opens the file before any work is done; undefined where none was asked for. */
export const openFailuresFile = async (
  named: NamedFailures | undefined,
  environment: Environment,
): Promise<FailuresFile | undefined> => {
  if (named === undefined) return undefined
  const { format } = named
  const file = await openOutputFile(named.file, environment, { option: '--failures' })
  return {
    write: async (report, signal) => {
      if (signal.aborted) file.leave(INTERRUPTED)
      else await file.commit(await renderFailures(report, { format, isFile: true }))
    },
  }
}
