import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  type Cost,
  createLicenseReport,
  type DeclaredLicense,
  known,
  type License,
  type LicenseProvider,
  notApplicable,
  withDeclaredLicenses,
} from '../../src/index.ts'
import { diffSnapshots, type Pseudonyms, type Snapshot, type SnapshotDiff } from '../../src/snapshot/index.ts'
import { failure, license, organization, user } from '../report/reported-organization.ts'
import { snapshotOf } from './in-memory-folder.ts'

type Options = NonNullable<Parameters<typeof organization>[1]>

const acme = (options: Options) => organization('acme', options)

const compare = async (before: readonly LicenseProvider[], after: readonly LicenseProvider[]) =>
  diffSnapshots(await snapshotOf(before), await snapshotOf(after))()

const differing = async (
  before: readonly LicenseProvider[],
  after: readonly LicenseProvider[],
): Promise<SnapshotDiff> => {
  const diff = await compare(before, after)
  if (E.isLeft(diff)) throw new Error(diff.left.message)
  return diff.right
}

const between = (before: Options, after: Options): Promise<SnapshotDiff> => differing([acme(before)], [acme(after)])

const LICENSES = [license('basic'), license('plus')]
const ada = user('ada', ['basic'], { displayName: 'Ada' })
const bob = user('bob', ['plus'])

/** A gap in the list of users. */
const gapping = (gap: { readonly licenseId?: string }): Pick<Options, 'onPage'> => ({
  onPage: ({ operation }, page) =>
    operation === 'listUsers' ? { ...page, gaps: [{ what: 'a page', reason: 'it was torn', ...gap }] } : page,
})

