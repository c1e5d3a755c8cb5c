import nock from 'nock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createGenesysProvider, type GenesysConfig } from '../../../providers/genesys/index.ts'
import {
  type GenesysContract,
  type GenesysSimulator,
  type GenesysSimulatorOptions,
  type GenesysWorld,
  startGenesysSimulator,
} from '../../../providers/genesys/simulator/index.ts'
import { createLicenseReport, known, toPromise, withDeclaredLicenses } from '../../../src/index.ts'
import { readList } from '../read-list.ts'
import { withoutNetwork } from '../without-network.ts'

withoutNetwork()

const TODAY = Date.parse('2026-11-20T10:00:00.000Z')
const own = { id: 'org-1', name: 'Alpha' }
const other = { id: 'org-2', name: 'Beta' }

const world: GenesysWorld = {
  organization: own,
  definitions: [{ id: 'cloudCX3' }, { id: 'cloudCX2' }],
  licenseRows: [{ id: 'ada', licenses: ['cloudCX3'] }],
  directory: [{ id: 'ada', name: 'Ada' }],
}

const contract = (id: string, more: Partial<GenesysContract> = {}): GenesysContract => ({
  id,
  externalNumber: `C-${id}`,
  dateStart: '2026-01-01',
  dateEnd: '2028-12-31',
  plans: [
    {
      sku: 'CX3',
      name: 'CX 3',
      items: [
        { quantity: 10, price: 100, dateEffectiveStart: '2026-01-01', dateEffectiveEnd: '2026-05-31' },
        { quantity: 20, price: 100, dateEffectiveStart: '2026-06-01', dateEffectiveEnd: '2026-12-31' },
        { quantity: 40, price: 100, dateEffectiveStart: '2027-01-01' },
      ],
    },
    { sku: 'CX2', name: 'CX 2', organizations: [other], items: [{ quantity: 7, price: 80 }] },
  ],
  billingPeriods: [
    { id: 'p10', dateStart: '2026-10-01', dateEnd: '2026-10-31', status: 'Closed', charges: [] },
    {
      id: 'p11',
      dateStart: '2026-11-01',
      dateEnd: '2026-11-30',
      status: 'Open',
      charges: [
        { sku: 'CX3', name: 'CX 3', prepaidQuantity: 20, actualQuantity: 25, overageRate: 120 },
        { sku: 'CX3', name: 'CX 3 Fair Use', prepaidQuantity: 0, actualQuantity: 900 },
        { sku: 'CX2', name: 'CX 2', organizations: [other], prepaidQuantity: 7, actualQuantity: 7 },
      ],
    },
  ],
  ...more,
})

let running: GenesysSimulator | undefined

beforeEach(() => nock.enableNetConnect('127.0.0.1'))
afterEach(async () => {
  await running?.destroy()
  running = undefined
  nock.disableNetConnect()
})

const start = async (options: GenesysSimulatorOptions) => {
  running = await startGenesysSimulator({ now: () => TODAY, world, ...options })
  return running
}

const clock = { now: () => TODAY, sleep: async () => {} }

const providerOf = (simulator: GenesysSimulator, billing: GenesysConfig['billing'] = { source: 'contracts' }) =>
  withDeclaredLicenses(
    createGenesysProvider({ ...simulator.configuration, billing }, { clock }),
    new Map([
      ['cloudCX3', { sku: ['CX3'] }],
      ['cloudCX2', { sku: ['CX2'] }],
    ]),
  )

const licensesOf = async (options: GenesysSimulatorOptions, billing?: GenesysConfig['billing']) => {
  const simulator = await start(options)
  const { value, ledger } = await readList(providerOf(simulator, billing).listLicenses())
  return { simulator, ledger, licenses: Object.fromEntries(value.map((license) => [license.id, license])) }
}

