import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider, type GenesysConfig } from '../../../providers/genesys/index.ts'
import { createLicenseReport, withDeclaredLicenses } from '../../../src/index.ts'
import { known, type License, type Purchases, toPromise, unknown } from '../../../src/provider-kit/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  definitions,
  directory,
  errorBody,
  licensedRows,
  licenseUsers,
  login,
  serveListing,
  tokenAnswer,
  withToken,
} from './genesys-at-http.ts'

withoutNetwork()

const TODAY = '2026-11-20'
const OWN = { id: 'org-1', name: 'Alpha' }
const OTHER = { id: 'org-2', name: 'Beta' }
const contracts = '/api/v2/billing/contracts'

type Body = Readonly<Record<string, unknown>>

const product = { id: 'p1', sku: 'GC-CX3', name: 'Genesys Cloud CX 3', unitOfMeasure: 'User' }

const item = (more: Body = {}): Body => ({
  itemNumber: '10',
  name: 'CX 3 seats',
  type: 'Recurring',
  function: 'Subscription',
  currencyIsoCode: 'EUR',
  dateEffectiveStart: '2026-01-01',
  dateEffectiveEnd: '2028-12-31',
  price: 75.5,
  overagePrice: 90,
  quantity: 100,
  unitOfMeasure: 'User',
  ...more,
})

const plan = (items: readonly Body[], more: Body = {}): Body => ({
  id: 'plan-1',
  name: 'CX 3',
  organizations: [OWN],
  product,
  items,
  ...more,
})

const charge = (more: Body = {}): Body => ({
  id: 'charge-1',
  product,
  organizations: [OWN],
  prepaidQuantity: 100,
  actualQuantity: 87,
  ...more,
})

const OPEN = { id: 'b11', dateStart: '2026-11-01', dateEnd: '2026-11-30', status: 'Open' }
const CLOSED = { id: 'b10', dateStart: '2026-10-01', dateEnd: '2026-10-31', status: 'Closed' }
const openPeriod = { start: '2026-11-01', end: '2026-11-30', status: 'open' }

const contract = (more: Body = {}): Body => ({
  id: 'c1',
  externalNumber: '4711',
  status: 'Active',
  commercialModel: 'SomethingNew',
  dateStart: '2026-01-01',
  dateEnd: '2028-12-31',
  billingPeriods: [CLOSED, OPEN],
  plans: [plan([item()])],
  ...more,
})

const reply = (path: string, body: unknown, status = 200) =>
  nock(api)
    .get(path)
    .query(true)
    .reply(status, body as nock.Body)

interface Served {
  readonly contracts?: readonly Body[]
  /** Charges by contract. */
  readonly charges?: Readonly<Record<string, readonly Body[]>>
  readonly definitions?: readonly Body[]
}

const serve = ({
  contracts: all = [contract()],
  charges = { c1: [charge()] },
  definitions: some = [{ id: 'cloudCX3' }],
}: Served = {}) => {
  reply(definitions, some)
  reply('/api/v2/organizations/me', { ...OWN, name: 'Alpha' })
  reply(contracts, { entities: all.map(({ id, status, dateStart }) => ({ id, status, dateStart })) })
  for (const one of all) {
    reply(`${contracts}/${one.id}`, one)
    nock(api)
      .get(new RegExp(`^${contracts}/${one.id}/billingperiods/`))
      .reply((uri) => [200, { ...OPEN, id: uri.split('/').at(-1), charges: charges[String(one.id)] ?? [] }])
  }
}

const withBilling = (billing: GenesysConfig['billing'] = { source: 'contracts' }) =>
  createGenesysProvider({ ...withToken, billing }, stillRuntime(`${TODAY}T10:00:00.000Z`))

const mapped = (skus: readonly string[] = ['GC-CX3'], billing?: GenesysConfig['billing']) =>
  withDeclaredLicenses(withBilling(billing), new Map([['cloudCX3', { sku: skus }]]))

const read = async (billing?: GenesysConfig['billing']) => {
  const { value, ledger } = await readList(mapped(undefined, billing).listLicenses())
  return { license: value[0] as License, others: value.slice(1), ledger }
}

