import type { ProviderReport } from './license-report.ts'
import { licensedUsersOf, outcomeOf, type ProviderReading } from './provider-reading.ts'

/** How a provider was read, as a report has it. */
export const providerReport = (reading: ProviderReading): ProviderReport => {
  const { provider, licenses, users, workspaces } = reading
  const directory = users.directory === undefined ? {} : { directory: users.directory }
  const { status, error } = outcomeOf(reading)
  return {
    id: provider.id,
    vendor: provider.vendor,
    displayName: provider.displayName,
    status,
    licensedUsers: licensedUsersOf(reading),
    ledgers: {
      licenses: licenses.ledger,
      assignments: users.ledger,
      ...directory,
      ...(workspaces === undefined ? {} : { workspaces: workspaces.ledger }),
    },
    ...(error === undefined ? {} : { error }),
  }
}