describe('the difference of two snapshots', () => {
  it('is nothing where nothing changed', async () => {
    const diff = await between({ licenses: LICENSES, users: [ada, bob] }, { licenses: LICENSES, users: [bob, ada] })
    expect(diff).toMatchObject({ complete: true, licenses: [], unchanged: 2 })
    expect(diff.cost).toBeUndefined()
  })

  it('names the licenses that came, went and changed', async () => {
    const diff = await between(
      { licenses: [...LICENSES, license('old')] },
      { licenses: [license('basic', { purchased: known(12), name: 'Basic 2' }), license('plus'), license('new')] },
    )
    expect(diff.licenses.map(({ id, change }) => [id, change])).toEqual([
      ['basic', 'changed'],
      ['new', 'added'],
      ['old', 'removed'],
    ])
    expect(diff.licenses[0]).toMatchObject({
      name: 'Basic 2',
      formerName: 'Name of basic',
      purchased: { before: known(10), after: known(12), difference: known(2) },
    })
    expect(diff.licenses[1]?.purchased).toEqual({ after: known(10), difference: known(10) })
    expect(diff.licenses[2]?.purchased).toEqual({ before: known(10), difference: known(-10) })
    expect(diff.unchanged).toBe(1)
  })

  it('names who came and who left', async () => {
    const diff = await between(
      { licenses: LICENSES, users: [ada, bob] },
      { licenses: LICENSES, users: [user('ada', ['plus'], { displayName: 'Ada' }), bob] },
    )
    const [basic, plus] = diff.licenses
    expect(basic?.holders).toEqual({
      came: known(0),
      left: known(1),
      in: [],
      out: [{ id: 'ada', name: 'Ada', email: 'ada@example.com' }],
      undecided: [],
    })
    expect(plus?.holders.in.map(({ id }) => id)).toEqual(['ada'])
    expect(plus?.assigned.difference).toEqual(known(1))
    expect(diff.complete).toBe(true)
  })

  it('leaves undecided only what depends on a gap', async () => {
    const before = { licenses: LICENSES, users: [ada, bob] }
    const diff = await between(before, { licenses: LICENSES, users: [], ...gapping({ licenseId: 'basic' }) })
    const holdersOf = (id: string) => diff.licenses.find((one) => one.id === id)?.holders
    expect(holdersOf('basic')).toMatchObject({
      out: [],
      // A user in the torn page may have come.
      came: { kind: 'unknown', reason: 'the list of users lacks a page: it was torn' },
      left: { kind: 'unknown' },
      undecided: [{ id: 'ada', direction: 'out', reason: 'the list of users lacks a page: it was torn' }],
    })
    expect(holdersOf('plus')).toMatchObject({ came: known(0), left: known(1), out: [{ id: 'bob' }], undecided: [] })
    expect(diff.complete).toBe(false)
  })

  it('does not call a user new whom the earlier list may have missed', async () => {
    const diff = await between({ licenses: LICENSES, users: [], ...gapping({}) }, { licenses: LICENSES, users: [ada] })
    expect(diff.licenses[0]?.holders).toMatchObject({ in: [], undecided: [{ id: 'ada', direction: 'in' }] })
  })

  it('does not call a user gone whom the other list never names', async () => {
    const omits = ['external holders are not listed']
    const diff = await between({ licenses: LICENSES, users: [ada] }, { licenses: LICENSES, users: [], omits })
    expect(diff.licenses[0]?.holders.undecided).toMatchObject([{ id: 'ada', reason: omits[0] }])
    const alike = await between({ licenses: LICENSES, users: [ada], omits }, { licenses: LICENSES, users: [], omits })
    expect(alike.licenses[0]?.holders).toMatchObject({ out: [{ id: 'ada' }], undecided: [] })
  })

  it('does not call a user gone from a license of which no list names some holders any more', async () => {
    const omits = ['holders by way of a group are not listed']
    const licensed = (more: Partial<License>) => LICENSES.map((one) => ({ ...one, ...more }))
    const diff = await between({ licenses: LICENSES, users: [ada] }, { licenses: licensed({ omits }), users: [] })
    expect(diff.licenses[0]?.holders.undecided).toMatchObject([{ id: 'ada', reason: omits[0] }])
    const alike = { licenses: licensed({ omits }) }
    const { licenses } = await between({ ...alike, users: [ada] }, { ...alike, users: [] })
    expect(licenses[0]?.holders).toMatchObject({ out: [{ id: 'ada' }], undecided: [] })
  })

  it('cannot tell anything of a provider that failed, and still tells of the others', async () => {
    const well = (users: Options['users']) => organization('well', { licenses: LICENSES, users: users ?? [] })
    const diff = await differing(
      [acme({ licenses: LICENSES, users: [ada] }), well([ada])],
      [acme({ onRequest: () => failure('acme') }), well([])],
    )
    expect(diff.licenses.map(({ provider, id, change }) => [provider, id, change])).toEqual([
      ['acme', 'basic', 'unknown'],
      ['acme', 'plus', 'unknown'],
      ['well', 'basic', 'changed'],
    ])
    expect(diff.licenses[0]).toMatchObject({
      reason: 'the list of licenses could not be read: the credentials may not do this',
      purchased: { before: known(10), difference: { kind: 'unknown' } },
      holders: { out: [], undecided: [{ id: 'ada' }] },
    })
    expect(diff.licenses[2]?.holders.out).toHaveLength(1)
    expect(diff.providers).toMatchObject([
      { id: 'acme', before: 'complete', after: 'failed' },
      { id: 'well', before: 'complete', after: 'complete' },
    ])
  })

  it('says which provider is in one of them only', async () => {
    const diff = await differing(
      [acme({ licenses: LICENSES })],
      [acme({ licenses: LICENSES }), organization('new', {})],
    )
    expect(diff).toMatchObject({ complete: false, providers: [{ id: 'acme' }, { id: 'new', after: 'complete' }] })
    expect(diff.providers[1]).not.toHaveProperty('before')
  })
})

const priced = (seats: number, amount: number, currency = 'EUR'): DeclaredLicense => ({
  purchased: known(seats),
  prices: [{ amount, currency, per: 'seat-month' }],
})

const of = (provider: LicenseProvider, declared: Readonly<Record<string, DeclaredLicense>>) =>
  withDeclaredLicenses(provider, new Map(Object.entries(declared)))

const costing = (
  declared: Readonly<Record<string, DeclaredLicense>>,
  options: Options = { licenses: LICENSES, users: [] },
) => [of(acme(options), declared)]

const eur = (amount: number): Cost => ({ kind: 'known', amounts: [{ amount, currency: 'EUR' }] })