/** What one contract says of its only product. */
const purchaseIn = async (
  more: Body,
  charges: readonly Body[] = [charge()],
): Promise<Purchases.Purchase | undefined> => {
  serve({ contracts: [contract(more)], charges: { c1: charges } })
  const { value } = await readList(withBilling().listLicenses())
  return value.find(({ boughtOnly }) => boughtOnly)?.purchases?.[0]
}

describe('what was bought of Genesys', () => {
  test('is told with what is billed, prices and term, from the contract in force', async () => {
    serve()
    const { license, others, ledger } = await read()
    const validity = { validFrom: '2026-01-01', validTo: '2028-12-31' }
    expect(license).toMatchObject({
      id: 'cloudCX3',
      metric: 'unknown',
      purchased: known(100),
      purchasedFrom: { source: 'contract', name: '4711' },
      consumed: known(87),
      consumedFrom: { source: 'contract', name: '4711', period: openPeriod },
      committedPrices: [{ amount: '75.5', currency: 'EUR', per: 'User', ...validity }],
      overagePrices: [{ amount: '90', currency: 'EUR', per: 'User', ...validity }],
      term: { start: '2026-01-01', end: '2028-12-31' },
    })
    expect(others).toEqual([])
    expect(ledger).toMatchObject({ verdict: 'unverifiable', gaps: [] })
    expect(ledger.remarks).toBeUndefined()
  })

  test('and maps to no license is listed with its quantity', async () => {
    serve()
    const { value } = await readList(withBilling().listLicenses())
    expect(value).toMatchObject([
      { id: 'cloudCX3', purchased: { reason: expect.stringContaining('no product of the contracts is mapped to it') } },
      { id: 'sku:GC-CX3', name: 'Genesys Cloud CX 3', boughtOnly: true, purchased: known(100), consumed: known(87) },
    ])
  })

  test('is one license too', async () => {
    serve()
    reply(`${definitions}/cloudCX3`, { id: 'cloudCX3', description: 'CX 3' })
    const one = await toPromise(withBilling().getLicense('cloudCX3'))
    expect(one).toMatchObject({ name: 'CX 3', purchased: { kind: 'unknown' } })
  })

  test('and is no license of the vendor can be asked for by its id', async () => {
    reply(`${definitions}/sku%3AGC-CX3`, errorBody(404, 'not.found', 'no'), 404)
    serve()
    serve()
    expect(await toPromise(withBilling().getLicense('sku:GC-CX3'))).toMatchObject({ purchased: known(100) })
  })

  test('is asked for with the fixed parameters that the vendor documents, and on by its cursor alone', async () => {
    reply(definitions, [{ id: 'cloudCX3' }])
    reply('/api/v2/organizations/me', OWN)
    const page = (query: Body, entities: readonly Body[], nextUri?: string) =>
      nock(api)
        .get(contracts)
        .query(query as Record<string, string>)
        .reply(200, { entities, nextUri })
    page({ status: 'Active', pageSize: '200' }, [{ id: 'c1' }], 'https://elsewhere.example/other?after=n2&pageSize=9')
    page({ status: 'Active', pageSize: '200', after: 'n2' }, [{ id: 'c2' }], undefined)
    for (const id of ['c1', 'c2']) reply(`${contracts}/${id}`, contract({ id, billingPeriods: null }))
    const { license } = await read()
    expect(license.purchased).toEqual(known(200))
    expect(license.consumed).toEqual(unknown('contract 4711 has no billing period that has begun'))
  })

  test('is unknown, and the licenses are complete, where the list of contracts goes in circles', async () => {
    reply(definitions, [{ id: 'cloudCX3' }])
    reply('/api/v2/organizations/me', OWN)
    nock(api)
      .get(contracts)
      .query(true)
      .times(2)
      .reply(200, { entities: [{ id: 'c1' }], nextUri: '/api/v2/billing/contracts?after=n2' })
    reply(`${contracts}/c1`, contract({ billingPeriods: [] }))
    const { license, ledger } = await read()
    const reason = 'the contracts could not be read: the next page is one that was read before'
    expect(license.purchased).toEqual(unknown(reason, 100))
    expect(ledger).toMatchObject({
      verdict: 'unverifiable',
      gaps: [],
      remarks: [`Not all that was bought and billed is known: ${reason}.`],
    })
  })
})

