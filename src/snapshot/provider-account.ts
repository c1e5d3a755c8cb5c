import type { ProviderReport, ProviderStatus } from '../report/license-report.ts'
import { problemsOfProvider } from '../report/report-problems.ts'
import type { SnapshotProvider } from './manifest.ts'

/** How one provider had been read when a snapshot was made. */
export interface ProviderAccount {
  readonly id: string
  readonly displayName: string
  readonly status: ProviderStatus
  /** What could not be read, and why as far as that is known, one line each. None where it is complete. */
  readonly problems: readonly string[]
}

type ReadProvider = Pick<ProviderReport, 'id' | 'displayName' | 'status' | 'error' | 'ledgers'>

/** As a report of the snapshot has it. */
export const accountOf = (provider: ReadProvider): ProviderAccount => ({
  id: provider.id,
  displayName: provider.displayName,
  status: provider.status,
  problems: problemsOfProvider(provider),
})

/** The same, as its manifest has it. */
export const accountKept = ({ id, displayName, status, licenses, users }: SnapshotProvider): ProviderAccount => {
  const error = status === 'failed' ? (licenses.error ?? users.error) : undefined
  const { directory } = users
  const ledgers = {
    licenses: licenses.ledger,
    assignments: users.ledger,
    ...(directory === undefined ? {} : { directory }),
  }
  return accountOf({ id, displayName, status, ledgers, ...(error === undefined ? {} : { error }) })
}
