import { addressesOf } from '../../model/addresses.ts'
import { type Count, known, notApplicable } from '../../model/count.ts'
import { quantity } from '../../model/quantity.ts'
import { sumOfCosts } from '../cost/cost-tally.ts'
import { paidInSeveral } from '../cost/paid-licenses.ts'
import type { Finding, LicenseRow, UserRow } from '../license-report.ts'
import { ambiguityText } from '../link-people.ts'
import { holderIsSeat } from '../seats.ts'
import { abstain } from './abstain.ts'
import { createFinding } from './create-finding.ts'
import { type FindingContext, type KnownProvider, type Rule, single } from './finding-context.ts'
import { rowsById } from './holder-finding.ts'
import { holderName } from './holder-name.ts'

const RULE = 'several-providers'

const byAccount = (one: UserRow, other: UserRow): number => {
  if (one.provider !== other.provider) return one.provider < other.provider ? -1 : 1
  return one.id < other.id ? -1 : 1
}

/** Only a named license has seats that users hold. A user who may take a seat of a shared license holds none. */
const seatsAmong = (licenses: readonly (LicenseRow | undefined)[]): Count => {
  const seats = licenses.filter((row) => row === undefined || holderIsSeat(row.metric)).length
  return seats === 0 ? notApplicable : known(seats)
}

type RowOf = (provider: string, licenseId: string) => LicenseRow | undefined

const findingOf = (
  accounts: readonly [UserRow, ...UserRow[]],
  { costs, isPaid }: FindingContext,
  rowOf: RowOf,
): Finding => {
  // In an order that does not change with that of the providers, as the id is the first one's.
  const sorted = [...accounts].sort(byAccount)
  const first = sorted[0] ?? accounts[0]
  const paid = sorted.flatMap(({ provider, id, licenseIds }) =>
    licenseIds.flatMap((licenseId) =>
      isPaid(provider, licenseId)
        ? [{ row: rowOf(provider, licenseId), cost: costs.ofHolder(provider, licenseId, id) }]
        : [],
    ),
  )
  const names = [...new Set(sorted.map(({ provider }) => provider))]
  return createFinding({
    rule: RULE,
    message: `${holderName(first)} is paid for in ${names.join(' and ')}`,
    provider: first.provider,
    userId: first.id,
    accounts: sorted.map(({ provider, id }) => ({ provider, id })),
    evidence: { providers: names.join(', '), link: first.link },
    seats: seatsAmong(paid.map(({ row }) => row)),
    cost: sumOfCosts(paid.map(({ cost }) => cost)),
  })
}

const gapsOf = ({ holders, holdersGap, directoryGap, licensesGap }: KnownProvider): readonly (string | undefined)[] => {
  const nameless = holders.filter((user) => user.link === 'none' && addressesOf(user).length === 0).length
  const unmatched = `${quantity(nameless, 'holder')} without an e-mail address cannot be matched`
  return [licensesGap, holdersGap, directoryGap, nameless > 0 ? unmatched : undefined]
}

/** People for whom seats are paid in two providers or more. Licenses that come free with an organization do not count. */
export const severalProviders: Rule = (context) => {
  const { providers, ambiguousLinks } = context
  if (providers.length < 2) return { groups: [], abstentions: [] }
  const rows = new Map(providers.map((provider) => [provider.id, rowsById(provider)]))
  return {
    groups: paidInSeveral(
      providers.flatMap(({ holders }) => holders),
      context.isPaid,
    ).map((accounts) =>
      single(findingOf(accounts, context, (provider, licenseId) => rows.get(provider)?.get(licenseId))),
    ),
    abstentions: [
      ...providers.flatMap((provider) => abstain(RULE, { provider: provider.id }, ...gapsOf(provider))),
      ...abstain(RULE, {}, ambiguousLinks.length > 0 ? ambiguityText(ambiguousLinks.length) : undefined),
    ],
  }
}
