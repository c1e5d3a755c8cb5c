import type { ReportOptions } from '../commands/report.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { printReport } from './print-report.ts'
import { withProviders } from './with-providers.ts'

export const report = (
  invocation: Invocation,
  { format, output, provider, verify }: ReportOptions,
): Promise<readonly ProviderOutcome[]> =>
  withProviders(invocation, provider, (providers, progress) =>
    printReport(invocation, providers, progress, { format, output, verify }),
  )