describe('the lines of a contract', () => {
  const quantityOf = async (items: readonly Body[], more: Body = {}) =>
    (await purchaseIn({ plans: [plan(items, more)] }))?.quantity

  test('count where they are in force on the day: a ramp, an expired and a future line do not', async () => {
    expect(
      await quantityOf([
        item({ quantity: 50, dateEffectiveStart: '2026-01-01', dateEffectiveEnd: '2026-06-30' }),
        item({ quantity: 80, dateEffectiveStart: '2026-07-01', dateEffectiveEnd: TODAY }),
        item({ quantity: 7, dateEffectiveStart: TODAY, dateEffectiveEnd: null }),
        item({ quantity: 120, dateEffectiveStart: '2026-11-21' }),
      ]),
    ).toEqual(known(87))
  })

  test('are 0 seats where all are over', async () => {
    expect(await quantityOf([item({ dateEffectiveEnd: '2026-11-19' })])).toEqual(known(0))
  })

  test('may have quantities as decimal text', async () => {
    expect(await quantityOf([item({ quantity: '100.00' })])).toEqual(known(100))
  })

  test('of overage or of one time are no seats that were bought', async () => {
    const overage = item({ type: 'Usage', function: 'Overage', quantity: 1000, price: 90 })
    const setup = item({ type: 'OneTime', function: 'Setup', quantity: 1, price: 5000 })
    const purchase = await purchaseIn({ plans: [plan([item(), overage, setup])] })
    expect(purchase?.quantity).toEqual(known(100))
    expect(purchase?.committedPrices).toHaveLength(1)
    expect(await quantityOf([overage])).toBeUndefined()
  })

  test('of unlike kinds are not added up', async () => {
    expect(await quantityOf([item(), item({ function: 'Bundle', quantity: 20 })])).toEqual(
      unknown(
        'contract 4711 has lines of unlike kinds, which cannot be added up: 100 Recurring Subscription, 20 Recurring Bundle; set purchased of the license in the configuration',
      ),
    )
  })

  test.each([
    ['negative', { quantity: -5 }, 'contract 4711 says -5, which is no number of seats'],
    ['fractional', { quantity: 2.5 }, 'contract 4711 says 2.5, which is no number of seats'],
    ['absent', { quantity: null }, 'contract 4711 has a line without a quantity'],
    ['no number', { quantity: 'many' }, 'contract 4711 has a quantity that is no number'],
    [
      'of a day that is none',
      { dateEffectiveEnd: '2026-02-30' },
      'contract 4711 has a line with a date that cannot be read; set purchased of the license in the configuration',
    ],
  ])('make the quantity unknown, never wrong, where one is %s', async (_, more, reason) => {
    expect(await quantityOf([item(), item(more)])).toEqual(unknown(reason))
  })

  test('of another organization do not count, and those of several are a total that nobody can split', async () => {
    const total = (seats: number) =>
      `contract 4711 has a total of ${seats} for 2 organizations together (Alpha, Beta); `
    expect(await purchaseIn({ plans: [plan([item()], { organizations: [OTHER] })] }, [])).toBeUndefined()
    const shared = { organizations: [OWN, OTHER] }
    const purchase = await purchaseIn({ plans: [plan([item()], shared)] }, [charge(shared)])
    expect(purchase?.quantity).toEqual(unknown(`${total(100)}set purchased of the license in the configuration`))
    expect(purchase?.billed).toEqual(
      unknown(`the bill of ${total(87)}give what was billed to this one in a file of what was consumed`),
    )
    expect(purchase?.committedPrices).toHaveLength(1)
  })

  test('of several organizations are none of each where all are over', async () => {
    const over = plan([item({ dateEffectiveEnd: '2026-06-30' })], { organizations: [OWN, OTHER] })
    expect((await purchaseIn({ plans: [over] }))?.quantity).toEqual(known(0))
  })

  test('without an organization are of all that the contract names', async () => {
    expect(await quantityOf([item()], { organizations: null })).toEqual(known(100))
    expect(
      (
        await purchaseIn({
          plans: [
            plan([item()], { organizations: [] }),
            plan([item()], { organizations: [OTHER], product: { sku: 'X' } }),
          ],
        })
      )?.quantity,
    ).toMatchObject({ kind: 'unknown' })
  })

  test.each([
    ['the product is called so', { product: { ...product, name: 'Genesys Cloud CX 3 Concurrent' } }, 'concurrent'],
    ['all lines are called so', { items: [item({ name: 'CX 3 Concurrent seats' })] }, 'concurrent'],
    ['one line is not', { items: [item({ name: 'CX 3 Concurrent' }), item()] }, undefined],
  ])('tell that seats are concurrent: %s', async (_, more, metric) => {
    expect((await purchaseIn({ plans: [plan([item()], more)] }))?.metric).toBe(metric)
  })
})

