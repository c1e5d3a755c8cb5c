import {
  type Gap,
  gapInWords,
  gapsInWords,
  type Ledger,
  type ListWords,
  REST_OF_LIST,
  WHOLE_LIST,
} from '../model/ledger.ts'
import { describeError, type LicenseError } from '../model/license-error.ts'
import { numberText } from '../model/quantity.ts'
import type { LicenseReport, ProviderReport } from './license-report.ts'

const MAX_GAPS = 5

/** For a reader who knows which provider it is about. */
const withoutProvider = (line: string, provider: string): string =>
  line.startsWith(`${provider}: `) ? line.slice(provider.length + 2) : line

const failureText = (error: LicenseError): string => withoutProvider(describeError(error), error.provider)

/** All that is known of the failure behind a gap. */
const whyOf = ({ reason, error }: Gap): string => (error === undefined ? reason : failureText(error))

/** How the gaps of a list are worded where there is room for all that is known. */
export const wordsFor = (list: string): ListWords => ({ of: list, why: whyOf })

/** The gaps of a list of one provider, one line each; none if the list is complete. `list`: what it lists. */
export const problemsOfList = (list: string, ledger: Ledger): readonly string[] => {
  const lines = gapsInWords(ledger, MAX_GAPS, wordsFor(list))()
  if (ledger.verdict !== 'mismatch') return lines
  const counted = ledger.total === undefined ? '' : ` (${ledger.items} of ${ledger.total} came)`
  return lines.map((line) => `${line}, so rows may be missing${counted}; read it again`)
}

/** That a list ended with a failure, and after how much: what was printed of it is not all. */
export const problemOfEnd = (list: string, items: number, error: LicenseError): string => {
  const what = items === 0 ? WHOLE_LIST : REST_OF_LIST
  const came = items === 0 ? '' : `; ${numberText(items)} came before`
  return gapInWords({ what, reason: `${failureText(error)}${came}` }, { of: list })
}

/** What the lists of a provider are of, for people. */
export const LIST_NAMES = {
  licenses: 'licenses',
  users: 'users',
  directory: 'people in the directory',
  workspaces: 'workspaces',
} as const

/** A list of a provider, and what it is of. */
interface NamedList {
  readonly name: string
  readonly ledger: Ledger
}

/** The lists that a provider was read from. */
export const listsOf = ({
  licenses,
  assignments,
  directory,
  workspaces,
}: ProviderReport['ledgers']): readonly NamedList[] => [
  { name: LIST_NAMES.licenses, ledger: licenses },
  { name: LIST_NAMES.users, ledger: assignments },
  ...(directory === undefined ? [] : [{ name: LIST_NAMES.directory, ledger: directory }]),
  ...(workspaces === undefined ? [] : [{ name: LIST_NAMES.workspaces, ledger: workspaces }]),
]

type ReadProvider = Pick<ProviderReport, 'status' | 'error' | 'ledgers'>

/** What is missing of one provider and why, one line each. A list that only adds to another one leaves it complete. */
export const problemsOfProvider = ({ status, error, ledgers }: ReadProvider): readonly string[] => {
  if (status === 'failed') return [error === undefined ? 'nothing could be read' : failureText(error)]
  return listsOf(ledgers).flatMap(({ name, ledger }) => (ledger.supplementary ? [] : problemsOfList(name, ledger)))
}

/** What is missing from a report and why, one line each. */
export const problemsOfReport = ({ providers }: Pick<LicenseReport, 'providers'>): readonly string[] =>
  providers.flatMap((provider) => problemsOfProvider(provider).map((line) => `${provider.id}: ${line}`))