describe('the difference of cost', () => {
  const atLeast = (amount: number) => ({ kind: 'unknown', atLeast: [{ amount, currency: 'EUR' }] })
  const failing: Options = { licenses: LICENSES, users: [], onRequest: () => failure('acme') }
  const well = organization('well', { licenses: [license('basic')] })

  it('is made of the prices of each snapshot, and adds up', async () => {
    const { cost } = await differing(
      costing({ basic: priced(10, 100), plus: priced(30, 200) }),
      costing({ basic: priced(20, 110), plus: priced(30, 200) }),
    )
    const change = {
      currency: 'EUR',
      before: 7_000,
      after: 8_200,
      difference: 1_200,
      price: 200,
      seats: 1_750,
      mix: -750,
    }
    expect(cost).toMatchObject({ total: [change], providers: [{ provider: 'acme', changes: [change] }], unknown: [] })
    const sums = { before: eur(7_000), after: eur(8_200), difference: eur(1_200), compared: 2, notCompared: 0 }
    expect(cost).toMatchObject(sums)
    expect(cost?.providers).toMatchObject([sums])
  })

  it('says what has no price, and does not count it as nothing', async () => {
    const { cost } = await differing(
      costing({ basic: priced(10, 100) }),
      costing({ basic: priced(10, 100), plus: priced(1, 9) }),
    )
    expect(cost?.total).toMatchObject([{ before: 1_000, after: 1_000, difference: 0 }])
    expect(cost?.unknown).toEqual([
      { provider: 'acme', id: 'plus', name: 'Name of plus', reason: 'no price is configured' },
    ])
  })

  it('keeps currencies apart, also where one license has changed its own', async () => {
    const { cost } = await differing(
      costing({ basic: priced(10, 100), plus: priced(1, 50) }),
      costing({ basic: priced(10, 120, 'USD'), plus: priced(1, 50) }),
    )
    expect(cost?.total).toMatchObject([
      { currency: 'EUR', before: 1_050, after: 50, difference: -1_000 },
      { currency: 'USD', before: 0, after: 1_200, difference: 1_200 },
    ])
    expect(cost?.difference).toEqual({
      kind: 'known',
      amounts: [
        { amount: -1_000, currency: 'EUR' },
        { amount: 1_200, currency: 'USD' },
      ],
    })
  })

  it('takes another currency for a change of price, and only seats that came for seats', async () => {
    const { cost } = await differing(
      costing({ basic: priced(10, 100) }),
      costing({ basic: priced(12, 120, 'USD'), plus: priced(1, 50) }),
    )
    expect(cost?.total).toMatchObject([
      { currency: 'EUR', price: -1_200, seats: 200, mix: 0 },
      { currency: 'USD', price: 1_440, seats: 0, mix: 0 },
    ])
  })

  it('does not take a license for gone that could not be read', async () => {
    const { cost } = await differing(costing({ basic: priced(10, 100) }), costing({ basic: priced(10, 100) }, failing))
    expect(cost?.total).toEqual([])
    expect(cost?.unknown.map(({ id }) => id)).toEqual(['basic', 'plus'])
  })

  it('keeps what a provider cost that has failed since, and tells how much of it can be compared', async () => {
    const { cost } = await differing(
      [...costing({ basic: priced(10, 100), plus: priced(5, 100) }), of(well, { basic: priced(2, 50) })],
      [...costing({ basic: priced(10, 100) }, failing), of(well, { basic: priced(3, 50) })],
    )
    expect(cost).toMatchObject({
      before: eur(1_600),
      after: atLeast(150),
      difference: { kind: 'unknown' },
      compared: 1,
      notCompared: 2,
      total: [{ before: 100, after: 150 }],
    })
    expect(cost?.providers).toMatchObject([
      {
        provider: 'acme',
        before: eur(1_500),
        after: { kind: 'unknown', reason: 'the list of licenses could not be read: the credentials may not do this' },
        compared: 0,
        notCompared: 2,
        changes: [],
      },
      { provider: 'well', before: eur(100), after: eur(150), difference: eur(50), compared: 1, notCompared: 0 },
    ])
    expect(cost?.providers[0]?.after).not.toHaveProperty('atLeast')
  })

  it('keeps what a provider cost that is in one snapshot only', async () => {
    const acmeAlone = costing({ basic: priced(10, 100), plus: priced(5, 100) })
    const both = [...acmeAlone, of(well, { basic: priced(2, 50) })]
    const reason = 'the provider is not in this snapshot'
    const { cost: gone } = await differing(both, acmeAlone)
    expect(gone).toMatchObject({ before: eur(1_600), after: atLeast(1_500), compared: 2, notCompared: 1 })
    expect(gone?.providers[1]).toMatchObject({ before: eur(100), after: { kind: 'unknown', reason }, changes: [] })
    expect(gone?.unknown).toEqual([{ provider: 'well', reason: 'the provider is in one of the snapshots only' }])
    const { cost: come } = await differing(acmeAlone, both)
    expect(come).toMatchObject({ before: atLeast(1_500), after: eur(1_600), difference: { kind: 'unknown' } })
    expect(come?.providers[1]).toMatchObject({ before: { kind: 'unknown', reason }, after: eur(100) })
  })

  it('says of each snapshot what a report of it says', async () => {
    const before = await snapshotOf([...costing({ basic: priced(10, 100) }), of(well, { basic: priced(2, 50) })])
    const after = await snapshotOf([...costing({ basic: priced(10, 100) }, failing), of(well, {})])
    const diff = await diffSnapshots(before, after)()
    if (E.isLeft(diff)) throw new Error(diff.left.message)
    for (const [side, { providers, clock }] of [['before', before] as const, ['after', after] as const]) {
      const report = await createLicenseReport({ clock, detail: true })(providers)()
      expect(diff.right.cost?.[side]).toEqual(report.cost?.total)
      expect(diff.right.cost?.providers.map((provider) => provider[side])).toEqual(
        report.providers.map(({ cost }) => cost),
      )
    }
  })

  it('does not count a license that costs nothing in either', async () => {
    const free = { licenses: [license('basic'), license('plus', { purchased: notApplicable })], users: [] }
    const { cost } = await differing(
      costing({ basic: priced(10, 100) }, free),
      costing({ basic: priced(9, 100) }, free),
    )
    expect(cost).toMatchObject({ compared: 1, notCompared: 0, difference: eur(-100) })
  })
})