describe('the bill of a contract', () => {
  const billedOf = async (charges: readonly Body[], more: Body = {}) => (await purchaseIn(more, charges))?.billed

  test('is that of the running period, or else of the last one', async () => {
    expect((await purchaseIn({}))?.from.period).toEqual(openPeriod)
    const closed = { start: '2026-10-01', end: '2026-10-31', status: 'closed' }
    const future = { id: 'b12', dateStart: '2026-12-01', dateEnd: '2026-12-31', status: 'Open' }
    expect((await purchaseIn({ billingPeriods: [future, CLOSED] }))?.from.period).toEqual(closed)
    const odd = { ...OPEN, status: 'Provisional' }
    expect((await purchaseIn({ billingPeriods: [odd] }))?.from.period?.status).toBe('unknown')
  })

  test('may spell its quantities as before November 2025', async () => {
    const { actualQuantity, prepaidQuantity, ...rest } = charge()
    const old = { ...rest, getactualQuantity: actualQuantity, getprepaidQuantity: prepaidQuantity }
    expect(await billedOf([old])).toEqual(known(87))
    const onlyBilled = await purchaseIn({ plans: [] }, [old])
    expect(onlyBilled).toMatchObject({ quantity: known(100), billed: known(87) })
  })

  test('has allowances for fair use, which are no seats', async () => {
    expect(await billedOf([charge(), charge({ name: 'CX 3 Fair Use', actualQuantity: 9000 })])).toEqual(known(87))
  })

  test('with one quantity that is no number is no sum of the others', async () => {
    expect(await billedOf([charge(), charge({ actualQuantity: 'n/a' })])).toEqual(
      unknown('the bill of contract 4711 has a quantity that is no number'),
    )
    expect(await billedOf([charge(), charge({ actualQuantity: null })])).toEqual(known(87))
  })

  test('that does not name a product says nothing of it', async () => {
    expect(await billedOf([])).toEqual(unknown('the bill of contract 4711 says nothing of it'))
  })

  test('may be fractional, which is no number of seats', async () => {
    expect(await billedOf([charge({ actualQuantity: 12.5 })])).toEqual(
      unknown('the bill of contract 4711 says 12.5, which is no number of seats'),
    )
  })

  test('that cannot be read leaves what was bought as it is, and is told once', async () => {
    reply(definitions, [{ id: 'cloudCX3' }])
    reply('/api/v2/organizations/me', OWN)
    reply(contracts, { entities: [{ id: 'c1' }] })
    reply(`${contracts}/c1`, contract())
    reply(`${contracts}/c1/billingperiods/b11`, errorBody(404, 'not.found', 'no'), 404)
    const { license, ledger } = await read()
    expect(license).toMatchObject({ purchased: known(100), consumed: { kind: 'unknown' } })
    expect(ledger.remarks).toEqual([
      expect.stringMatching(/^What is billed by contract 4711 is unknown: Genesys Cloud/),
    ])
  })
})

