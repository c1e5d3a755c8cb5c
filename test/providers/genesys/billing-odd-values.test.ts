import * as E from 'fp-ts/lib/Either.js'
import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider, type GenesysConfig } from '../../../providers/genesys/index.ts'
import { known, License, withDeclaredLicenses } from '../../../src/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { api, definitions, login, tokenAnswer, withToken } from './genesys-at-http.ts'

withoutNetwork()

const own = { id: 'org-1', name: 'Alpha' }
const product = { id: 'p1', sku: 'CX3', name: 'CX 3', unitOfMeasure: 'User' }

/** Everything that is read, each of it as it should be. */
const bodies = {
  '/api/v2/organizations/me': own,
  '/api/v2/billing/contracts': {
    entities: [{ id: 'c1', status: 'Active', dateStart: '2026-01-01' }],
    nextUri: null,
  },
  '/api/v2/billing/contracts/c1': {
    id: 'c1',
    externalNumber: '4711',
    dateStart: '2026-01-01',
    dateEnd: '2028-12-31',
    billingPeriods: [{ id: 'b1', dateStart: '2026-11-01', dateEnd: '2026-11-30', status: 'Open' }],
    plans: [
      {
        name: 'CX 3',
        organizations: [own],
        product,
        items: [
          {
            name: 'CX 3',
            type: 'Recurring',
            function: 'Subscription',
            currencyIsoCode: 'EUR',
            discountAmount: 0,
            dateEffectiveStart: '2026-01-01',
            dateEffectiveEnd: '2028-12-31',
            overagePrice: 90,
            price: 75.5,
            quantity: 100,
            unitOfMeasure: 'User',
          },
        ],
      },
    ],
  },
  '/api/v2/billing/contracts/c1/billingperiods/b1': {
    id: 'b1',
    charges: [
      {
        name: 'CX 3',
        product,
        organizations: [own],
        prepaidQuantity: 100,
        actualQuantity: 87,
        overageRate: 90,
        overageCurrency: 'EUR',
      },
    ],
  },
  '/api/v2/billing/trusteebillingoverview/org-1': {
    organization: own,
    currency: 'EUR',
    billingPeriodStartDate: '2026-11-01T00:00:00Z',
    billingPeriodEndDate: '2026-11-30T00:00:00Z',
    contractEffectiveDate: '2026-01-01T00:00:00Z',
    contractEndDate: '2028-12-31T00:00:00Z',
    usages: [
      {
        name: 'CX 3',
        partNumber: 'CX3',
        grouping: 'user-license',
        unitOfMeasureType: 'User',
        usageQuantity: '87',
        overagePrice: '90',
        prepayQuantity: '100',
        prepayPrice: '75.50',
        isThirdParty: false,
      },
    ],
  },
}
type Path = keyof typeof bodies

/** Every place in a body. */
const placesIn = (value: unknown, at: readonly string[] = []): readonly (readonly string[])[] => [
  at,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, member]) => placesIn(member, [...at, key]))
    : []),
]

const withOdd = (value: unknown, [key, ...rest]: readonly string[], odd: unknown): unknown => {
  if (key === undefined) return odd
  const entries = Object.entries(Object(value)).map(([name, member]) => [
    name,
    name === key ? withOdd(member, rest, odd) : member,
  ])
  return Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries)
}

const ODD = [undefined, null, '', '1,5', -1, 0.5, true, [], {}]

const trustee = { source: 'trustee', clientId: 'p', clientSecret: 's', organizationId: 'org-1' } as const
const contracts = { source: 'contracts', priceUnit: 'seat-month' } as const

const sources: readonly (readonly [Path, GenesysConfig['billing']])[] = [
  ['/api/v2/organizations/me', contracts],
  ['/api/v2/billing/contracts', contracts],
  ['/api/v2/billing/contracts/c1', contracts],
  ['/api/v2/billing/contracts/c1/billingperiods/b1', contracts],
  ['/api/v2/organizations/me', trustee],
  ['/api/v2/billing/trusteebillingoverview/org-1', trustee],
]

describe('an odd value in what Genesys says of contracts and bills', () => {
  test.each(sources)(
    'costs no license, and makes no other number known: %s',
    async (path, billing) => {
      const served = new Map<string, unknown>(Object.entries(bodies))
      nock(login).persist().post('/oauth/token').reply(200, tokenAnswer('t'))
      nock(api)
        .persist()
        .get(/.*/)
        .reply((uri) => {
          const { pathname } = new URL(uri, api)
          const body = pathname === definitions ? [{ id: 'cloudCX3' }, { id: 'cloudCX2' }] : served.get(pathname)
          return [200, JSON.stringify(body) ?? '']
        })
      const runtime = stillRuntime()
      const provider = withDeclaredLicenses(
        createGenesysProvider({ ...withToken, billing, retry: { attempts: 1 } }, runtime),
        new Map([['cloudCX3', { sku: ['CX3'] }]]),
      )
      const [sound] = (await readList(provider.listLicenses())).value
      expect([sound?.purchased, sound?.consumed]).toEqual([known(100), known(87)])
      const wrong: string[] = []
      for (const place of placesIn(bodies[path])) {
        for (const odd of ODD) {
          served.set(path, withOdd(bodies[path], place, odd))
          const { value, ledger, error } = await readList(provider.listLicenses())
          const isSound = value.every((license) => E.isRight(License.decode(license)) && license.id !== '')
          const ids = value.map(({ id }) => id).slice(0, 2)
          const isComplete = error === undefined && ledger.gaps.length === 0 && ids.join() === 'cloudCX3,cloudCX2'
          const [cx3] = value
          const numbers = [cx3?.purchased, cx3?.consumed].map((count) =>
            count?.kind === 'known' ? count.value : 'unknown',
          )
          const fits = numbers.every((number, index) => ['unknown', index === 0 ? 100 : 87].includes(number))
          if (!isSound || !isComplete || !fits)
            wrong.push(`${place.join('.')}: ${JSON.stringify(odd)} ${numbers} ${error?.message ?? ''}`)
        }
      }
      expect(wrong).toEqual([])
    },
    120_000,
  )
})
