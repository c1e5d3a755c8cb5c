import { known } from '../../model/count.ts'
import { sumOfCosts } from '../cost/cost-tally.ts'
import type { Finding, UserRow } from '../license-report.ts'
import { abstain, holdersText } from './abstain.ts'
import { createFinding } from './create-finding.ts'
import type { FindingContext, KnownProvider, Rule } from './finding-context.ts'
import { holderName } from './holder-name.ts'

const RULE = 'several-providers'

const byAccount = (one: UserRow, other: UserRow): number => {
  if (one.provider !== other.provider) return one.provider < other.provider ? -1 : 1
  return one.id < other.id ? -1 : 1
}

/** The accounts with licenses of everybody who has some in several providers. */
const peopleInSeveral = ({ providers }: FindingContext): readonly (readonly UserRow[])[] => {
  const people = new Map<string, UserRow[]>()
  for (const { holders } of providers) {
    for (const user of holders) {
      if (user.link === 'none') continue
      const accounts = people.get(user.person)
      if (accounts === undefined) people.set(user.person, [user])
      else accounts.push(user)
    }
  }
  return [...people.values()].filter((accounts) => accounts.some(({ provider }) => provider !== accounts[0]?.provider))
}

const findingOf = (accounts: readonly UserRow[], { costs }: FindingContext): Finding | undefined => {
  // In an order that does not change with that of the providers, as the id is the first one's.
  const sorted = [...accounts].sort(byAccount)
  const [first] = sorted
  if (first === undefined) return undefined
  const seats = sorted.flatMap(({ provider, id, licenseIds }) =>
    licenseIds.map((licenseId) => costs.ofHolder(provider, licenseId, id)),
  )
  const names = [...new Set(sorted.map(({ provider }) => provider))]
  return createFinding({
    rule: RULE,
    message: `${holderName(first)} is paid for in ${names.join(' and ')}`,
    provider: first.provider,
    userId: first.id,
    evidence: { providers: names.join(', '), link: first.link },
    seats: known(seats.length),
    cost: sumOfCosts(seats, 'seats'),
  })
}

const doubtsAbout = ({ holders, holdersDoubt, directoryDoubt }: KnownProvider): readonly (string | undefined)[] => {
  const nameless = holders.filter(({ link, email }) => link === 'none' && !email?.trim()).length
  const unmatched = `${holdersText(nameless)} without an e-mail address cannot be matched`
  return [holdersDoubt, directoryDoubt, nameless > 0 ? unmatched : undefined]
}

/** People who hold licenses in two providers or more. */
export const severalProviders: Rule = (context) => {
  const { providers, ambiguousLinks } = context
  if (providers.length < 2) return { findings: [], abstentions: [] }
  const undecided = `${ambiguousLinks.length} ${ambiguousLinks.length === 1 ? 'address does' : 'addresses do'} not tell who is who`
  return {
    findings: peopleInSeveral(context)
      .map((accounts) => findingOf(accounts, context))
      .filter((finding) => finding !== undefined),
    abstentions: [
      ...providers.flatMap((provider) => abstain(RULE, { provider: provider.id }, ...doubtsAbout(provider))),
      ...abstain(RULE, {}, ambiguousLinks.length > 0 ? undecided : undefined),
    ],
  }
}
