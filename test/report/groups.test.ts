import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createLicenseReport,
  everythingSupported,
  type Grouping,
  type GroupRow,
  groupings,
  known,
  type Ledger,
  type LicensedUser,
  LicenseReport,
  notApplicable,
  unknown,
  unsupported,
} from '../../src/index.ts'
import { scopeOf } from '../../src/paging/request-scope.ts'
import { paidLicenses } from '../../src/report/cost/paid-licenses.ts'
import { createPricing } from '../../src/report/cost/pricing.ts'
import { createSeatCosts } from '../../src/report/cost/seat-costs.ts'
import { findingsOf } from '../../src/report/findings/report-findings.ts'
import { reportGroups } from '../../src/report/groups/report-groups.ts'
import { listUsers } from '../../src/report/holders.ts'
import type { Cost } from '../../src/report/license-report.ts'
import { licenseRows } from '../../src/report/license-rows.ts'
import { peopleDetail } from '../../src/report/people-detail.ts'
import { readProvider } from '../../src/report/provider-reading.ts'
import { gapsOfReading } from '../../src/report/reading-gaps.ts'
import { atTime } from './at-time.ts'
import { NOW, priceTable, reportOn, seatPrice } from './priced.ts'
import { failure, license, organization, user } from './reported-organization.ts'

type Options = NonNullable<Parameters<typeof organization>[1]>

const euros = (amount: number): Cost => ({ kind: 'known', amounts: [{ amount, currency: 'EUR' }] })

const unknownCost = (reason: string, amount: number): Cost => ({
  kind: 'unknown',
  reason,
  atLeast: [{ amount, currency: 'EUR' }],
})

const PRICES = priceTable({ one: { a: seatPrice(1000), b: seatPrice(500) }, two: { a: seatPrice(2000) } })

const one = (users: readonly Omit<LicensedUser, 'provider'>[], more: Partial<Options> = {}) =>
  organization('one', { licenses: [license('a'), license('b')], users, ...more })
const two = (users: readonly Omit<LicensedUser, 'provider'>[], more: Partial<Options> = {}) =>
  organization('two', { licenses: [license('a')], users, ...more })

const groupsOf = async (
  groupBy: Grouping,
  providers: Parameters<typeof reportOn>[0],
  options: Parameters<typeof reportOn>[1] = {},
) => {
  const { groups } = await reportOn(providers, { prices: PRICES, detail: false, groupBy, ...options })
  return groups?.rows ?? []
}

const nameOf = ({ kind, name }: GroupRow): string => name ?? `<${kind}>`

const shown = (row: GroupRow) => [nameOf(row), row.people, row.users, row.seats, row.cost]

const torn: Ledger = {
  pages: 1,
  items: 1,
  repeated: 0,
  undecodable: 0,
  gaps: [{ what: 'page 2', reason: 'it was torn' }],
  omits: [],
  verdict: 'partial',
}

