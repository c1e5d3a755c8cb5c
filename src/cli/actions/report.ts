import { suppressionsFor, suppressionsOfFindings } from '../check/check-report.ts'
import { readSuppressions } from '../check/suppressions-file.ts'
import type { ReportOptions } from '../commands/report.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { readPeople } from '../input/people-file.ts'
import type { Invocation } from '../invocation.ts'
import { printReport } from './print-report.ts'
import { withProviders } from './with-providers.ts'

export const report = async (invocation: Invocation, options: ReportOptions): Promise<readonly ProviderOutcome[]> => {
  const { environment } = invocation
  const { format, by, detail, output, open, provider, people, dormantDays, suppressions, verify } = options
  const mapping = people === undefined ? undefined : await readPeople(people, environment, provider)
  const accepted =
    suppressions === undefined
      ? undefined
      : suppressionsFor(provider, suppressionsOfFindings(await readSuppressions(suppressions, environment)))
  return withProviders(invocation, provider, (providers, progress) =>
    printReport(invocation, providers, progress, {
      format,
      layout: by,
      detail: detail === true || mapping !== undefined || dormantDays !== undefined || accepted !== undefined,
      output,
      open,
      mapping,
      findings: { dormantAfterDays: dormantDays, suppressions: accepted },
      verify,
    }),
  )
}
