import { type Count, known, unknown } from '../model/count.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { someOf } from '../model/some-of.ts'
import type { AmbiguousLink, LicenseReport, Overlap, UserRow } from './license-report.ts'
import { ambiguityText } from './link-people.ts'
import { createPairs, MAX_PROVIDERS_IN_PAIRS, pairsAmong } from './provider-pairs.ts'
import type { ProviderReading } from './provider-reading.ts'
import { counted, gapAboutPeople } from './uncertainty.ts'

/** So many providers have all of their pairs listed; of more of them, most pairs have no people in both. */
const MAX_PROVIDERS_WITH_ALL_PAIRS = 10
const MAX_REASONS = 3

interface Pair {
  readonly providers: readonly [string, string]
  people: number
  ambiguous: number
}

const providersOf = (accounts: readonly { readonly provider: string }[]): readonly string[] => [
  ...new Set(accounts.map(({ provider }) => provider)),
]

/** For each two providers, how many people are licensed in both. */
export const overlapsOf = (
  readings: readonly ProviderReading[],
  rows: readonly UserRow[],
  ambiguous: readonly AmbiguousLink[],
): { readonly overlaps: readonly Overlap[] } & Pick<LicenseReport, 'otherOverlaps'> => {
  const ids = readings.map(({ provider }) => provider.id)
  const places = new Map(ids.map((id, place) => [id, place]))
  const placeOf = (id: string): number => places.get(id) ?? 0
  const pairs = createPairs<Pair>()
  const found: Pair[] = []
  const pairOf = (one: string, other: string): Pair =>
    pairs.take(one, other, () => {
      const pair: Pair = { providers: [one, other], people: 0, ambiguous: 0 }
      found.push(pair)
      return pair
    })
  /** Providers of people who have an account in too many of them to be counted pair by pair. */
  const wide = new Set<string>()
  const countPairs = (providers: readonly string[], what: 'people' | 'ambiguous') => {
    if (providers.length > MAX_PROVIDERS_IN_PAIRS) for (const provider of providers) wide.add(provider)
    else {
      const inOrder = [...providers].sort((one, other) => placeOf(one) - placeOf(other))
      for (const [one, other] of pairsAmong(inOrder)) pairOf(one, other)[what]++
    }
  }
  // A user without a link is in one provider only.
  const linked = rows.filter(({ link, licenseIds }) => link !== 'none' && licenseIds.length > 0)
  for (const accounts of groupedBy(linked, ({ person }) => person).values()) countPairs(providersOf(accounts), 'people')
  for (const { users } of ambiguous) countPairs(providersOf(users), 'ambiguous')

  const gaps = new Map(readings.map((reading) => [reading.provider.id, gapAboutPeople(reading)]))
  const wideText = `people with licenses in more than ${MAX_PROVIDERS_IN_PAIRS} providers are not counted by pairs`
  const overlapOf = ({ providers, people, ambiguous: addresses }: Pair): Overlap => {
    const reasons = [
      ...providers.map((id) => gaps.get(id)),
      ...(addresses === 0 ? [] : [ambiguityText(addresses)]),
      ...(providers.every((id) => wide.has(id)) ? [wideText] : []),
    ].filter((gap) => gap !== undefined)
    return { providers, people: counted(people, reasons.join('; ') || undefined) }
  }
  if (ids.length <= MAX_PROVIDERS_WITH_ALL_PAIRS) {
    return { overlaps: [...pairsAmong(ids)].map(([one, other]) => overlapOf(pairOf(one, other))) }
  }
  const listed = found.sort(
    ({ providers: [one, another] }, { providers: [other, theirs] }) =>
      placeOf(one) - placeOf(other) || placeOf(another) - placeOf(theirs),
  )
  const reasons = [...(wide.size > 0 ? [wideText] : []), ...[...gaps.values()].filter((gap) => gap !== undefined)]
  const people: Count = reasons.length === 0 ? known(0) : unknown(someOf(reasons, MAX_REASONS, 'reason').join('; '))
  return {
    overlaps: listed.map(overlapOf),
    otherOverlaps: { pairs: (ids.length * (ids.length - 1)) / 2 - listed.length, people },
  }
}
