import { describe, expect, test } from 'vitest'
import { joinPurchases } from '../../src/contract/join-purchases.ts'
import {
  type DeclaredLicense,
  known,
  type License,
  type LicenseProvider,
  type Purchase,
  seatsTold,
  toPromise,
  toReadonlyArray,
  unknown,
  withDeclaredLicenses,
  withFacts,
} from '../../src/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'

const NOT_TOLD = unknown('the vendor does not say')

const license = (id: string, more: Partial<License> = {}): License => ({
  provider: 'memory',
  id,
  name: id,
  metric: 'named',
  purchased: NOT_TOLD,
  consumed: NOT_TOLD,
  includes: [],
  requires: [],
  ...more,
})

const contract = (name: string) => ({ source: 'contract', name })

const bought = (sku: string, quantity: number, more: Partial<Purchase> = {}): Purchase => ({
  sku,
  name: `Product ${sku}`,
  quantity: known(quantity),
  from: contract('C-1'),
  ...more,
})

const joined = (purchases: readonly Purchase[], licenses: readonly License[] = [license('a'), license('b')]) =>
  joinPurchases('memory', licenses, purchases, ({ sku }) => ({ one: 'a', ramp: 'a', two: 'b' })[sku ?? ''])

describe('what was bought', () => {
  test('of several products that are seats of one license is added up, and each product stays beside the sum', () => {
    const purchases = [bought('one', 100), bought('ramp', 20, { from: contract('C-2') })]
    const [a, b] = joined(purchases)
    expect(a).toMatchObject({ purchased: known(120), purchasedFrom: { source: 'contract' }, purchases })
    expect(a?.purchasedFrom?.name).toBeUndefined()
    expect(b).toEqual(license('b'))
  })

  test('is unknown where a part is, and at least what is known', () => {
    const [a] = joined([bought('one', 100), bought('ramp', 0, { quantity: seatsTold(-3, 'contract C-1') })])
    expect(a?.purchased).toEqual(unknown('contract C-1 says -3, which is no number of seats', 100))
    expect(seatsTold(2.5, 'contract C-1')).toEqual(unknown('contract C-1 says 2.5, which is no number of seats'))
  })

  test('and maps to no license is listed with its quantity, after the licenses and in no license', () => {
    const rows = joined([bought('tokens', 5000), bought('tokens', 1000), bought('one', 1)])
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b', 'sku:tokens'])
    expect(rows[2]).toMatchObject({
      name: 'Product tokens',
      productCode: 'tokens',
      boughtOnly: true,
      purchased: known(6000),
      consumed: unknown('the contract, bill or file does not say'),
    })
  })

  test('comes before a number that the vendor lists, which is kept', () => {
    const [a] = joined([bought('one', 100)], [license('a', { purchased: known(90) })])
    expect(a).toMatchObject({ purchased: known(100), overridden: [{ field: 'purchased', value: known(90) }] })
  })

  test('has the term that ends first, and the prices of all products', () => {
    const price = (amount: string) => ({ amount, currency: 'EUR' })
    const [a] = joined([
      bought('one', 100, { term: { end: '2027-12-31' }, committedPrices: [price('75.00')] }),
      bought('ramp', 20, { term: { end: '2027-03-31' }, committedPrices: [price('75.00'), price('80')] }),
      bought('ramp', 20, { term: {} }),
    ])
    expect(a?.term).toEqual({ end: '2027-03-31' })
    expect(a?.committedPrices).toEqual([price('75.00'), price('80')])
    expect(a?.overagePrices).toBeUndefined()
  })

  test('and billed is told with the period that all bills share', () => {
    const period = { start: '2026-11-01', end: '2026-11-30', status: 'open' } as const
    const billed = (sku: string, count: number): Purchase => ({
      sku,
      name: sku,
      billed: known(count),
      from: { ...contract('C-1'), period },
    })
    const [a] = joined([billed('one', 40), billed('ramp', 2)])
    expect(a).toMatchObject({ purchased: NOT_TOLD, consumed: known(42), consumedFrom: { ...contract('C-1'), period } })
  })
})

