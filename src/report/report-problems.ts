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

/** Something that could not be read, why, and both in one line. */
interface Problem {
  readonly what: string
  readonly why: string
  readonly line: string
  readonly error?: LicenseError | undefined
}

const isUnread = ({ what }: Gap): boolean => what === WHOLE_LIST || what === REST_OF_LIST

/** What a list lacks, `most` of its gaps each for itself; nothing if it is complete. `list`: what it lists. */
const gapsOfList = (list: string, ledger: Ledger, most: number): readonly Problem[] => {
  const { verdict, gaps, items, total } = ledger
  const name = `${WHOLE_LIST} of ${list}`
  const lines = gapsInWords(ledger, most, wordsFor(list))()
  if (verdict === 'mismatch') {
    const rows = `so rows may be missing${total === undefined ? '' : ` (${items} of ${total} came)`}`
    const why = `it changed while it was read, ${rows}`
    return lines.map((line) => ({ what: name, why, line: `${line}, ${rows}; read it again` }))
  }
  return lines.map((line, place) => {
    const gap = gaps.slice(0, most)[place]
    if (gap === undefined) return { what: name, why: line, line }
    return { what: `${gap.what} of ${isUnread(gap) ? list : name}`, why: whyOf(gap), line, error: gap.error }
  })
}

/** The gaps of a list of one provider, one line each; none if the list is complete. `list`: what it lists. */
export const problemsOfList = (list: string, ledger: Ledger): readonly string[] =>
  gapsOfList(list, ledger, MAX_GAPS).map(({ line }) => line)

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

const EVERYTHING = 'everything'
const NOT_TOLD = 'nothing could be read'

/** What is missing of one provider and why, `most` gaps of a list each for itself. A list that only adds to another one leaves it complete. */
export const problemsIn = ({ status, error, ledgers }: ReadProvider, most = MAX_GAPS): readonly Problem[] => {
  if (status === 'failed') {
    const why = error === undefined ? NOT_TOLD : failureText(error)
    return [{ what: EVERYTHING, why, line: why, error }]
  }
  return listsOf(ledgers).flatMap(({ name, ledger }) => (ledger.supplementary ? [] : gapsOfList(name, ledger, most)))
}

/** What is missing of one provider and why, one line each. */
export const problemsOfProvider = (provider: ReadProvider): readonly string[] =>
  problemsIn(provider).map(({ line }) => line)

/** What is missing from a report and why, one line each. */
export const problemsOfReport = ({ providers }: Pick<LicenseReport, 'providers'>): readonly string[] =>
  providers.flatMap((provider) => problemsOfProvider(provider).map((line) => `${provider.id}: ${line}`))
