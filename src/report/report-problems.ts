import { type Gap, gapsInWords, type Ledger } from '../model/ledger.ts'
import { describeError, type LicenseError } from '../model/license-error.ts'
import { numberText } from '../model/quantity.ts'
import type { LicenseReport, ProviderReport } from './license-report.ts'

const MAX_GAPS = 5

/** What a gap names if nothing of the list could be read. */
const WHOLE_LIST = 'the list'

/** For a reader who knows which provider it is about. */
const withoutProvider = (line: string, provider: string): string =>
  line.startsWith(`${provider}: `) ? line.slice(provider.length + 2) : line

const failureText = (error: LicenseError): string => withoutProvider(describeError(error), error.provider)

const gapText = (list: string, { what, reason, error }: Gap): string => {
  const lack = what === WHOLE_LIST ? `the list of ${list} could not be read` : `the list of ${list} lacks ${what}`
  return `${lack}: ${error === undefined ? reason : failureText(error)}`
}

/** The gaps of a list of one provider, one line each; none if the list is complete. `list`: what it lists. */
export const problemsOfList = (list: string, ledger: Ledger): readonly string[] => {
  const counted = ledger.total === undefined ? '' : ` (${ledger.items} of ${ledger.total} came)`
  return gapsInWords(ledger, MAX_GAPS, {
    changed: `the list of ${list} changed while it was read, so rows may be missing${counted}; read it again`,
    gap: (gap) => gapText(list, gap),
    others: (more) => `the list of ${list} has ${more}`,
    notWhole: `the list of ${list} is partial; the provider does not say what is missing`,
  })()
}

/** That a list ended with a failure, and after how much: what was printed of it is not all. */
export const problemOfEnd = (list: string, items: number, error: LicenseError): string =>
  `the list of ${list} is partial and ends after ${numberText(items)}: ${failureText(error)}`

/** A list of a provider, and what it is of. */
interface NamedList {
  readonly name: string
  readonly ledger: Ledger
}

/** The lists that a provider was read from. */
export const listsOf = ({ licenses, assignments, directory }: ProviderReport['ledgers']): readonly NamedList[] => [
  { name: 'licenses', ledger: licenses },
  { name: 'users', ledger: assignments },
  ...(directory === undefined ? [] : [{ name: 'people in the directory', ledger: directory }]),
]

type ReadProvider = Pick<ProviderReport, 'status' | 'error' | 'ledgers'>

/** What is missing of one provider and why, one line each. */
export const problemsOfProvider = ({ status, error, ledgers }: ReadProvider): readonly string[] => {
  if (status === 'failed') return [error === undefined ? 'nothing could be read' : failureText(error)]
  return listsOf(ledgers).flatMap(({ name, ledger }) => problemsOfList(name, ledger))
}

/** What is missing from a report and why, one line each. */
export const problemsOfReport = ({ providers }: Pick<LicenseReport, 'providers'>): readonly string[] =>
  providers.flatMap((provider) => problemsOfProvider(provider).map((line) => `${provider.id}: ${line}`))

/** What else is to be said of the lists that a report was made of, one line each. Nothing is missing because of it. */
export const remarksOfReport = ({ providers }: Pick<LicenseReport, 'providers'>): readonly string[] =>
  providers.flatMap(({ id, ledgers }) =>
    listsOf(ledgers).flatMap(({ ledger }) => (ledger.remarks ?? []).map((remark) => `${id}: ${remark}`)),
  )
