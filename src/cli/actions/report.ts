import { type LicenseProvider, suppressionsFor, suppressionsOfFindings } from '../../index.ts'
import type { ReportOptions } from '../commands/report.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { mappingFor, readPeople } from '../input/people-file.ts'
import { rowsAskedFor } from '../input/rows-asked-for.ts'
import { readSuppressions } from '../input/suppressions-file.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import { withHistoryOf } from '../snapshot/with-history.ts'
import { configuredExemptions, exemptionsFor } from './exemptions.ts'
import { configuredLimits, limitsFor } from './license-limits.ts'
import { callsOfReport } from './planned-calls.ts'
import { type PrintedReport, printReport } from './print-report.ts'
import { withReading } from './with-reading.ts'

/** Findings need the users, and take several times as long and twice the memory. */
const WHERE_SAVINGS_ARE = 'To see what can be saved, and where: seatlens report --detail'

export const report = async (invocation: Invocation, options: ReportOptions): Promise<readonly ProviderOutcome[]> => {
  const { format, by, groupBy, history, detail, splitBy, output, failures, open, title, logo } = options
  const { provider, people, dormantDays, graceDays, renewalDays, suppressions, verify } = options
  const layout = groupBy !== undefined && by === 'license' ? 'group' : by
  const rows = await rowsAskedFor(layout, options)
  // Before anything is asked of a vendor, so that a mistake in a file costs no wait.
  const mapping = people === undefined ? undefined : await readPeople(people, invocation)
  const accepted =
    suppressions === undefined ? undefined : suppressionsOfFindings(await readSuppressions(suppressions, invocation))
  const exemptions = await configuredExemptions(invocation)
  const limits = await configuredLimits(invocation)
  const withHistory = await withHistoryOf(history, invocation)
  const isDetailed =
    detail === true ||
    mapping !== undefined ||
    dormantDays !== undefined ||
    graceDays !== undefined ||
    renewalDays !== undefined ||
    accepted !== undefined
  const reading = { only: provider, history, calls: callsOfReport({ verify }) }
  /** What is asked of a report of these providers, which are all that the user asked for. `areAll`: and all that there are. */
  const printedOf = (providers: readonly LicenseProvider[], areAll: boolean): PrintedReport => {
    const only = areAll ? undefined : providers.map(({ id }) => id)
    return {
      format,
      layout,
      rows,
      groupBy,
      only,
      detail: isDetailed,
      output,
      failures,
      open,
      title,
      logo,
      mapping: mapping === undefined ? undefined : mappingFor(only, mapping),
      limits: limitsFor(limits, providers, areAll),
      findings: {
        dormantAfterDays: dormantDays,
        graceDays,
        renewalDays,
        exemptions: exemptionsFor(exemptions, only),
        suppressions: accepted === undefined ? undefined : suppressionsFor(only, accepted),
      },
      verify,
    }
  }
  return withReading(invocation, reading, async (configured, progress) => {
    const providers = withHistory(configured)
    if (splitBy !== undefined && output !== undefined) {
      const { splitReport } = await import('./split-report.ts')
      return splitReport(invocation, output, providers, progress, (one) => printedOf([one], false))
    }
    const outcomes = await printReport(invocation, providers, progress, printedOf(providers, provider === undefined))
    const isTable = format === 'table' && output === undefined && rows === undefined && by === 'license' && !isDetailed
    const wasRead = outcomes.some(({ status }) => status !== 'failed')
    const { stdout, stderr } = invocation.environment
    if (isTable && wasRead && stdout.isTTY && stderr.isTTY) notify(invocation.environment, WHERE_SAVINGS_ARE)
    return outcomes
  })
}
