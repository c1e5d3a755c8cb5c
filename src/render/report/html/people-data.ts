import type { Abstention, Cost, FindingRule, LicenseReport, UserRow } from '../../../report/license-report.ts'
import { dayText } from '../../../report/purchase-words.ts'
import { gapsOfHolders, gapsOfNames, gapsOfSeats } from '../../../report/report-gaps.ts'
import { visibleText } from '../../text/visible-text.ts'
import { isFreeLicense } from '../free-license.ts'
import { costOfPerson, firstPresent, lastActive, type PersonRows, peopleOf } from '../grids/person-rows.ts'
import { ruleTitles } from '../report-words.ts'
import { isOpen, type ShownGroup } from '../shown-groups.ts'
import { costTable } from './cost-data.ts'
import type { Names } from './names.ts'
import { createMemory, createPartsPacker, createTextPacker } from './packed-texts.ts'
import type { AccountData, LicenseData, PackedPerson, PageTables, RuleData } from './page-data.ts'
import { createPlaces } from './places.ts'

const STATUSES = ['active', 'inactive', 'deleted', 'unknown'] as const

const emailOf = (person: PersonRows): string => firstPresent(person.map(({ email }) => email))

/** Empty where only ids are known. */
const presentName = (person: PersonRows): string =>
  firstPresent([...person.map(({ displayName }) => displayName), emailOf(person)])

const nameOf = (person: PersonRows): string => presentName(person) || person[0].id

/** Fields that are words of their own stand alone; what a number or a name is, is said. */
const FACTS = [
  ['division', 'division', ''],
  ['location', 'location', ''],
  ['manager', 'manager', 'manager: '],
  ['costCenter', 'cost center', 'cost center: '],
  ['employeeNumber', 'employee number', 'employee number: '],
] as const satisfies readonly (readonly [keyof UserRow, string, string])[]

/** Whether the vendor's record of an account was read and has nothing there. */
const isEmpty = (person: PersonRows, field: 'department' | (typeof FACTS)[number][0]): boolean =>
  firstPresent(person.map((user) => user[field])) === '' && person.some((user) => user[field] === null)

/** `created: 2024-05-06`: a day of each account, each once. */
const DAYS = [
  ['createdAt', 'created: '],
  ['hiredAt', 'hired: '],
] as const satisfies readonly (readonly [keyof UserRow, string])[]

const daysOf = (person: PersonRows, field: (typeof DAYS)[number][0]): string =>
  [...new Set(person.flatMap((user) => (user[field] === undefined ? [] : [dayText(user[field])])))].join(', ')

/** What some account has, or has not. What was not read is left out, and the page says so. */
const factsOf = (person: PersonRows): string =>
  [
    // The department itself stands on a line of its own.
    ...(isEmpty(person, 'department') ? ['department: none'] : []),
    ...(person.some(({ invitePending }) => invitePending === true) ? ['invitation: pending'] : []),
    ...FACTS.flatMap(([field, title, before]) => {
      if (isEmpty(person, field)) return [`${title}: none`]
      const value = firstPresent(person.map((user) => user[field]))
      return value === '' ? [] : [`${before}${value}`]
    }),
    ...DAYS.flatMap(([field, before]) => {
      const days = daysOf(person, field)
      return days === '' ? [] : [`${before}${days}`]
    }),
  ].join(' · ')

/** Whether there are fields to say of what it means that they are not there. */
const hasFacts = (user: UserRow): boolean =>
  user.department !== undefined || FACTS.some(([field]) => user[field] !== undefined)

/** The last day by each source, or that there is none. */
const activityOf = (person: PersonRows): string =>
  person
    .flatMap(({ activity = [], neverActive }) => [
      ...(neverActive === true ? ['never active'] : []),
      ...activity.map(({ at, source }) => `${source} ${dayText(at)}`),
    ])
    .join(' · ')

const userKey = (provider: string, id: string): string => `${provider} ${id}`

