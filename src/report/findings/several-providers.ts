import { addressesOf } from '../../model/addresses.ts'
import { type Count, known, notApplicable } from '../../model/count.ts'
import type { LicenseService } from '../../model/license.ts'
import { momentOf } from '../../model/moment.ts'
import { quantity } from '../../model/quantity.ts'
import { isCredible, toldTimes } from '../activity-sources.ts'
import { sumOfCosts } from '../cost/cost-tally.ts'
import { paidInSeveral } from '../cost/paid-licenses.ts'
import type { Finding, RemovableSeat, UserRow } from '../license-report.ts'
import { ambiguityText } from '../link-people.ts'
import { dayText } from '../purchase-words.ts'
import { holderIsSeat } from '../seats.ts'
import { abstain } from './abstain.ts'
import { createFinding } from './create-finding.ts'
import { type FindingContext, type KnownLicense, type KnownProvider, type Rule, single } from './finding-context.ts'
import { inWords } from './holder-finding.ts'
import { holderName } from './holder-name.ts'
import {
  type Cheaper,
  cheaperOf,
  type PaidSeat,
  type ServiceSide,
  sharedServices,
  unknownAmong,
} from './shared-services.ts'

const RULE = 'several-providers'
const DAY_MS = 24 * 60 * 60 * 1_000

const SERVICE_WORDS: Readonly<Record<LicenseService, string>> = {
  meetings: 'meetings',
  calling: 'calling',
  messaging: 'messaging',
  contactCenter: 'the contact center',
  other: 'other services',
}

const byAccount = (one: UserRow, other: UserRow): number => {
  if (one.provider !== other.provider) return one.provider < other.provider ? -1 : 1
  return one.id < other.id ? -1 : 1
}

/** A provider, and its licenses by id. */
interface Source {
  readonly licenses: ReadonlyMap<string, KnownLicense>
  /** It tells of some holder when they were last active. */
  readonly tellsActivity: boolean
}

type Sources = ReadonlyMap<string, Source>

const sourceOf = ({ licenses, holders }: KnownProvider): Source => ({
  licenses: new Map(licenses.map((license) => [license.row.id, license])),
  tellsActivity: holders.some(({ lastActiveAt }) => lastActiveAt !== undefined),
})

/** Only a named license has seats that users hold. A user who may take a seat of a shared license holds none. */
const seatsAmong = (seats: readonly RemovableSeat[], sources: Sources): Count => {
  const held = seats.filter(({ provider, licenseId }) => {
    const metric = sources.get(provider)?.licenses.get(licenseId)?.row.metric
    return metric === undefined || holderIsSeat(metric)
  }).length
  return held === 0 ? notApplicable : known(held)
}

/** One person with paid seats in several providers. */
interface PaidPerson {
  /** In an order that does not change with that of the providers, as the id of a finding is the first one's. */
  readonly accounts: readonly [UserRow, ...UserRow[]]
  readonly seats: readonly PaidSeat[]
}

const paidPerson = (
  accounts: readonly [UserRow, ...UserRow[]],
  { costs, isPaid }: FindingContext,
  sources: Sources,
): PaidPerson => {
  const [first, ...others] = [...accounts].sort(byAccount)
  const sorted = [first ?? accounts[0], ...others] as const
  return {
    accounts: sorted,
    seats: sorted.flatMap(({ provider, id: userId, licenseIds }) =>
      licenseIds
        .filter((licenseId) => isPaid(provider, licenseId))
        .map((licenseId) => ({
          provider,
          userId,
          licenseId,
          services: sources.get(provider)?.licenses.get(licenseId)?.row.services,
          cost: costs.ofHolder(provider, licenseId, userId),
        })),
    ),
  }
}

const isOf =
  ({ seats }: ServiceSide) =>
  ({ provider, id }: UserRow): boolean =>
    seats.some((seat) => seat.provider === provider && seat.userId === id)

