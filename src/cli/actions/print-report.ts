import type { LicenseProvider } from '../../contract/license-provider.ts'
import { createLicenseReport } from '../../report/create-license-report.ts'
import type { LicenseReport } from '../../report/license-report.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { type ReportFormatName, reportFormats } from '../formats/report-formats.ts'
import { problemsOfReport } from '../formats/report-problems.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import { openOutputFile } from '../output/output-file.ts'
import type { Progress } from '../output/progress.ts'
import { plainSurface, surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'

export interface PrintedReport {
  readonly format: ReportFormatName
  /** The file to write; absent: stdout. */
  readonly output?: string | undefined
  readonly verify?: boolean | undefined
}

const read = async (
  { bounds }: Invocation,
  providers: readonly LicenseProvider[],
  progress: Progress,
  verify: boolean,
): Promise<LicenseReport> => {
  const report = await createLicenseReport({ ...bounds(), verify, onProgress: progress.onProgress })(providers)()
  progress.stop()
  return report
}

/** Why a report must not take the place of an older one, or undefined where it may. */
const reasonToKeepOld = ({ providers }: LicenseReport, signal: AbortSignal): string | undefined => {
  if (signal.aborted) return 'the run was interrupted'
  return providers.every(({ status }) => status === 'failed') ? 'every provider failed' : undefined
}

/** Makes the report and writes it where it belongs; says on stderr what is missing, unless the user has just seen it. */
export const printReport = async (
  invocation: Invocation,
  providers: readonly LicenseProvider[],
  progress: Progress,
  { format, output, verify = false }: PrintedReport,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal } = invocation
  const render = await reportFormats[format]()
  // Before the work, so that a path that cannot be written costs nobody a wait.
  const file = output === undefined ? undefined : await openOutputFile(output, environment)
  try {
    const report = await read(invocation, providers, progress, verify)
    const content = render(report, file === undefined ? surfaceOf(environment) : plainSurface)
    const keepOld = file === undefined ? undefined : reasonToKeepOld(report, signal)
    if (file === undefined) await writeOut(environment, content)
    else await (keepOld === undefined ? file.commit(content) : file.discard())
    const wasShown = format === 'table' && file === undefined && environment.stdout.isTTY === true
    if (!wasShown) for (const problem of problemsOfReport(report)) notify(environment, problem)
    if (keepOld !== undefined) notify(environment, `--output: ${output} is as it was before: ${keepOld}`)
    return report.providers.map(({ status, error }) => ({ status, error }))
  } catch (error) {
    await file?.discard().catch(() => {})
    throw error
  }
}
