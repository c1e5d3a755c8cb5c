import { suppressionsFor, suppressionsOfFindings } from '../../index.ts'
import type { ReportOptions } from '../commands/report.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { mappingFor, readPeople } from '../input/people-file.ts'
import { readSuppressions } from '../input/suppressions-file.ts'
import type { Invocation } from '../invocation.ts'
import { readHistory } from '../snapshot/read-history.ts'
import { exemptionsFor } from './exemptions.ts'
import { configuredLimits, limitsFor } from './license-limits.ts'
import { printReport } from './print-report.ts'
import { withProviders } from './with-providers.ts'

export const report = async (invocation: Invocation, options: ReportOptions): Promise<readonly ProviderOutcome[]> => {
  const { format, by, groupBy, history, detail, output, open, title, logo } = options
  const { provider, people, dormantDays, graceDays, suppressions, verify } = options
  // Before anything is asked of a vendor, so that a mistake in a file costs no wait.
  const mapping = people === undefined ? undefined : await readPeople(people, invocation)
  const accepted =
    suppressions === undefined ? undefined : suppressionsOfFindings(await readSuppressions(suppressions, invocation))
  const exemptions = await exemptionsFor(invocation, provider)
  const limits = await configuredLimits(invocation)
  const withHistory = await readHistory(history, invocation)
  return withProviders(invocation, provider, (configured, progress) => {
    const providers = withHistory(configured)
    const only = provider === undefined ? undefined : providers.map(({ id }) => id)
    return printReport(invocation, providers, progress, {
      format,
      layout: groupBy !== undefined && by === 'license' ? 'group' : by,
      groupBy,
      only: provider,
      detail:
        detail === true ||
        mapping !== undefined ||
        dormantDays !== undefined ||
        graceDays !== undefined ||
        accepted !== undefined,
      output,
      open,
      title,
      logo,
      mapping: mapping === undefined ? undefined : mappingFor(only, mapping),
      limits: limitsFor(limits, providers),
      findings: {
        dormantAfterDays: dormantDays,
        graceDays,
        exemptions,
        suppressions: accepted === undefined ? undefined : suppressionsFor(only, accepted),
      },
      verify,
    })
  })
}