/** The rules that have found something about each user, by provider and id. Most users have none. */
const rulesByUser = (groups: readonly ShownGroup[]): ReadonlyMap<string, ReadonlySet<FindingRule>> => {
  const byUser = new Map<string, Set<FindingRule>>()
  for (const { group } of groups.filter(isOpen)) {
    const { rule, provider, userId, accounts } = group
    const users = accounts ?? (userId === undefined ? [] : [{ provider, id: userId }])
    for (const { provider: ofProvider, id } of users) {
      const key = userKey(ofProvider, id)
      const known = byUser.get(key)
      if (known === undefined) byUser.set(key, new Set([rule]))
      else known.add(rule)
    }
  }
  return byUser
}

/** Those without a name or an address come last. */
const sorted = (people: Iterable<PersonRows>): readonly PersonRows[] => {
  const { compare } = new Intl.Collator('en', { numeric: true })
  return Array.from(people, (person) => ({ person, name: nameOf(person), isNamed: presentName(person) !== '' }))
    .sort((one, other) => Number(other.isNamed) - Number(one.isNamed) || compare(one.name, other.name))
    .map(({ person }) => person)
}

const ruleTable = (rules: readonly FindingRule[], abstentions: readonly Abstention[]): readonly RuleData[] => {
  const abstaining = new Set(abstentions.map(({ rule }) => rule))
  return rules.map((rule) => [`${rule}: ${ruleTitles[rule]}`, abstaining.has(rule) ? 1 : 0])
}

/** Every person once, with their users in each provider. */
export interface PeopleData {
  readonly tables: PageTables
  readonly count: number
  /** A vendor provides when at least one person was last active. */
  readonly withActivity: boolean
  /** At least one person has a department, a division and so on, or a record that was read and has none. */
  readonly withFacts: boolean
  /** Sorted by name. Made one by one, so that 100,000 are never in memory at once. */
  readonly people: Iterable<PackedPerson>
  /** A person with findings: the place among all people, and what the messages of findings call the person. */
  readonly personOf: (
    provider: string,
    userId: string,
  ) => { readonly place: number; readonly label: string } | undefined
}

/** In seconds; as it is where it is no time. */
const secondsOf = (at: string): number | string => {
  const time = Date.parse(at)
  return Number.isNaN(time) ? at : time / 1_000
}

