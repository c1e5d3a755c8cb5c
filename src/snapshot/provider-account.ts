import { type Ledger, shortfallsOf } from '../model/ledger.ts'
import { describeError, type LicenseError } from '../model/license-error.ts'
import type { ProviderReport, ProviderStatus } from '../report/license-report.ts'
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

const problemsOfList = (list: string, ledger: Ledger | undefined): readonly string[] =>
  ledger === undefined ? [] : shortfallsOf(ledger).map((shortfall) => `${list}: ${shortfall}`)

/** What is said of a provider need not name it. */
const failureOf = (error: LicenseError): string => describeError(error).slice(`${error.provider}: `.length)

const problemsOf = ({ status, error, ledgers }: ReadProvider): readonly string[] => {
  if (error !== undefined) return [failureOf(error)]
  if (status === 'failed') return ['nothing could be read']
  return [
    ...problemsOfList('licenses', ledgers.licenses),
    ...problemsOfList('users', ledgers.assignments),
    ...problemsOfList('people in the directory', ledgers.directory),
  ]
}

/** As a report of the snapshot tells it. */
export const accountOf = (provider: ReadProvider): ProviderAccount => ({
  id: provider.id,
  displayName: provider.displayName,
  status: provider.status,
  problems: problemsOf(provider),
})

/** The same, as its manifest tells it. */
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