/** Nothing shows that the user does not use the account: what is kept must be of use. */
const mayBeKept = (user: UserRow, sources: Sources, { now, dormantAfterDays }: FindingContext): boolean => {
  if (user.status === 'inactive' || user.status === 'deleted' || user.neverActive === true) return false
  const told = toldTimes(user)
  if (told.length === 0) return sources.get(user.provider)?.tellsActivity !== true
  return told.some((time) => isCredible(time, now) && now - time.moment < dormantAfterDays * DAY_MS)
}

/** Whether a license, and all that it contains, is for nothing else than these services. */
const isForNothingElse = (licenseId: string, services: readonly LicenseService[], licenses: Source['licenses']) => {
  const reached = new Set([licenseId])
  // A set is gone through to its end, also of what is added meanwhile.
  for (const id of reached) {
    const license = licenses.get(id)
    if (license?.row.services?.every((service) => services.includes(service)) !== true) return false
    for (const included of license.includes) reached.add(included)
  }
  return true
}

/** The seats of the cheaper sides that it is certain the person can do without. */
const removableSeats = (
  { accounts }: PaidPerson,
  services: readonly LicenseService[],
  cheaper: Cheaper,
  sources: Sources,
  context: FindingContext,
): readonly RemovableSeat[] => {
  if (cheaper.kind !== 'known') return []
  // What else they hold may not have been read, and would cost more.
  if (accounts.some(({ doubt }) => doubt !== undefined)) return []
  const { dearest } = cheaper
  const keeps = (service: LicenseService) => dearest.seats.some((seat) => seat.services?.includes(service))
  if (!services.every(keeps)) return []
  if (!accounts.filter(isOf(dearest)).every((user) => mayBeKept(user, sources, context))) return []
  return cheaper.cheaper.flatMap(({ provider, seats }) => {
    const licenses = sources.get(provider)?.licenses ?? new Map<string, KnownLicense>()
    const isRequired = ({ userId, licenseId }: PaidSeat): boolean =>
      accounts
        .filter((user) => user.provider === provider && user.id === userId)
        .some(({ licenseIds }) => licenseIds.some((id) => licenses.get(id)?.requires.includes(licenseId)))
    return seats
      .filter((seat) => isForNothingElse(seat.licenseId, services, licenses) && !isRequired(seat))
      .map(({ userId, licenseId }) => ({ provider, userId, licenseId }))
  })
}

/** The day of the newest time that is known of the accounts of one side. */
const lastUse = (side: ServiceSide, { accounts }: PaidPerson): string => {
  const times = accounts.filter(isOf(side)).flatMap(({ lastActiveAt }) => lastActiveAt ?? [])
  const [newest] = times.sort((one, other) => (momentOf(other) ?? 0) - (momentOf(one) ?? 0))
  return newest === undefined ? 'unknown' : dayText(newest)
}

/** `Calling in webex`. */
const seatsText = (sides: readonly ServiceSide[], { labels }: FindingContext): string =>
  sides
    .map(({ provider, seats }) => {
      const names = seats.map(({ licenseId }) => labels.labelOf(provider, licenseId))
      return `${inWords(names)} in ${provider}`
    })
    .join(' and ')

/** Before `seats`, of one service. */
const SEAT_WORDS: Readonly<Record<LicenseService, string>> = {
  meetings: 'meeting',
  calling: 'calling',
  messaging: 'messaging',
  contactCenter: 'contact-center',
  other: 'other',
}

/** `two contact-center seats`, `3 seats for meetings and calling`. */
const seatsWord = (count: number, services: readonly LicenseService[]): string => {
  const number = count === 2 ? 'two' : String(count)
  const [only, another] = services
  return only !== undefined && another === undefined
    ? `${number} ${SEAT_WORDS[only]} seats`
    : `${number} seats for ${inWords(services.map((service) => SERVICE_WORDS[service]))}`
}

const comparisonText = (cheaper: Cheaper, context: FindingContext): string => {
  if (cheaper.kind === 'same') return 'the seats cost the same'
  if (cheaper.kind === 'unknown') return 'it is not known which seat is cheaper'
  const isOne = cheaper.cheaper.flatMap(({ seats }) => seats).length === 1
  return `the cheaper ${isOne ? 'seat is' : 'seats are'} ${seatsText(cheaper.cheaper, context)}`
}