describe('groups by a field', () => {
  test('have people, users, seats and cost of holders, and begin with what costs most', async () => {
    const groups = await groupsOf('department', [
      one([
        user('u1', ['a'], { department: 'Sales' }),
        user('u2', ['a', 'b'], { department: ' Support ' }),
        user('u3', ['a'], { department: 'Support' }),
        user('u4', [], { department: 'Without a license' }),
      ]),
    ])
    expect(groups.map(shown)).toEqual([
      ['Support', known(2), known(2), known(3), euros(2500)],
      ['Sales', known(1), known(1), known(1), euros(1000)],
    ])
  })

  test('tell apart an empty field, one that was not read, and departments that are called so', async () => {
    const groups = await groupsOf('department', [
      one([
        user('u1', ['a'], { department: null }),
        user('u2', ['a'], { department: '  ' }),
        user('u3', ['a']),
        user('u4', ['a'], { department: 'none' }),
        user('u5', ['a'], { department: 'unknown' }),
      ]),
    ])
    expect(groups.map((row) => [nameOf(row), row.users])).toEqual([
      ['<none>', known(2)],
      ['none', known(1)],
      ['unknown', known(1)],
      ['<unknown>', known(1)],
    ])
  })

  test('say of users whose field is unknown why it is, provider by provider', async () => {
    const users = [user('u1', ['a'])]
    const without = { ...everythingSupported.userFields, costCenter: unsupported('it has no such field') }
    const [group] = await groupsOf('costCenter', [
      one(users),
      two(users, { capabilities: { ...everythingSupported, userFields: without } }),
    ])
    expect(group?.reason).toBe(
      'one: 1 user: it was not read; two: 1 user: the vendor does not provide it (it has no such field)',
    )
  })

  test('put an account that names nothing where another account of the person is', async () => {
    const groups = await groupsOf('department', [
      one([user('u1', ['a'], { department: null }), user('u2', ['a'])]),
      two([
        user('x1', ['a'], { email: 'u1@example.com', department: 'Sales' }),
        user('x2', ['a'], { email: 'u2@example.com', department: 'Support' }),
      ]),
    ])
    expect(groups.map(shown)).toEqual([
      ['Sales', known(1), known(2), known(2), euros(3000)],
      ['Support', known(1), known(2), known(2), euros(3000)],
    ])
  })

  test('count a person in each department that an account names, and each seat once', async () => {
    const groups = await groupsOf('department', [
      one([user('u', ['a'], { department: 'Sales' })]),
      two([user('u', ['a'], { department: 'Support' })]),
    ])
    expect(groups.map(shown)).toEqual([
      ['Support', known(1), known(1), known(1), euros(2000)],
      ['Sales', known(1), known(1), known(1), euros(1000)],
    ])
  })

  test('are at least what was counted where users may be missing, who may be of any group', async () => {
    const groups = await groupsOf('division', [
      one([user('u', ['a'], { division: 'North' })], {
        onRequest: ({ operation, continuation }) =>
          operation === 'listUsers' && continuation !== undefined ? failure('one') : undefined,
        onPage: (_, page) => ({ ...page, next: '1' }),
      }),
    ])
    const reason = 'not all users of one are known'
    expect(groups.map(shown)).toEqual([
      ['North', unknown(reason, 1), unknown(reason, 1), unknown(reason, 1), unknownCost(reason, 1000)],
      ['<unknown>', unknown(reason), unknown(reason), unknown(reason), { kind: 'unknown', reason }],
    ])
  })

  test('are at least what was counted where the directory has a gap, but for what is unknown itself', async () => {
    const groups = await groupsOf('location', [
      one([user('u1', ['a'], { location: 'Bonn' }), user('u2', ['a'])], { directory: torn }),
    ])
    const reason = 'not all locations of one are known'
    expect(groups.map(({ users }) => users)).toEqual([unknown(reason, 1), known(1)])
    expect(groups[1]?.reason).toMatch(/^one: 1 user: the list of people in the directory lacks page 2: it was torn$/)
  })

  test('of a provider that failed are unknown, and not missing', async () => {
    for (const groupBy of groupings) {
      const groups = await groupsOf(groupBy, [one([], { onRequest: () => failure('one') })])
      expect(groups).toHaveLength(1)
      expect(groups[0]).toMatchObject({ users: { kind: 'unknown' }, seats: { kind: 'unknown' } })
    }
  })
})

describe('groups by provider and by license', () => {
  test('name each, also one without a holder', async () => {
    const providers = [one([user('u', ['a'])]), two([])]
    expect((await groupsOf('provider', providers)).map((row) => [row.provider, ...shown(row)])).toEqual([
      ['one', 'Display name of one', known(1), known(1), known(1), euros(1000)],
      ['two', 'Display name of two', known(0), known(0), known(0), notApplicable],
    ])
    expect(
      (await groupsOf('license', providers)).map(({ provider, licenseId, seats }) => [provider, licenseId, seats]),
    ).toEqual([
      ['one', 'a', known(1)],
      ['two', 'a', known(0)],
      ['one', 'b', known(0)],
    ])
  })

  test('have no number of seats where no seat belongs to a user', async () => {
    const licenses = [license('a', { metric: 'concurrent' })]
    const [group] = await groupsOf('license', [one([user('u', ['a'])], { licenses })])
    expect(group).toMatchObject({ users: known(1), seats: notApplicable, cost: { kind: 'unknown' } })
  })
})