describe('products that the configuration maps', () => {
  const provider = createInMemoryProvider({ id: 'memory', licenses: [], users: [] })
  const listing = (licenses: readonly License[]): LicenseProvider => ({
    ...provider,
    listLicenses: (request) => createInMemoryProvider({ id: 'memory', licenses, users: [] }).listLicenses(request),
  })
  const listed = async (licenses: readonly License[], declared: Readonly<Record<string, DeclaredLicense>>) =>
    (
      await toPromise(
        toReadonlyArray(withDeclaredLicenses(listing(licenses), new Map(Object.entries(declared))).listLicenses()),
      )
    ).items

  test('are seats of a license that is named as the product is: the license is meant, and not what was bought', async () => {
    const named = license('cloudCX3', { name: 'CX 3' })
    const rows = joinPurchases('memory', [named], [bought('GC', 7, { name: 'CX 3' })], () => undefined)
    expect(rows.map(({ id }) => id)).toEqual(['cloudCX3', 'sku:GC'])
    const declared = await listed(rows, { 'cx 3': { sku: ['GC'], metric: 'concurrent' } })
    expect(declared).toMatchObject([{ id: 'cloudCX3', purchased: known(7), metric: 'concurrent' }])
    const unmapped = await listed(rows, { 'CX 3': { purchased: known(9) } })
    expect(unmapped).toMatchObject([{ purchased: known(9) }, { id: 'sku:GC', purchased: known(7) }])
  })

  test('may be mistyped: a license says that nothing was bought of its products', async () => {
    const rows = joined([bought('one', 100), bought('tokens', 5)])
    const nothing = unknown('nothing was bought of tokns, tokenz; see its sku in the configuration')
    const [, b] = await listed(rows, { b: { sku: ['tokns', 'tokenz'] } })
    expect(b).toMatchObject({ purchased: nothing, consumed: nothing })
    const [, told] = await listed(rows, { b: { sku: ['tokns'], purchased: known(3) } })
    expect(told?.purchased).toEqual(known(3))
    const [, one] = await listed(rows, { b: { sku: ['tokns', 'tokens'] } })
    expect(one?.purchased).toEqual(known(5))
    const [, unread] = await listed([license('a'), license('b')], { b: { sku: ['tokns'] } })
    expect(unread?.purchased).toEqual(NOT_TOLD)
  })

  test('say of a license whether its seats are concurrent, until they are mapped to another one', async () => {
    const concurrent = (sku: string) => bought(sku, 5, { metric: 'concurrent' })
    const unknownMetric = ['a', 'b'].map((id) => license(id, { metric: 'unknown' }))
    const rows = joined([concurrent('one'), concurrent('two')], unknownMetric)
    expect(rows.map(({ metric }) => metric)).toEqual(['concurrent', 'concurrent'])
    const [a, b] = await listed(rows, { b: { sku: ['one'] } })
    expect([a?.metric, b?.metric]).toEqual(['unknown', 'concurrent'])
    const mixed = joined([concurrent('one'), bought('ramp', 5)], unknownMetric)
    expect(mixed[0]?.metric).toBe('unknown')
    expect(joined([concurrent('one')])[0]?.metric).toBe('named')
  })

  test('are seats of the license that it names, by id or by name, and of no other', async () => {
    const rows = joined([bought('one', 100), bought('tokens', 5)])
    const [a, b, ...others] = await listed(rows, { b: { sku: ['one', 'tokens'] } })
    expect(others).toEqual([])
    expect(a).toMatchObject({ purchased: unknown('what was bought of it is mapped to another license') })
    expect(a?.purchases).toBeUndefined()
    expect(b).toMatchObject({ purchased: known(105) })
    const named = await listed([license('x', { name: 'Seat X' }), ...rows.slice(2)], { 'Seat X': { sku: ['tokens'] } })
    expect(named).toMatchObject([{ id: 'x', purchased: known(5) }])
  })

  test('stay where they are if they are mapped to a license that is not listed', async () => {
    const rows = joined([bought('tokens', 5)])
    expect(await listed(rows, { gone: { sku: ['tokens'] } })).toEqual(rows)
  })

  test('leave what a later source says of a license in its place, and other licenses as they are', async () => {
    const file = { source: 'file', name: 'bought.csv' }
    const facts = { licenses: [{ license: 'a', sku: 'one', purchased: known(120), from: file }] }
    const withFile = await toPromise(
      toReadonlyArray(withFacts(listing(joined([bought('one', 100), bought('tokens', 9)])), facts).listLicenses()),
    )
    const [a, b] = await listed(withFile.items, { b: { sku: ['tokens'] } })
    expect(a).toEqual(withFile.items[0])
    expect(b).toMatchObject({ purchased: known(9) })
    const [left, moved] = await listed(withFile.items, { b: { sku: ['one'] } })
    expect(left?.purchased).toEqual(unknown('what was bought of it is mapped to another license'))
    expect(moved).toMatchObject({
      purchased: known(120),
      purchasedFrom: file,
      overridden: [{ field: 'purchased', value: known(100), from: contract('C-1') }],
    })
  })

  test('that are not mapped stay in their row, whatever its id is', async () => {
    const own = license('P-7', { boughtOnly: true, purchased: known(9), purchases: [bought('tokens', 9)] })
    const rows = [...joined([bought('one', 100)]), own]
    const mapped = await listed(rows, { b: { sku: ['one'] } })
    expect(mapped.at(-1)).toEqual(own)
  })

  test('leave the number that the vendor lists where they are mapped to another license', async () => {
    const rows = joined([bought('one', 100)], [license('a', { purchased: known(90) }), license('b')])
    const [a, b] = await listed(rows, { b: { sku: ['one'] } })
    expect(a).toEqual(license('a', { purchased: known(90) }))
    expect(b?.purchased).toEqual(known(100))
  })

  test('are looked for once, however many pages the list has', async () => {
    const licenses = Array.from({ length: 50 }, (_, index) => license(`l${index}`))
    let looks = 0
    class Watched extends Map<string, DeclaredLicense> {
      override [Symbol.iterator]() {
        looks++
        return super[Symbol.iterator]()
      }
    }
    const declared = withDeclaredLicenses(listing(licenses), new Watched([['l1', { sku: ['one'] }]]))
    const looksOf = async (pageSize: number) => {
      looks = 0
      const { items } = await toPromise(toReadonlyArray(declared.listLicenses({ pageSize })))
      expect(items).toEqual(licenses)
      return looks
    }
    expect(await looksOf(1)).toBe(await looksOf(10))
  })

  test('do not override the number that it declares, which is told to differ', async () => {
    const [a] = await listed(joined([bought('one', 280)]), { a: { purchased: known(300) } })
    expect(a).toMatchObject({
      purchased: known(300),
      purchasedFrom: { source: 'configuration' },
      overridden: [{ field: 'purchased', value: known(280), from: contract('C-1') }],
    })
  })

  test('are refused where two licenses claim one product', () => {
    const claim = new Map<string, DeclaredLicense>([
      ['a', { sku: ['one'] }],
      ['b', { sku: ['two', 'one'] }],
    ])
    expect(() => withDeclaredLicenses(provider, claim)).toThrow('"b"')
  })
})