const findingOf = (person: PaidPerson, sources: Sources, context: FindingContext): readonly Finding[] => {
  const { accounts, seats } = person
  const { services, sides } = sharedServices(seats)
  if (services.length === 0) return []
  const [first] = accounts
  const cheaper = cheaperOf(sides)
  const twice = sides.flatMap((side) => side.seats)
  const removals = removableSeats(person, services, cheaper, sources, context)
  const isRemoved = (seat: PaidSeat) =>
    removals.some(
      ({ provider, userId, licenseId }) =>
        provider === seat.provider && userId === seat.userId && licenseId === seat.licenseId,
    )
  const atStake = removals.length === 0 ? twice : twice.filter(isRemoved)
  const places = sides.map((side) => `${seatsText([side], context)} (last active: ${lastUse(side, person)})`)
  return [
    createFinding({
      rule: RULE,
      message: `${holderName(first)} has ${seatsWord(twice.length, services)}: ${places.join(' and ')}; ${comparisonText(cheaper, context)}`,
      provider: first.provider,
      userId: first.id,
      accounts: accounts.map(({ provider, id }) => ({
        provider,
        id,
        licenseIds: twice
          .filter((seat) => seat.provider === provider && seat.userId === id)
          .map(({ licenseId }) => licenseId),
      })),
      evidence: {
        providers: sides.map(({ provider }) => provider).join(', '),
        link: first.link,
        services: services.join(', '),
        lastActive: sides.map((side) => `${side.provider} ${lastUse(side, person)}`).join(', '),
        ...(cheaper.kind === 'known' ? { cheaper: seatsText(cheaper.cheaper, context) } : {}),
      },
      seats: seatsAmong(atStake, sources),
      cost: sumOfCosts(atStake.map(({ cost }) => cost)),
      ...(removals.length === 0 ? {} : { removals }),
    }),
  ]
}

/** Licenses by provider of which it would matter what they are for. */
const unknownServices = (people: readonly PaidPerson[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const unknown = new Map<string, Set<string>>()
  for (const { seats } of people) {
    for (const { provider, licenseId } of unknownAmong(seats)) {
      unknown.set(provider, (unknown.get(provider) ?? new Set()).add(licenseId))
    }
  }
  return unknown
}

const unknownText = (
  provider: string,
  ids: ReadonlySet<string> | undefined,
  { labels }: FindingContext,
): string | undefined => {
  if (ids === undefined) return undefined
  const names = inWords([...ids].map((id) => labels.labelOf(provider, id)))
  return `what ${quantity(ids.size, 'license is', 'licenses are')} for is not known: ${names}; set "services" of each in "licenses" of the configuration`
}

const gapsOf = ({ holders, holdersGap, directoryGap, licensesGap }: KnownProvider): readonly (string | undefined)[] => {
  const nameless = holders.filter((user) => user.link === 'none' && addressesOf(user).length === 0).length
  const unmatched = `${quantity(nameless, 'holder')} without an e-mail address cannot be matched`
  return [licensesGap, holdersGap, directoryGap, nameless > 0 ? unmatched : undefined]
}

/** People who are paid for the same service in two providers or more. Licenses that come free with an organization do not count. */
export const severalProviders: Rule = (context) => {
  const { providers, ambiguousLinks, isPaid } = context
  if (providers.length < 2) return { groups: [], abstentions: [] }
  const sources: Sources = new Map(providers.map((provider) => [provider.id, sourceOf(provider)]))
  const people = paidInSeveral(
    providers.flatMap(({ holders }) => holders),
    isPaid,
  ).map((accounts) => paidPerson(accounts, context, sources))
  const unknown = unknownServices(people)
  return {
    groups: people.flatMap((person) => findingOf(person, sources, context)).map(single),
    abstentions: [
      ...providers.flatMap((provider) =>
        abstain(
          RULE,
          { provider: provider.id },
          ...gapsOf(provider),
          unknownText(provider.id, unknown.get(provider.id), context),
        ),
      ),
      ...abstain(RULE, {}, ambiguousLinks.length > 0 ? ambiguityText(ambiguousLinks.length) : undefined),
    ],
  }
}