describe('contracts of Genesys that cannot be read', () => {
  const refusal =
    'Unable to perform the requested action. You must have at least one of the following permissions assigned: [billing:subscription:view]'

  test.each([
    [
      'may not be read',
      403,
      errorBody(403, 'missing.any.permissions', refusal),
      'the OAuth client may not read the contracts; grant it the permission billing:subscription:view',
    ],
    [
      'are a preview that is not there',
      404,
      errorBody(404, 'not.found', 'HTTP 404 Not Found'),
      'Genesys Cloud does not find them: its contracts API is a preview that not every organization has; ask Genesys for it, or take the numbers from a file',
    ],
    [
      'are something else',
      200,
      { items: [] },
      expect.stringContaining('the contracts could not be read: the answer is'),
    ],
  ])(
    'leave the list of licenses complete, and say why numbers are unknown: they %s',
    async (_, status, body, reason) => {
      reply(definitions, [{ id: 'cloudCX3' }])
      reply('/api/v2/organizations/me', OWN)
      reply(contracts, body, status)
      const rows = serveListing(licenseUsers, licensedRows(1, ['cloudCX3']))
      serveListing(directory, [])
      const report = await createLicenseReport({ clock: stillRuntime().clock })([mapped()])()
      expect(rows).toHaveLength(1)
      expect(report).toMatchObject({ complete: true, providers: [{ status: 'complete' }] })
      const [license] = report.licenses
      expect([license?.purchased, license?.consumed]).toEqual([
        { kind: 'unknown', reason },
        { kind: 'unknown', reason },
      ])
      const remarks = report.providers[0]?.ledgers.licenses.remarks
      expect(remarks).toHaveLength(1)
      expect(remarks?.[0]).toContain('What was bought and billed is unknown: ')
    },
  )

  test('make what the others say a lower bound', async () => {
    reply(definitions, [{ id: 'cloudCX3' }, { id: 'cloudCX2' }])
    reply('/api/v2/organizations/me', OWN)
    reply(contracts, { entities: [{ id: 'c1' }, { id: 'c2' }] })
    reply(`${contracts}/c1`, contract({ billingPeriods: [OPEN] }))
    reply(`${contracts}/c1/billingperiods/b11`, { ...OPEN, charges: [charge()] })
    reply(`${contracts}/c2`, { ...contract({ id: 'c2' }), plans: [{ organizations: 'all' }] })
    const provider = withDeclaredLicenses(
      withBilling(),
      new Map([
        ['cloudCX3', { sku: ['GC-CX3'] }],
        ['cloudCX2', { sku: ['GC-CX2'] }],
      ]),
    )
    const [license, other] = (await readList(provider.listLicenses())).value as [License, License]
    // Its product may be in the contract that could not be read.
    expect(other.purchased).toEqual(unknown(expect.stringContaining('the contracts could not be read')))
    expect(license.purchased).toMatchObject({ kind: 'unknown', atLeast: 100 })
    expect(license.consumed).toMatchObject({ kind: 'unknown', atLeast: 87 })
  })

  test('are those that are not yet in force, which are not asked for', async () => {
    reply(definitions, [{ id: 'cloudCX3' }])
    reply('/api/v2/organizations/me', OWN)
    reply(contracts, {
      entities: [
        { id: 'c3', status: 'Active', dateStart: '2027-01-01' },
        { id: 'c4', status: 'inactive' },
      ],
    })
    const { license, ledger } = await read()
    expect(license.purchased).toMatchObject({ reason: expect.stringContaining('mapped to it') })
    expect(ledger.remarks).toBeUndefined()
  })
})

describe('a contract of Genesys that is over and listed as active', () => {
  const renewed = (lines: Body) => [
    contract({
      dateEnd: '2025-12-31',
      billingPeriods: [{ id: 'b0', dateStart: '2025-12-01', dateEnd: '2025-12-31', status: 'Closed' }],
      plans: [plan([item({ dateEffectiveStart: '2023-01-01', quantity: 50, ...lines })])],
    }),
    contract({ id: 'c2', externalNumber: '4712' }),
  ]
  const charges = { c1: [charge({ actualQuantity: 44 })], c2: [charge()] }

  test('does not count beside the one that took its place, and is not the next to end', async () => {
    serve({ contracts: renewed({ dateEffectiveEnd: '2025-12-31' }), charges })
    const { license } = await read()
    expect(license).toMatchObject({ purchased: known(100), consumed: known(87), term: { end: '2028-12-31' } })
  })

  test('may go on where its lines have no end: what is certain is what the other has', async () => {
    serve({ contracts: renewed({ dateEffectiveEnd: null }), charges })
    const { license } = await read()
    const ended = expect.stringContaining('contract 4711 ended on 2025-12-31')
    expect(license.purchased).toEqual({ kind: 'unknown', reason: ended, atLeast: 100 })
    expect(license.consumed).toEqual({ kind: 'unknown', reason: ended, atLeast: 87 })
  })

  test('goes on where its lines and its bills say so', async () => {
    const { quantity, billed } = (await purchaseIn({ dateEnd: '2025-12-31' })) ?? {}
    expect([quantity, billed]).toEqual([known(100), known(87)])
  })

  test('is in force on its last day', async () => {
    const { quantity } = (await purchaseIn({ dateEnd: TODAY, plans: [plan([item({ dateEffectiveEnd: null })])] })) ?? {}
    expect(quantity).toEqual(known(100))
  })
})