export const peopleData = (
  { providers, licenses, users = [], abstentions = [] }: LicenseReport,
  groups: readonly ShownGroup[],
  names: Names,
): PeopleData => {
  const found = rulesByUser(groups)
  const rules = createPlaces((rule: FindingRule) => rule)
  const gaps = gapsOfSeats(providers)
  const providerPlaces = createPlaces((id) => visibleText(names.provider(id)))
  const departments = createPlaces(visibleText)
  const reasons = createPlaces(visibleText)
  const withGap = new Set(
    licenses.flatMap(({ provider, id, assigned }) =>
      assigned.kind === 'unknown' ? [JSON.stringify([provider, id])] : [],
    ),
  )
  const free = new Set(licenses.filter(isFreeLicense).map(({ provider, id }) => JSON.stringify([provider, id])))
  const costs = createPlaces((key): Cost => JSON.parse(key))
  const licensePlaces = new Map<string, Map<string, number>>()
  const licenseData: LicenseData[] = []
  const licensePlace = (provider: string, id: string): number => {
    const ofProvider = licensePlaces.get(provider) ?? new Map<string, number>()
    licensePlaces.set(provider, ofProvider)
    const known = ofProvider.get(id)
    if (known !== undefined) return known
    ofProvider.set(id, licenseData.length)
    const key = JSON.stringify([provider, id])
    const name = visibleText(names.license(provider, id))
    return (
      licenseData.push([providerPlaces.placeOf(provider), name, withGap.has(key) ? 1 : 0, free.has(key) ? 1 : 0]) - 1
    )
  }
  for (const { id } of providers) providerPlaces.placeOf(id)
  // The places of the licenses are those of the report's rows, by which the page's charts name them.
  for (const { provider, id } of licenses) licensePlace(provider, id)

  const accountData = (user: UserRow): AccountData => [
    providerPlaces.placeOf(user.provider),
    STATUSES.indexOf(user.status),
    user.kind === 'external' ? 1 : 0,
    user.licenseIds.map((license) => licensePlace(user.provider, license)),
    user.pendingLicenseIds.map((license) => licensePlace(user.provider, license)),
    user.doubt === undefined ? -1 : reasons.placeOf(user.doubt),
  ]
  const aliasesOf = (person: PersonRows, shown: ReadonlySet<string>): string => {
    const all = person.flatMap(({ displayName, email, otherEmails = [], id }) => [
      displayName,
      email,
      ...otherEmails,
      firstPresent([displayName, email]) === '' ? id : undefined,
    ])
    return visibleText([...new Set(all.filter((alias) => alias !== undefined && !shown.has(alias)))].join(' '))
  }
  const departmentPlace = (person: PersonRows): number => {
    const department = firstPresent(person.map((user) => user.department))
    return department === '' ? -1 : departments.placeOf(department)
  }
  const costPlace = (person: PersonRows): number => {
    const cost = costOfPerson(person, gaps)
    return cost === undefined ? -1 : costs.placeOf(JSON.stringify(cost))
  }
  const rulePlaces = (person: PersonRows): readonly number[] => {
    const ofPerson = new Set(person.flatMap(({ provider, id }) => [...(found.get(userKey(provider, id)) ?? [])]))
    return [...ofPerson].map(rules.placeOf)
  }
  const textsOf = (person: PersonRows) => {
    const email = emailOf(person)
    const name = nameOf(person)
    return { name, email: email === name ? '' : email }
  }
  const createPersonPacker = () => {
    const packEmail = createPartsPacker()
    const packFacts = createTextPacker()
    const packActivity = createTextPacker()
    const accountOnce = createMemory()
    return (person: PersonRows): PackedPerson => {
      const { name, email } = textsOf(person)
      const accounts = person.map((user) => {
        const account = accountData(user)
        return accountOnce(JSON.stringify(account), () => account)
      })
      const first = [
        visibleText(name),
        packEmail(visibleText(email)),
        departmentPlace(person),
        costPlace(person),
        secondsOf(lastActive(person)),
        accounts,
      ] as const
      const facts = visibleText(factsOf(person))
      const activity = visibleText(activityOf(person))
      const ofRules = rulePlaces(person)
      const aliases = aliasesOf(person, new Set([name, emailOf(person)]))
      if (aliases !== '') return [...first, packFacts(facts), packActivity(activity), ofRules, aliases]
      if (ofRules.length > 0) return [...first, packFacts(facts), packActivity(activity), ofRules]
      if (activity !== '') return [...first, packFacts(facts), packActivity(activity)]
      return facts === '' ? first : [...first, packFacts(facts)]
    }
  }

  const allPeople = sorted(peopleOf(users))
  // The tables must be whole before the first person is made, as the page begins with them.
  const placesOfFound = new Map<string, number>()
  for (const [place, person] of allPeople.entries()) {
    departmentPlace(person)
    costPlace(person)
    rulePlaces(person)
    for (const { provider, id: userId, licenseIds, pendingLicenseIds, doubt } of person) {
      const key = userKey(provider, userId)
      if (found.has(key)) placesOfFound.set(key, place)
      if (doubt !== undefined) reasons.placeOf(doubt)
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
      costs: costTable(costs.values),
      gaps: reasons.values,
      holderGaps: [...gapsOfHolders(providers).keys()].map(providerPlaces.placeOf),
      nameGaps: [...gapsOfNames(providers).keys()].map(providerPlaces.placeOf),
      rules: ruleTable(rules.values, abstentions),
    },
    count: allPeople.length,
    withActivity: users.some(({ lastActiveAt }) => lastActiveAt !== undefined),
    withFacts: users.some(hasFacts),
    people: {
      *[Symbol.iterator]() {
        const pack = createPersonPacker()
        for (const person of allPeople) yield pack(person)
      },
    },
    personOf: (provider, userId) => {
      const place = placesOfFound.get(userKey(provider, userId))
      const person = place === undefined ? undefined : allPeople[place]
      if (place === undefined || person === undefined) return undefined
      const { name, email } = textsOf(person)
      return { place, label: visibleText(email === '' ? name : `${name} <${email}>`) }
    },
  }
}
