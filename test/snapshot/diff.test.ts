import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { type DeclaredLicense, known, type LicenseProvider, withDeclaredLicenses } from '../../src/index.ts'
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
  if (E.isLeft(diff)) throw new Error(diff.left)
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
      undecided: [{ id: 'ada', direction: 'out', reason: 'a page: it was torn' }],
    })
    expect(holdersOf('plus')).toMatchObject({ out: [{ id: 'bob' }], undecided: [] })
    expect(diff.complete).toBe(false)
  })

  it('does not call somebody new whom the earlier list may have missed', async () => {
    const diff = await between({ licenses: LICENSES, users: [], ...gapping({}) }, { licenses: LICENSES, users: [ada] })
    expect(diff.licenses[0]?.holders).toMatchObject({ in: [], undecided: [{ id: 'ada', direction: 'in' }] })
  })

  it('takes nobody for gone whom the other list never names', async () => {
    const omits = ['external holders are not listed']
    const diff = await between({ licenses: LICENSES, users: [ada] }, { licenses: LICENSES, users: [], omits })
    expect(diff.licenses[0]?.holders.undecided).toMatchObject([{ id: 'ada', reason: omits[0] }])
    const alike = await between({ licenses: LICENSES, users: [ada], omits }, { licenses: LICENSES, users: [], omits })
    expect(alike.licenses[0]?.holders).toMatchObject({ out: [{ id: 'ada' }], undecided: [] })
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
      reason: 'the list: the credentials may not do this',
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

describe('the difference of cost', () => {
  const priced = (seats: number, amount: number, currency = 'EUR'): DeclaredLicense => ({
    purchased: known(seats),
    prices: [{ amount, currency, per: 'seat-month' }],
  })
  const costing = (
    declared: Readonly<Record<string, DeclaredLicense>>,
    options: Options = { licenses: LICENSES, users: [] },
  ) => [withDeclaredLicenses(acme(options), new Map(Object.entries(declared)))]

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
    expect(cost).toEqual({ total: [change], providers: [{ provider: 'acme', changes: [change] }], unknown: [] })
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
      { currency: 'USD', before: 0, after: 1_200, difference: 1_200, seats: 1_200 },
    ])
  })

  it('does not take a license for gone that could not be read', async () => {
    const failing = { ...{ licenses: LICENSES, users: [] }, onRequest: () => failure('acme') }
    const { cost } = await differing(costing({ basic: priced(10, 100) }), costing({ basic: priced(10, 100) }, failing))
    expect(cost?.total).toEqual([])
    expect(cost?.unknown.map(({ id }) => id)).toEqual(['basic', 'plus'])
  })
})

describe('snapshots that cannot be compared', () => {
  const users = Array.from({ length: 6 }, (_, index) => user(`u${index}`, []))
  const others = Array.from({ length: 6 }, (_, index) => user(`v${index}`, []))
  const under = (key: string): Pseudonyms => ({ digest: (text) => `${key}${text}`.padEnd(40, '0') })
  const reason = async (before: Snapshot, after: Snapshot): Promise<string | undefined> => {
    const diff = await diffSnapshots(before, after)()
    return E.isLeft(diff) ? diff.left : undefined
  }

  it('are those of other organisations', async () => {
    const one = await snapshotOf([acme({ users })])
    expect(await reason(one, await snapshotOf([organization('other', { users })]))).toMatch(
      /different organisations: one has acme, the other one has other$/,
    )
    expect(await reason(one, await snapshotOf([acme({ users, vendor: 'webex' })]))).toMatch(
      /acme is in-memory in one, and webex/,
    )
    expect(await reason(one, await snapshotOf([acme({ users: others })]))).toMatch(/acme has not one user in both/)
    expect(await reason(one, await snapshotOf([acme({ users: [...others, users[0] ?? ada] })]))).toBeUndefined()
  })

  it('are those in which nobody can be found again', async () => {
    const plain = await snapshotOf([acme({ users })])
    const one = await snapshotOf([acme({ users })], { pseudonyms: under('one') })
    const two = await snapshotOf([acme({ users })], { pseudonyms: under('two') })
    expect(await reason(plain, one)).toMatch(/one of the snapshots is pseudonymized/)
    expect(await reason(one, two)).toMatch(/different keys/)
    expect(await reason(one, one)).toBeUndefined()
  })
})
