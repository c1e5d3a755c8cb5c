import { createCostTally } from '../../../report/cost/cost-tally.ts'
import type { Cost, LicenseReport, UserRow } from '../../../report/license-report.ts'
import { visibleText } from '../../output/visible-text.ts'
import { costWords } from './cost-words.ts'
import type { Names } from './names.ts'
import type { AccountData, CostData, LicenseData, PageTables, PersonData } from './page-data.ts'

const STATUSES = ['active', 'inactive', 'deleted', 'unknown'] as const

/** The place of each value in a list that grows as new ones come. */
const createPlaces = <A>(make: (key: string) => A) => {
  const places = new Map<string, number>()
  const values: A[] = []
  const placeOf = (key: string): number => {
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, values.length)
    return values.push(make(key)) - 1
  }
  return { placeOf, values }
}

const byPerson = (users: readonly UserRow[]): readonly (readonly UserRow[])[] => {
  const people = new Map<string, UserRow[]>()
  for (const user of users) {
    const accounts = people.get(user.person)
    if (accounts === undefined) people.set(user.person, [user])
    else accounts.push(user)
  }
  return [...people.values()]
}

/** Absent where no user has one. */
const costOf = (accounts: readonly UserRow[]): Cost | undefined => {
  const [first, ...others] = accounts.flatMap(({ cost }) => (cost === undefined ? [] : [cost]))
  if (first === undefined || others.length === 0) return first
  const tally = createCostTally('accounts')
  for (const cost of [first, ...others]) tally.add(cost)
  return tally.total()
}

const costData = (cost: Cost): CostData => {
  const amounts = cost.kind === 'known' ? cost.amounts : cost.kind === 'unknown' ? (cost.atLeast ?? []) : []
  return [costWords(cost), amounts[0]?.amount ?? -1]
}

const firstOf = (texts: readonly (string | undefined)[]): string | undefined =>
  texts.find((text) => text !== undefined && text.trim() !== '')

const emailOf = (accounts: readonly UserRow[]): string | undefined => firstOf(accounts.map(({ email }) => email))

const nameOf = (accounts: readonly UserRow[]): string =>
  firstOf(accounts.map(({ displayName }) => displayName)) ?? emailOf(accounts) ?? accounts[0]?.id ?? ''

const isNamed = (accounts: readonly UserRow[]): boolean =>
  firstOf(accounts.flatMap(({ displayName, email }) => [displayName, email])) !== undefined

const latest = (accounts: readonly UserRow[]): string =>
  accounts.reduce((last, { lastActiveAt = '' }) => (lastActiveAt > last ? lastActiveAt : last), '')

/** Those of whom only an id is known say the least to people, and come last. */
const sorted = (people: readonly (readonly UserRow[])[]): readonly (readonly UserRow[])[] => {
  const { compare } = new Intl.Collator('en', { numeric: true })
  return people
    .map((accounts) => ({ accounts, name: nameOf(accounts), isNamed: isNamed(accounts) }))
    .sort((one, other) => Number(other.isNamed) - Number(one.isNamed) || compare(one.name, other.name))
    .map(({ accounts }) => accounts)
}

/** Everybody, once, with what each provider knows of them. */
export interface PeopleData {
  readonly tables: PageTables
  readonly count: number
  /** A vendor told of somebody when they were last active. */
  readonly withActivity: boolean
  /** Sorted by name. Made one by one, so that 100,000 are never in memory at once. */
  readonly people: Iterable<PersonData>
}

export const peopleData = ({ providers, licenses, users = [] }: LicenseReport, names: Names): PeopleData => {
  const providerPlaces = createPlaces((id) => visibleText(names.provider(id)))
  const departments = createPlaces(visibleText)
  const costs = createPlaces((key): CostData => costData(JSON.parse(key)))
  const licensePlaces = new Map<string, Map<string, number>>()
  const licenseData: LicenseData[] = []
  const licensePlace = (provider: string, id: string): number => {
    const ofProvider = licensePlaces.get(provider) ?? new Map<string, number>()
    licensePlaces.set(provider, ofProvider)
    const known = ofProvider.get(id)
    if (known !== undefined) return known
    ofProvider.set(id, licenseData.length)
    return licenseData.push([providerPlaces.placeOf(provider), visibleText(names.license(provider, id))]) - 1
  }
  for (const { id } of providers) providerPlaces.placeOf(id)
  // The places of the licenses are those of the report's rows, by which the page's charts name them.
  for (const { provider, id } of licenses) licensePlace(provider, id)

  const accountData = (user: UserRow, shown: ReadonlySet<string>): AccountData => {
    const { displayName, email, id } = user
    const aliases = [displayName, email, firstOf([displayName, email]) === undefined ? id : undefined]
    return [
      providerPlaces.placeOf(user.provider),
      STATUSES.indexOf(user.status),
      user.kind === 'external' ? 1 : 0,
      user.licenseIds.map((license) => licensePlace(user.provider, license)),
      user.pendingLicenseIds.map((license) => licensePlace(user.provider, license)),
      visibleText(aliases.filter((alias) => alias !== undefined && !shown.has(alias)).join(' ')),
    ]
  }
  const departmentPlace = (accounts: readonly UserRow[]): number => {
    const department = firstOf(accounts.map((user) => user.department))
    return department === undefined ? -1 : departments.placeOf(department)
  }
  const costPlace = (accounts: readonly UserRow[]): number => {
    const cost = costOf(accounts)
    return cost === undefined ? -1 : costs.placeOf(JSON.stringify(cost))
  }
  const personData = (accounts: readonly UserRow[]): PersonData => {
    const email = emailOf(accounts) ?? ''
    const name = nameOf(accounts)
    const shown = new Set([name, email])
    return [
      visibleText(name),
      email === name ? '' : visibleText(email),
      departmentPlace(accounts),
      costPlace(accounts),
      latest(accounts),
      accounts.map((user) => accountData(user, shown)),
    ]
  }

  const everybody = sorted(byPerson(users))
  // The tables must be whole before the first person is made, as the page begins with them.
  for (const accounts of everybody) {
    departmentPlace(accounts)
    costPlace(accounts)
    for (const { provider, licenseIds, pendingLicenseIds } of accounts) {
      for (const id of licenseIds) licensePlace(provider, id)
      for (const id of pendingLicenseIds) licensePlace(provider, id)
    }
  }
  return {
    tables: {
      providers: providerPlaces.values,
      licenses: licenseData,
      departments: departments.values,
      statuses: STATUSES,
      costs: costs.values,
    },
    count: everybody.length,
    withActivity: users.some(({ lastActiveAt }) => lastActiveAt !== undefined),
    people: {
      *[Symbol.iterator]() {
        for (const accounts of everybody) yield personData(accounts)
      },
    },
  }
}