describe('prices of contracts of Genesys', () => {
  const pricesOf = async (items: readonly Body[], priceUnit?: 'seat-month') => {
    serve({ contracts: [contract({ plans: [plan(items)] })] })
    return (await read({ source: 'contracts', priceUnit })).license.committedPrices
  }

  test('are for a seat and a month only if the configuration says so, and only of what is counted in users', async () => {
    expect(await pricesOf([item()], 'seat-month')).toMatchObject([{ per: 'seat-month' }])
    expect(await pricesOf([item({ unitOfMeasure: 'Minute' })], 'seat-month')).toMatchObject([{ per: 'Minute' }])
    expect(await pricesOf([item()])).toMatchObject([{ per: 'User' }])
  })

  test('with a discount are shown only, as the contract does not say whether they have it already', async () => {
    expect(await pricesOf([item({ discountAmount: 5 })], 'seat-month')).toMatchObject([
      { per: 'User, with a discount of 5' },
    ])
  })

  test('without a currency, or of no seats, are none', async () => {
    expect(await pricesOf([item({ currencyIsoCode: 'Euro' }), item({ quantity: 0 })])).toBeUndefined()
  })

  test('make costs, unless their currency changes within the contract', async () => {
    const costOf = async (items: readonly Body[]) => {
      serve({ contracts: [contract({ plans: [plan(items)] })] })
      serveListing(licenseUsers, licensedRows(1, ['cloudCX3']))
      serveListing(directory, [])
      const { clock } = stillRuntime(`${TODAY}T10:00:00.000Z`)
      const provider = mapped(undefined, { source: 'contracts', priceUnit: 'seat-month' })
      return (await createLicenseReport({ clock })([provider])()).licenses[0]?.cost
    }
    expect(await costOf([item()])).toEqual({ kind: 'known', amounts: [{ amount: 755_000, currency: 'EUR' }] })
    nock.cleanAll()
    const before = item({ currencyIsoCode: 'USD', dateEffectiveEnd: '2026-10-31' })
    expect(await costOf([before, item({ dateEffectiveStart: '2026-11-01' })])).toEqual({
      kind: 'unknown',
      reason: 'its contract has prices in EUR and USD; set its price in the configuration',
    })
  })
})