describe('what is at stake in a group', () => {
  const inactive = { status: 'inactive', department: 'Sales' } as const

  const calling = { licenses: [license('a', { services: ['calling'] })] }

  test('is the seat of a person in several providers that can be given up, and not the other one', async () => {
    const active = { department: 'Sales', lastActiveAt: NOW }
    const providers = [one([user('u', ['a'], active)], calling), two([user('u', ['a'], active)], calling)]
    const groups = await groupsOf('provider', providers, { findings: {} })
    // The one that costs more stays.
    expect(groups.map(({ provider, atStake }) => [provider, atStake?.seats, atStake?.findings])).toEqual([
      ['two', known(0), known(0)],
      ['one', known(1), known(1)],
    ])
  })

  test('is each seat once, however many findings are about it', async () => {
    const [group] = await groupsOf(
      'department',
      [
        one([user('u', ['a'], { ...inactive, lastActiveAt: NOW })], calling),
        two([user('u', ['a'], { department: 'Sales', lastActiveAt: NOW })], calling),
      ],
      { findings: {} },
    )
    expect(group).toMatchObject({
      seats: known(2),
      atStake: { findings: known(2), seats: known(1), cost: euros(1000) },
    })
  })

  test('leaves out what is accepted, and counts findings about no seat of a user apart', async () => {
    const { groups } = await reportOn([one([user('u', ['a', 'b'], inactive)])], {
      groupBy: 'department',
      findings: { suppressions: [{ license: 'a', rule: 'inactive-holder', reason: 'leave it' }] },
    })
    expect(groups?.rows[0]?.atStake).toMatchObject({ seats: known(1) })
    expect(groups?.otherFindings).toBe(2)
  })

  test('is at least what was found where a rule lacks data', async () => {
    const [group] = await groupsOf('provider', [one([user('u', ['a'])])], { findings: {} })
    const reason = 'rules lack data: dormant-holder, never-active'
    expect(group?.atStake).toMatchObject({ findings: unknown(reason), seats: unknown(reason) })
  })

  test('is not there without findings', async () => {
    const [group] = await groupsOf('provider', [one([user('u', ['a'])])])
    expect(group).not.toHaveProperty('atStake')
  })
})

test('a report without prices has groups without cost, and one without groups none', async () => {
  const groups = await groupsOf('provider', [one([user('u', ['a'])])], { prices: new Map() })
  expect(groups[0]).not.toHaveProperty('cost')
  expect(await reportOn([one([])])).not.toHaveProperty('groups')
})

test('another word to group by is refused before anything is read', () => {
  // @ts-expect-error For callers without types.
  expect(() => createLicenseReport({ groupBy: 'mood' })).toThrow(/groupBy: expected one of department, division/)
})

test('groups can be read back, and those by what only a later version knows are left out', async () => {
  const report: unknown = JSON.parse(JSON.stringify(await reportOn([one([user('u', ['a'])])], { groupBy: 'manager' })))
  expect(LicenseReport.decode(report)).toEqual({ _tag: 'Right', right: report })
  const later = LicenseReport.decode({ ...Object(report), groups: { by: 'mood', rows: 7 } })
  expect(later).toMatchObject({ _tag: 'Right', right: { groups: undefined } })
})

const countOf = (count: GroupRow['users']): number =>
  count.kind === 'known' ? count.value : count.kind === 'unknown' ? (count.atLeast ?? 0) : 0
const amountOf = (cost: Cost | undefined): number =>
  cost === undefined || cost.kind === 'notApplicable'
    ? 0
    : ((cost.kind === 'known' ? cost.amounts : cost.atLeast) ?? []).reduce((sum, { amount }) => sum + amount, 0)

