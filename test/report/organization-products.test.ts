import { describe, expect, test } from 'vitest'
import { known, notApplicable, productsAcrossOrganizations, unlimited } from '../../src/index.ts'
import { priceTable, reportOn, seatPrice } from './priced.ts'
import { failure, license, organization, user } from './reported-organization.ts'

const one = organization('one', {
  licenses: [
    license('a1', { productCode: 'EE', name: 'Meetings' }),
    license('a2', { productCode: 'ee', name: 'Meetings (second site)', purchased: known(5) }),
    license('free', { name: 'Free', purchased: notApplicable }),
  ],
  users: [user('ann', ['a1', 'free']), user('bob', ['a1', 'a2'])],
})
const two = organization('two', {
  licenses: [
    license('b', { productCode: 'EE', name: 'Webex Meetings' }),
    license('f', { name: ' FREE ', purchased: notApplicable }),
  ],
  users: [user('cat', ['b'])],
})
const down = organization('down', { onRequest: () => failure('down') })

const productsOf = async (...given: Parameters<typeof reportOn>) =>
  productsAcrossOrganizations(await reportOn(...given))

describe('what several organizations have of each product', () => {
  test('is what has one product code, or one name where there is none', async () => {
    const products = await productsOf([one, two])
    expect(
      products.map(({ name, organizations }) => [name, organizations.map(({ licenseIds }) => licenseIds)]),
    ).toEqual([
      ['Meetings', [['a1', 'a2'], ['b']]],
      ['Free', [['free'], ['f']]],
    ])
    expect(products[0]?.organizations[0]).toMatchObject({ purchased: known(15), inUse: known(3), available: known(12) })
    expect(products[0]?.total).toMatchObject({ purchased: known(25), inUse: known(4), available: known(21) })
  })

  test('is not applicable where nothing was to be bought, and not zero', async () => {
    const [, free] = await productsOf([one, two])
    expect(free?.total).toMatchObject({ purchased: notApplicable, inUse: known(1) })
  })

  test('is unlimited where one of them is', async () => {
    const flat = organization('flat', { licenses: [license('c', { productCode: 'EE', purchased: unlimited })] })
    const [meetings] = await productsOf([one, flat, down])
    expect(meetings?.total).toMatchObject({ purchased: unlimited, available: unlimited })
  })

  test('is at least what is known where an organization could not be read, and names it', async () => {
    const [meetings] = await productsOf([one, two, down])
    const reason = 'not all licenses of down are known'
    expect(meetings?.notRead).toEqual(['down'])
    expect(meetings?.total).toMatchObject({
      purchased: { kind: 'unknown', reason, atLeast: 25 },
      inUse: { kind: 'unknown', reason, atLeast: 4 },
      available: { kind: 'unknown', reason },
    })
    // Seats that are left elsewhere may be fewer than none.
    expect(meetings?.total.available).not.toHaveProperty('atLeast')
  })

  test('adds no currency to another one', async () => {
    const prices = priceTable({
      one: { a1: seatPrice(100), a2: seatPrice(100) },
      two: { b: seatPrice(200, { currency: 'USD' }) },
    })
    const [meetings] = await productsOf([one, two], { prices })
    expect(meetings?.total.cost).toEqual({
      kind: 'known',
      amounts: [
        { amount: 1_500, currency: 'EUR' },
        { amount: 2_000, currency: 'USD' },
      ],
    })
  })

  test('of two vendors is never one product', async () => {
    const other = { ...two, vendor: 'another' }
    expect((await productsOf([one, other])).map(({ vendor, name }) => [vendor, name])).toEqual([
      [one.vendor, 'Meetings'],
      [one.vendor, 'Free'],
      ['another', 'Webex Meetings'],
      ['another', ' FREE '],
    ])
  })
})