describe('the cost of one license', () => {
  it('is a change by itself, where nothing but the price is another', async () => {
    const { licenses, unchanged } = await differing(
      costing({ basic: priced(10, 100), plus: priced(10, 50) }),
      costing({ basic: priced(10, 120), plus: priced(10, 50) }),
    )
    expect(licenses).toMatchObject([
      { id: 'basic', change: 'changed', cost: { before: eur(1_000), after: eur(1_200), difference: eur(200) } },
    ])
    expect(unchanged).toBe(1)
  })

  it('is no change where it is known in neither', async () => {
    const { licenses, unchanged } = await differing(
      costing({ basic: priced(10, 100) }),
      costing({ basic: priced(10, 100) }),
    )
    expect({ licenses, unchanged }).toEqual({ licenses: [], unchanged: 2 })
  })

  it('is not known to differ where one of them does not tell it', async () => {
    const { licenses } = await differing(
      costing({ basic: priced(10, 100) }),
      costing({ basic: priced(10, 100), plus: priced(10, 5) }),
    )
    const reason = 'no price is configured'
    expect(licenses).toMatchObject([
      {
        id: 'plus',
        cost: { before: { kind: 'unknown', reason }, after: eur(50), difference: { kind: 'unknown', reason } },
      },
    ])
  })

  it('is nothing where the license is not', async () => {
    const { licenses } = await differing(
      costing({ basic: priced(10, 100) }, { licenses: [license('basic')] }),
      costing({ plus: priced(10, 50) }, { licenses: [license('plus')] }),
    )
    expect(licenses.map(({ id, cost }) => ({ id, cost }))).toEqual([
      { id: 'plus', cost: { after: eur(500), difference: eur(500) } },
      { id: 'basic', cost: { before: eur(1_000), difference: eur(-1_000) } },
    ])
  })

  it('is not there where nothing has a price', async () => {
    const { licenses } = await between({ licenses: LICENSES }, { licenses: [license('basic')] })
    expect(licenses).toHaveLength(1)
    expect(licenses[0]).not.toHaveProperty('cost')
  })
})

describe('snapshots that cannot be compared', () => {
  const users = Array.from({ length: 6 }, (_, index) => user(`u${index}`, []))
  const others = Array.from({ length: 6 }, (_, index) => user(`v${index}`, []))
  const under = (key: string): Pseudonyms => ({ digest: (text) => `${key}${text}`.padEnd(40, '0') })
  const reason = async (before: Snapshot, after: Snapshot): Promise<string | undefined> => {
    const diff = await diffSnapshots(before, after)()
    return E.isLeft(diff) ? diff.left.message : undefined
  }

  it('are those of other organizations', async () => {
    const one = await snapshotOf([acme({ users })])
    expect(await reason(one, await snapshotOf([organization('other', { users })]))).toMatch(
      /different organizations: one has acme, the other has other$/,
    )
    expect(await reason(one, await snapshotOf([acme({ users, vendor: 'webex' })]))).toMatch(
      /acme is in-memory in one, and webex/,
    )
    expect(await reason(one, await snapshotOf([acme({ users: others })]))).toMatch(/acme has no user that is in both/)
    expect(await reason(one, await snapshotOf([acme({ users: [...others, users[0] ?? ada] })]))).toBeUndefined()
  })

  it('are those in which no user can be found again', async () => {
    const plain = await snapshotOf([acme({ users })])
    const one = await snapshotOf([acme({ users })], { pseudonyms: under('one') })
    const two = await snapshotOf([acme({ users })], { pseudonyms: under('two') })
    expect(await reason(plain, one)).toMatch(/one of the snapshots is pseudonymized/)
    expect(await reason(one, two)).toMatch(/different keys/)
    expect(await reason(one, one)).toBeUndefined()
  })
})