describe('the contracts of a simulated organization', () => {
  test.each([false, true])(
    'tell what is in force and billed, without what is another organization’s (old spelling: %s)',
    async (oldSpelling) => {
      const { licenses, ledger } = await licensesOf({ billing: { contracts: [contract('1')], oldSpelling } })
      expect(Object.keys(licenses)).toEqual(['cloudCX3', 'cloudCX2'])
      expect(licenses.cloudCX3).toMatchObject({ purchased: known(20), consumed: known(25) })
      expect(licenses.cloudCX2).toMatchObject({ purchased: { kind: 'unknown' }, consumed: { kind: 'unknown' } })
      expect(ledger.remarks).toBeUndefined()
    },
  )

  test.each([
    { contracts: 0, pages: 1 },
    { contracts: 3, pages: 1 },
    { contracts: 201, pages: 2 },
  ])(
    'take 1 organization + contracts / 200 + 2 × contracts requests, once for a report: $contracts',
    async ({ contracts, pages }) => {
      const all = Array.from({ length: contracts }, (_, index) => contract(String(index)))
      const inactive = contract('over', { status: 'Inactive' })
      const simulator = await start({ billing: { contracts: [...all, inactive] } })
      const report = await createLicenseReport({ clock })([providerOf(simulator)])()
      const { 'POST /oauth/token': _, ...requests } = Object.fromEntries(simulator.requests.byRoute())
      expect(report.licenses[0]).toMatchObject(
        contracts === 0 ? { id: 'cloudCX3' } : { purchased: known(20 * contracts) },
      )
      const each =
        contracts === 0
          ? {}
          : {
              'GET /api/v2/billing/contracts/:contractId': contracts,
              'GET /api/v2/billing/contracts/:contractId/billingperiods/:billingPeriodId': contracts,
            }
      expect(requests).toEqual({
        'GET /api/v2/license/definitions': 1,
        'GET /api/v2/license/users': 1,
        'GET /api/v2/users': 1,
        'GET /api/v2/organizations/me': 1,
        'GET /api/v2/billing/contracts': pages,
        ...each,
      })
    },
    60_000,
  )

  test('are read once for one license too', async () => {
    const simulator = await start({ billing: { contracts: [contract('1')] } })
    const license = await toPromise(providerOf(simulator).getLicense('cloudCX3'))
    expect(license).toMatchObject({ id: 'cloudCX3', purchased: known(20), consumed: known(25) })
    expect(simulator.requests.byRoute().get('GET /api/v2/billing/contracts')).toBe(1)
  })

  test('take no request where they are not asked for', async () => {
    const { simulator, licenses } = await licensesOf({ billing: { contracts: [contract('1')] } }, { source: 'off' })
    expect(licenses.cloudCX3?.purchased).toMatchObject({ reason: expect.stringContaining('does not provide it') })
    expect([...simulator.requests.byRoute().keys()].filter((route) => route.includes('billing'))).toEqual([])
  })

  test.each<[string, GenesysSimulatorOptions, RegExp]>([
    [
      'without the permission',
      { permissions: ['authorization:license:view'] },
      /grant it the permission billing:subscription:view$/,
    ],
    ['without the preview', { billing: { preview: false } }, /a preview that not every organization has;/],
  ])('are unknown %s, with the reason, and the provider is complete', async (_, options, reason) => {
    const simulator = await start(options)
    const report = await createLicenseReport({ clock })([providerOf(simulator)])()
    expect(report.complete).toBe(true)
    for (const { purchased, consumed } of report.licenses) {
      expect([purchased, consumed]).toEqual([
        { kind: 'unknown', reason: expect.stringMatching(reason) },
        { kind: 'unknown', reason: expect.stringMatching(reason) },
      ])
    }
    expect(report.providers[0]?.ledgers.licenses.remarks).toHaveLength(1)
  })

  test.each([-3, 2.5])('with a quantity of %d make the number unknown, and nothing else', async (quantity) => {
    const plans = [
      { sku: 'CX3', name: 'CX 3', items: [{ quantity, price: 100 }] },
      { sku: 'CX2', name: 'CX 2', items: [{ quantity: '8', price: 100 }] },
    ]
    const { licenses } = await licensesOf({ billing: { contracts: [contract('1', { plans })] } })
    expect(licenses.cloudCX3?.purchased).toEqual({
      kind: 'unknown',
      reason: `contract C-1 says ${quantity}, which is no number of seats`,
    })
    expect(licenses.cloudCX2?.purchased).toEqual(known(8))
  })

  test('that several organizations share are a known total, and no number of this one', async () => {
    const plans = [{ sku: 'CX3', name: 'CX 3', organizations: [own, other], items: [{ quantity: 500, price: 100 }] }]
    const { licenses } = await licensesOf({ billing: { contracts: [contract('1', { plans })] } })
    expect(licenses.cloudCX3?.purchased).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('a total of 500 for 2 organizations together (Alpha, Beta)'),
    })
  })
})

describe("the partner's overview of a simulated organization", () => {
  test('tells the same numbers, for 2 requests and with a client of its own', async () => {
    const simulator = await start({ billing: { contracts: [contract('1')] } })
    const { value } = await readList(providerOf(simulator, simulator.trustee).listLicenses())
    expect(value[0]).toMatchObject({
      purchased: known(20),
      consumed: known(25),
      purchasedFrom: { source: 'partner overview', period: { start: '2026-11-01', end: '2026-11-30', status: 'open' } },
      committedPrices: [{ amount: '100', currency: 'EUR', per: 'USER' }],
      overagePrices: [{ amount: '120' }],
    })
    expect(value.slice(2)).toEqual([])
    expect(Object.fromEntries(simulator.requests.byRoute())).toEqual({
      'POST /oauth/token': 2,
      'GET /api/v2/license/definitions': 1,
      'GET /api/v2/organizations/me': 1,
      'GET /api/v2/billing/trusteebillingoverview/:trustorOrgId': 1,
    })
  })

  test('is for the partner alone', async () => {
    const simulator = await start({ billing: { contracts: [contract('1')] } })
    const { clientId, clientSecret } = simulator.configuration
    const provider = providerOf(simulator, { ...simulator.trustee, clientId, clientSecret })
    const { value } = await readList(provider.listLicenses())
    expect(value[0]?.purchased).toMatchObject({ reason: expect.stringContaining("the partner's client may not read") })
  })
})

describe('a seeded organization', () => {
  test('has the same seats in its contract and in what its writes are limited to', async () => {
    const simulator = await startGenesysSimulator({ users: 100 })
    running = simulator
    const provider = createGenesysProvider({ ...simulator.configuration, billing: { source: 'contracts' } })
    const { value } = await readList(provider.listLicenses())
    const bought = value.filter(({ boughtOnly }) => boughtOnly)
    expect(bought).toHaveLength(simulator.organization.definitions.length)
    expect(bought.find(({ productCode }) => productCode === 'SIM-cloudCX3')?.purchased).toEqual(known(28))
    expect(bought.every(({ consumed }) => consumed.kind === 'known')).toBe(true)
  })
})