describe("a partner's overview", () => {
  const trustee = {
    source: 'trustee',
    clientId: 'partner-client',
    clientSecret: 'partner-s3cret',
    organizationId: 'org-1',
  } as const
  const path = '/api/v2/billing/trusteebillingoverview/org-1'

  const row = (more: Body = {}): Body => ({
    name: 'Genesys Cloud CX 3',
    partNumber: 'GC-CX3',
    grouping: 'user-license',
    unitOfMeasureType: 'USER',
    usageQuantity: '138',
    overagePrice: '90.00',
    prepayQuantity: '80',
    prepayPrice: '75.50',
    bundleQuantity: '50',
    isThirdParty: false,
    ...more,
  })

  const overview = (usages: readonly Body[], more: Body = {}): Body => ({
    organization: OWN,
    currency: 'EUR',
    billingPeriodStartDate: '2026-11-01T00:00:00.000Z',
    billingPeriodEndDate: '2026-11-30T23:59:59.000Z',
    contractEffectiveDate: '2026-01-01T00:00:00.000Z',
    contractEndDate: '2028-12-31T00:00:00.000Z',
    usages,
    ...more,
  })

  const serveOverview = (body: unknown, status = 200, own: Body = OWN) => {
    const authorizations: string[] = []
    reply(definitions, [{ id: 'cloudCX3' }])
    reply('/api/v2/organizations/me', own)
    nock(login)
      .post('/oauth/token')
      .reply(function () {
        authorizations.push(String(this.req.headers.authorization))
        return [200, tokenAnswer('partner-token')]
      })
    nock(api)
      .get(path)
      .reply(function () {
        authorizations.push(String(this.req.headers.authorization))
        return [status, body as nock.Body]
      })
    return authorizations
  }

  test('tells what was committed and used, with the credentials of the partner', async () => {
    const authorizations = serveOverview(overview([row()]))
    const { license, ledger } = await read(trustee)
    expect(license).toMatchObject({
      purchased: known(80),
      consumed: known(138),
      consumedFrom: { source: 'partner overview', period: openPeriod },
      committedPrices: [{ amount: '75.50', currency: 'EUR', per: 'USER' }],
      overagePrices: [{ amount: '90.00', currency: 'EUR', per: 'USER' }],
      term: { start: '2026-01-01', end: '2028-12-31' },
    })
    expect(ledger.remarks).toBeUndefined()
    expect(authorizations.map((text) => text.split(' ')[0])).toEqual(['Basic', 'Bearer'])
    expect(authorizations[1]).toBe('Bearer partner-token')
  })

  test('has rows that are no products: allowances, sums, third parties', async () => {
    serveOverview(
      overview([
        row(),
        row({ grouping: 'fair-use', usageQuantity: '1' }),
        row({ grouping: 'rollup' }),
        row({ grouping: 'rollup-usage' }),
        row({ isThirdParty: 'true' }),
        row({ partNumber: 'GC-STO', name: 'Storage', grouping: 'storage', usageQuantity: '12.5', prepayQuantity: '0' }),
      ]),
    )
    const { license, others } = await read(trustee)
    expect(license.purchases).toHaveLength(1)
    expect(others).toMatchObject([
      {
        id: 'sku:GC-STO',
        purchased: known(0),
        consumed: unknown("the partner's overview says 12.5, which is no number of seats"),
      },
    ])
    expect(others[0]?.committedPrices).toBeUndefined()
  })

  test.each([
    ['named', 'Genesys Cloud CX 3 Concurrent', 'user-license'],
    ['grouped', 'Genesys Cloud CX 3', 'billable-app-concurrent-license'],
  ])('has concurrent seats where they are %s so', async (_, name, grouping) => {
    serveOverview(overview([row({ name, grouping })]))
    expect((await read(trustee)).license.metric).toBe('concurrent')
  })

  test.each([
    [
      'may not be read',
      errorBody(403, 'not.authorized', 'no'),
      403,
      OWN,
      /^the partner's client may not .* grant it the permission affiliateOrganization:clientBilling:view$/,
    ],
    ['is not there', errorBody(404, 'not.found', 'no'), 404, OWN, /check billing\.organizationId$/],
    [
      'is of another organization',
      overview([row()], { organization: OTHER }),
      200,
      OWN,
      /that of another organization$/,
    ],
    ['is asked for another organization', overview([row()]), 200, OTHER, /set that of this one$/],
  ])('leaves the licenses complete where it %s, and no number is wrong', async (_, body, status, own, reason) => {
    serveOverview(body, status, own)
    const { license, ledger } = await read(trustee)
    expect(license.purchased).toEqual({ kind: 'unknown', reason: expect.stringMatching(reason) })
    expect(license.purchases).toBeUndefined()
    expect(ledger).toMatchObject({ verdict: 'unverifiable', gaps: [] })
    expect(ledger.remarks).toHaveLength(1)
  })

  test('does not tell its credentials where they are refused', async () => {
    reply(definitions, [{ id: 'cloudCX3' }])
    reply('/api/v2/organizations/me', OWN)
    nock(login).post('/oauth/token').reply(400, { error: 'invalid_client', description: 'partner-s3cret is wrong' })
    const { license, ledger } = await read(trustee)
    expect(license.purchased).toMatchObject({
      reason: expect.stringContaining('overview of this organization could not be read'),
    })
    expect(JSON.stringify([license, ledger])).not.toContain('partner-s3cret')
  })
})