test('groups add up to the same seats and cost, by whatever they are made: nothing is lost or counted twice', async () => {
  const field = fc.constantFrom(undefined, null, '', 'A', 'B', 'none', 'unknown')
  const person = fc.record({
    licenseIds: fc.subarray(['a', 'b', 'gone']),
    mail: fc.nat(3),
    status: fc.constantFrom('active' as const, 'inactive' as const),
    text: field,
  })
  type Person = typeof person extends fc.Arbitrary<infer A> ? A : never
  const people = (persons: readonly Person[] = []) =>
    persons.map(({ licenseIds, mail, status, text }, place) =>
      user(`u${place}`, licenseIds, {
        status,
        email: `m${mail}@example.com`,
        ...(text === undefined ? {} : { department: text, division: text, manager: text, location: text }),
      }),
    )
  await fc.assert(
    fc.asyncProperty(fc.array(person, { maxLength: 8 }), fc.array(person, { maxLength: 8 }), async (some, others) => {
      const report = async (groupBy: Grouping) =>
        reportOn([one(people(some)), two(people(others))], { prices: PRICES, groupBy, findings: {} })
      const { users = [] } = await report('provider')
      const seats = users.reduce((sum, { licenseIds }) => sum + licenseIds.length, 0)
      const cost = users.reduce((sum, { cost: own }) => sum + amountOf(own), 0)
      const atStake = new Set<number>()
      const { cost: summary, groups } = await report('department')
      for (const { department, cost: ofDepartment } of summary?.departments ?? []) {
        const same = groups?.rows.filter(({ name }) => name === department) ?? []
        expect(same.reduce((sum, row) => sum + amountOf(row.cost), 0)).toBe(amountOf(ofDepartment))
      }
      for (const groupBy of groupings) {
        const { rows = [] } = (await report(groupBy)).groups ?? {}
        expect(rows.reduce((sum, row) => sum + countOf(row.seats), 0)).toBe(seats)
        expect(rows.reduce((sum, row) => sum + amountOf(row.cost), 0)).toBe(cost)
        atStake.add(rows.reduce((sum, row) => sum + countOf(row.atStake?.seats ?? notApplicable), 0))
      }
      expect(atStake.size).toBe(1)
    }),
    { numRuns: 20 },
  )
})

test('groups take twice as long for twice as many users, findings and departments', async () => {
  const readsFor = async (size: number, groupBy: Grouping): Promise<number> => {
    const users = Array.from({ length: size }, (_, i) =>
      user(`u${i}`, ['a', 'b'], {
        department: `D${i}`,
        status: 'inactive',
        email: `m${Math.floor(i / 2)}@example.com`,
      }),
    )
    const reading = await readProvider(one(users), {
      scope: scopeOf({}, atTime(NOW)),
      clock: atTime(NOW),
      verify: false,
      keepIn: listUsers,
      countsPeople: true,
      onPage: () => {},
    })
    const licenses = licenseRows(reading)
    const pricing = createPricing([], NOW, PRICES)
    const people = peopleDetail([reading], undefined)
    const costs = createSeatCosts(licenses, people.users, pricing)
    const isPaid = paidLicenses([reading], licenses, pricing)
    const found = findingsOf({ readings: [reading], licenses, people, costs, isPaid, generatedAt: NOW, options: {} })
    let reads = 0
    const counting = people.users.map(
      (row) =>
        new Proxy(row, {
          get: (target, key) => {
            reads++
            return Reflect.get(target, key)
          },
        }),
    )
    const material = {
      readings: [reading],
      gaps: [gapsOfReading(reading)],
      licenses,
      costs,
      isPaid,
      hasCosts: true,
      found,
    }
    const { rows } = reportGroups(groupBy, { ...material, people: { ...people, users: counting } })
    expect(rows.length).toBeGreaterThan(0)
    return reads
  }
  for (const groupBy of groupings) {
    expect(await readsFor(400, groupBy)).toBeLessThanOrEqual(2 * (await readsFor(200, groupBy)))
  }
})
