import * as E from 'fp-ts/lib/Either.js'
import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { genesysDefinition } from '../../../providers/genesys/definition.ts'
import type { ProviderHost } from '../../../src/provider-kit/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { clientId, clientSecret, definitions, tokenAnswer } from './genesys-at-http.ts'

withoutNetwork()

const host: ProviderHost = {
  ...stillRuntime(),
  openTokenStore: () => ({
    place: 'nowhere',
    ready: async () => {},
    read: async () => undefined,
    write: async () => {},
  }),
}

const problemsOf = (configuration: Readonly<Record<string, unknown>>) => {
  const configured = genesysDefinition.configure('genesys-emea', configuration)
  return E.isLeft(configured) ? configured.left : []
}
const fieldsOf = (configuration: Readonly<Record<string, unknown>>) =>
  problemsOf(configuration).map(({ field }) => field)

const sound = { region: 'mypurecloud.ie', clientId, clientSecret }

describe('the configuration of Genesys', () => {
  test('needs a region and client credentials', () => {
    expect(problemsOf(sound)).toEqual([])
  })

  test.each(['region', 'clientId', 'clientSecret'])('lacks nothing but what it names: %s', (field) => {
    const { [field]: _, ...rest }: Record<string, unknown> = sound
    expect(fieldsOf(rest)).toEqual([field])
  })

  test('that is empty lacks everything at once', () => {
    expect(fieldsOf({})).toEqual(['region', 'clientId', 'clientSecret'])
  })

  test('needs no region where both addresses are given', () => {
    const urls = { apiUrl: 'http://127.0.0.1:4010', loginUrl: 'http://127.0.0.1:4010' }
    expect(problemsOf({ clientId, clientSecret, ...urls })).toEqual([])
    expect(fieldsOf({ clientId, clientSecret, apiUrl: urls.apiUrl })).toEqual(['region'])
  })

  test('may have a token in place of client credentials, not beside them', () => {
    expect(problemsOf({ region: 'eu-west-1', accessToken: 't0ken' })).toEqual([])
    expect(fieldsOf({ ...sound, accessToken: 't0ken' })).toEqual(['clientId', 'clientSecret'])
  })

  test('may leave the secret out for people who sign in, if it says so', () => {
    const ofPerson = { region: 'eu-west-1', clientId, signIn: true }
    expect(problemsOf(ofPerson)).toEqual([])
    expect(problemsOf({ ...ofPerson, tokenFile: 'person.token' })).toEqual([])
    expect(fieldsOf({ ...ofPerson, clientSecret, accessToken: 't0ken' })).toEqual(['clientSecret', 'accessToken'])
    expect(fieldsOf({ region: 'eu-west-1', signIn: true })).toEqual(['clientId'])
    expect(fieldsOf({ ...sound, tokenFile: 'person.token' })).toEqual(['tokenFile'])
    expect(fieldsOf({ ...sound, signIn: false })).toEqual(['signIn'])
  })

  test('tells every mistake at once, each once, with what was found', () => {
    const problems = problemsOf({
      region: 'eu-west-9',
      clientId: '',
      clientSecret: '  ',
      apiUrl: 'http://api.example',
      loginUrl: 'https://user:pass@login.example',
      secret: true,
    })
    expect(problems.map(({ field }) => field).sort()).toEqual([
      'apiUrl',
      'clientId',
      'clientSecret',
      'loginUrl',
      'region',
      'secret',
    ])
    expect(problems.find(({ field }) => field === 'region')).toMatchObject({
      expected: expect.stringContaining('eu-west-1'),
      found: '"eu-west-9"',
    })
  })

  test.each(['api.mypurecloud.com.au', 'https://apps.mypurecloud.com.au/'])(
    'says what to write in place of a host of the region, such as %s',
    (region) => {
      expect(problemsOf({ ...sound, region })).toEqual([
        {
          field: 'region',
          expected: 'the region alone, without the name of a host in it: "mypurecloud.com.au"',
          found: JSON.stringify(region),
        },
      ])
    },
  )

  test('makes a provider with its id that reads from the configured place', async () => {
    const configured = genesysDefinition.configure('genesys-emea', { ...sound, region: 'eu-central-1' })
    if (E.isLeft(configured)) throw new Error('it was refused')
    nock('https://login.mypurecloud.de').post('/oauth/token').reply(200, tokenAnswer('t1'))
    nock('https://api.mypurecloud.de')
      .get(definitions)
      .reply(200, [{ id: 'cloudCX2' }])
    const { value } = await readList(configured.right.create(host).listLicenses())
    expect(value).toMatchObject([{ provider: 'genesys-emea', id: 'cloudCX2' }])
  })
})

describe('the billing of Genesys in a configuration', () => {
  const partner = { clientId: 'partner', clientSecret: 's3cret', organizationId: 'org-1' }
  const problemsOfBilling = (billing: unknown) => problemsOf({ ...sound, billing })

  test.each([
    { source: 'off' },
    { source: 'off', ...partner },
    { source: 'contracts' },
    { source: 'contracts', priceUnit: 'seat-month' },
    { source: 'trustee', ...partner },
  ])('may be %j', (billing) => {
    expect(problemsOfBilling(billing)).toEqual([])
  })

  test('takes a client of the partner and the id of the organization for trustee, and nothing of it for contracts', () => {
    const fields = (billing: unknown) => problemsOfBilling(billing).map(({ field }) => field)
    expect(fields({ source: 'trustee', clientSecret: ' ' })).toEqual([
      'billing.clientSecret',
      'billing.clientId',
      'billing.organizationId',
    ])
    expect(fields({ source: 'contracts', ...partner })).toEqual([
      'billing.clientId',
      'billing.clientSecret',
      'billing.organizationId',
    ])
  })

  test('says what is wrong with it, where, and never shows a secret', () => {
    expect(problemsOfBilling({ clientSecret: ['s3cret'], priceUnit: 'month', currency: 'EUR' })).toEqual([
      {
        field: 'billing.clientSecret',
        expected: 'printable ASCII characters only, without spaces and line breaks',
      },
      { field: 'billing.priceUnit', expected: 'one of "seat-month"', found: '"month"' },
      {
        field: 'billing.currency',
        expected: 'one of source, clientId, clientSecret, organizationId, priceUnit',
      },
      { field: 'billing.source', expected: 'one of "contracts", "trustee", "off"' },
    ])
    expect(problemsOfBilling('contracts')).toEqual([
      { field: 'billing', expected: 'an object with source', found: 'a text' },
    ])
  })
})
