import { isWhole, type Ledger } from '../model/ledger.ts'
import { describeError, type LicenseError } from '../model/license-error.ts'
import { numberText, quantity } from '../model/quantity.ts'
import type { LicenseReport, ProviderReport } from './license-report.ts'

const MAX_GAPS = 5

/** What the gap of a list is called of which nothing could be read. */
const WHOLE_LIST = 'the list'

const lackOf = (list: string, what: string): string =>
  what === WHOLE_LIST ? `the list of ${list} could not be read` : `the list of ${list} lacks ${what}`

/** For a line that has named the provider already. */
const withoutProvider = (line: string, provider: string): string =>
  line.startsWith(`${provider}: `) ? line.slice(provider.length + 2) : line

/** What is wrong with a list, one line each; nothing where it is whole. */
export const problemsOfList = (provider: string, list: string, ledger: Ledger): readonly string[] => {
  if (isWhole(ledger)) return []
  if (ledger.verdict === 'mismatch') {
    const counted = ledger.total === undefined ? '' : ` (${ledger.items} of ${ledger.total} came)`
    return [`${provider}: the list of ${list} moved while it was read, so rows may be missing${counted}; read it again`]
  }
  const gaps = ledger.gaps
    .slice(0, MAX_GAPS)
    .map(({ what, reason, error }) =>
      error === undefined
        ? `${provider}: ${lackOf(list, what)}: ${reason}`
        : `${provider}: ${lackOf(list, what)}: ${withoutProvider(describeError(error), provider)}`,
    )
  const others = ledger.gaps.length - MAX_GAPS
  if (others > 0) gaps.push(`${provider}: the list of ${list} has ${quantity(others, 'more gap')}`)
  return gaps.length > 0 ? gaps : [`${provider}: the list of ${list} is not whole`]
}

/** That a list ended with a failure, and after how much: what was printed of it must not be taken for the whole. */
export const problemOfEnd = (provider: string, list: string, items: number, error: LicenseError): string =>
  `${provider}: the list of ${list} is partial and ends after ${numberText(items)}: ${withoutProvider(describeError(error), provider)}`

const problemsOfProvider = ({ id, status, error, ledgers }: ProviderReport): readonly string[] => {
  if (status === 'failed') return [error === undefined ? `${id}: nothing could be read` : describeError(error)]
  return [
    ...problemsOfList(id, 'licenses', ledgers.licenses),
    ...problemsOfList(id, 'users', ledgers.assignments),
    ...(ledgers.directory === undefined ? [] : problemsOfList(id, 'people in the directory', ledgers.directory)),
  ]
}

/** What is missing from a report and why, one line each. */
export const problemsOfReport = ({ providers }: LicenseReport): readonly string[] =>
  providers.flatMap(problemsOfProvider)
