import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { interpolate } from '../../src/cli/configuration/interpolate.ts'
import { registry } from '../../src/cli/registry.ts'
import type { LicenseProvider, ProviderDefinition } from '../../src/provider-kit/index.ts'
import { createAcme } from './support/acme.ts'
import { acmes, newFolder, registryOf, run } from './support/run.ts'
import { said } from './support/said.ts'

const problemsOf = async (configuration: unknown, variables: Readonly<Record<string, string>> = {}) => {
  const { code, stdout, stderr, folder } = await run(['licenses'], { configuration, variables })
  expect(stdout).toBe('')
  return { code, lines: stderr.replaceAll(folder, 'FOLDER').trimEnd().split('\n') }
}

/** How a configuration names an environment variable. */
const reference = (name: string): string => `\${${name}}`

const acme = { id: 'acme', type: 'acme', token: 'sesame' }
const problemsOfProvider = (fields: Readonly<Record<string, unknown>>) =>
  problemsOf({ providers: [{ ...acme, ...fields }] })

describe('a configuration file', () => {
  it('is read from the working folder', async () => {
    expect(await run(['licenses', '--format', 'ndjson'])).toMatchObject({ code: 0, stderr: '' })
  })

  it('can be named before or after the command', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'other.json'), JSON.stringify(acmes('other')))
    const before = await run(['--config', 'other.json', 'licenses', '--format', 'ndjson'], { folder })
    const after = await run(['licenses', '--format', 'ndjson', '--config', 'other.json'], { folder })
    expect(before.stdout).toContain('"provider":"other"')
    expect(after.stdout).toBe(before.stdout)
  })

  it('may name its schema', async () => {
    expect((await run(['licenses'], { configuration: { $schema: './s.json', ...acmes('acme') } })).code).toBe(0)
  })

  it('is read with a byte order mark and as the UTF-16 that PowerShell writes', async () => {
    const folder = await newFolder()
    const text = `\ufeff${JSON.stringify(acmes('acme'))}`
    for (const encoding of ['utf8', 'utf16le'] as const) {
      await writeFile(join(folder, 'marked.json'), Buffer.from(text, encoding))
      expect((await run(['--config', 'marked.json', 'licenses'], { folder })).code).toBe(0)
    }
  })

  it('that is given but not there is named', async () => {
    const { code, stderr } = await run(['licenses', '--config', 'nowhere.json'])
    expect(code).toBe(2)
    expect(stderr).toBe('nowhere.json: cannot read the configuration: there is no such file\n')
  })

  it('that is not JSON says where, and never quotes what is there', async () => {
    const { code, lines } = await problemsOf('{\n  "providers": [\n    { "token": sesame }\n  ]\n}')
    expect(code).toBe(2)
    expect(lines).toEqual(['seatlens.json:3:16: not valid JSON: expected a value, or a field name in double quotes'])
  })

  it('that is wrong in many ways says so in one line each', async () => {
    const { code, lines } = await problemsOf({
      provider: [],
      providers: [
        { id: 'Acme', type: 'acme', token: 7, color: 'red' },
        { id: 'b', type: 'emca' },
        { id: 'b', type: 'acme', token: 'sesame', concurrency: 0, requestsPerMinute: '9' },
        'sesame',
      ],
    })
    expect(code).toBe(2)
    expect(lines).toEqual([
      'seatlens.json: provider: expected one of $schema, providers, defaults, groups, limits, protected, exempt (did you mean "providers"?)',
      'seatlens.json: providers[0].id: expected a lower-case slug such as "webex-emea", found "Acme"',
      'seatlens.json: providers[0].color: expected one of id, type, displayName, concurrency, requestsPerMinute, licenses, limits, region, token, tokenFile',
      'seatlens.json: providers[0].token: expected printable ASCII characters only, without spaces and line breaks',
      'seatlens.json: providers[1].type: expected one of "acme", or an installed package, found "emca"; if a package of that name is meant, install it in FOLDER: npm install emca',
      'seatlens.json: providers[2].concurrency: expected a positive whole number, found 0',
      'seatlens.json: providers[2].requestsPerMinute: expected a positive whole number, found "9"',
      'seatlens.json: providers[3]: expected an object, found a text',
      'seatlens.json: providers[2].id: expected an id that no other provider has, found "b"',
    ])
  })

  it.each([
    [[], 'the configuration: expected an object with "providers", found a list'],
    [{}, 'providers: expected a list of at least one provider'],
    [{ providers: [] }, 'providers: expected a list of at least one provider, found an empty list'],
    [{ providers: { token: 'sesame' } }, 'providers: expected a list of at least one provider, found an object'],
  ])('of the wrong shape %j says what is expected', async (configuration, problem) => {
    expect((await problemsOf(configuration)).lines).toEqual([`seatlens.json: ${problem}`])
  })

  it.each([
    ['clientID', 'genesys', 'clientId'],
    ['client_secret', 'genesys', 'clientSecret'],
    ['license', 'webex', 'licenses'],
    ['Type', 'webex', 'type'],
  ])('that misspells %s for %s is told which name is meant, out of all there are', async (field, type, name) => {
    const configuration = { providers: [{ id: 'a', type, [field]: 'hunter2' }] }
    const { code, stderr } = await run(['licenses'], { configuration, registry })
    const line = stderr.split('\n').find((one) => one.includes(`providers[0].${field}: `))
    expect(code).toBe(2)
    expect(line).toMatch(/expected one of id, type, displayName, concurrency, requestsPerMinute, licenses, .*\?\)$/)
    expect(line).toContain(`did you mean "${name}"`)
    expect(stderr).not.toContain('hunter2')
  })

  it.each([
    ['genesys', { directory: 'extendet' }, 'directory', 'extended'],
    ['webex', { userSource: 'licences' }, 'userSource', 'licenses'],
    ['webex', { licenses: { MS: { metric: 'nammed' } } }, 'licenses.MS.metric', 'named'],
    ['webex', { licenses: { MS: { services: ['calling', 'meeting'] } } }, 'licenses.MS.services', 'meetings'],
  ])('that misspells one of a few words of %s, %j, is told which one is meant', async (type, setting, field, word) => {
    const configuration = { providers: [{ id: 'a', type, ...setting }] }
    const { stderr } = await run(['licenses'], { configuration, registry })
    const line = stderr.split('\n').find((one) => one.includes(`providers[0].${field}: `))
    expect(line).toContain(`(did you mean "${word}"?)`)
  })

  const secret = 'x-iI2vPNrwPZ_yJ6lHKgwOTE5LqZ3n5tKfYKM8Mwt0g'

  it.each([
    ['the region of Genesys Cloud', { region: secret }],
    ['the address of the API', { apiUrl: secret }],
    ['the id of a provider', { id: secret }],
    ['the type of a provider', { type: secret }],
    ['the currency of a price', { licenses: { cx1: { price: { amount: 1, currency: secret, per: 'seat-month' } } } }],
    ['the number of requests', { concurrency: secret }],
    ['the name of a field', { [secret]: true }],
  ])('never shows a secret that stands in %s', async (_, fields) => {
    const provider = { id: 'genesys', type: 'genesys', region: 'mypurecloud.ie', clientId: 'a', clientSecret: 'b' }
    const { code, stderr } = await run(['licenses'], {
      configuration: { providers: [{ ...provider, ...fields }] },
      registry,
    })
    expect(code).toBe(2)
    expect(stderr).toContain('a text of 43 characters')
    expect(stderr).not.toContain(secret.slice(0, 8))
  })

  it.each([
    ['clientId', 'genesys', 'client-1\r', 'the invisible character U+000D at its end'],
    ['clientId', 'webex', '"client-1"', 'the quotes around it'],
    ['orgId', 'webex', '\u200babc', 'the invisible character U+200B at its beginning'],
    ['apiUrl', 'webex', 'https://webexapis.com/v1\r', 'the invisible character U+000D at its end'],
    ['loginUrl', 'genesys', "'https://login.mypurecloud.ie'", 'the quotes around it'],
    ['tokenFile', 'webex', ' tokens', 'spaces around it'],
    ['displayName', 'webex', 'Webex\u00a0', 'spaces around it'],
  ])('refuses in %s of %s what people do not see or mean: %j', async (field, type, value, flaw) => {
    const configuration = { providers: [{ id: 'a', type, [field]: reference('VALUE') }] }
    const { code, stderr } = await run(['licenses'], { configuration, registry, variables: { VALUE: value } })
    expect(code).toBe(2)
    const line = stderr.split('\n').find((one) => one.startsWith(`seatlens.json: providers[0].${field}: expected `))
    expect(line).toContain(`expected a value without ${flaw}, found `)
  })

  it('refuses in the id of a declared license what people do not see', async () => {
    const { lines } = await problemsOfProvider({ licenses: { 'cx1\u200b': { purchased: 3 } } })
    expect(lines).toEqual([
      'seatlens.json: providers[0].licenses.cx1<U+200B>: expected the id, product code or name of a license, without the invisible character U+200B at its end',
    ])
  })

  it('needs an id and a type', async () => {
    expect((await problemsOf({ providers: [{}] })).lines).toEqual([
      'seatlens.json: providers[0].id: expected a lower-case slug such as "webex-emea"',
      'seatlens.json: providers[0].type: expected one of "acme", the name of an installed package, or a file such as "./provider.js"',
    ])
  })

  it('says what a provider needs besides', async () => {
    expect((await problemsOf({ providers: [{ id: 'acme', type: 'acme' }] })).lines).toEqual([
      'seatlens.json: providers[0].token: expected the key to the seats',
    ])
  })

  it.each([
    ['an address with a password', 'https://admin:sesame@acme.example'],
    ['an address with a password that is mistyped', 'https//admin:ses@me/sesame@acme.example'],
    ['a structure', { token: 'sesame' }],
    ['a list', ['sesame']],
  ])('never shows a secret in %s, whoever checks the field', async (_, value) => {
    const providers = ['genesys', 'webex'].map((type) => ({
      id: value,
      type,
      apiUrl: value,
      loginUrl: value,
      userSource: value,
      licenses: { basic: { metric: value, purchased: value } },
    }))
    const { code, stderr } = await run(['licenses'], { configuration: { providers }, registry })
    expect(code).toBe(2)
    expect(stderr).toMatch(/providers\[0\]\.apiUrl: expected .*, found /)
    expect(stderr).not.toMatch(/sesame|admin|ses@/)
  })

  it.each([
    ['clientSecret', 'genesys'],
    ['accessToken', 'genesys'],
    ['clientSecret', 'webex'],
    ['accessToken', 'webex'],
    ['refreshToken', 'webex'],
  ])('says what the %s of %s may be made of: what a header can carry', async (field, type) => {
    const configuration = { providers: [{ id: 'a', type, [field]: 'se same' }] }
    const { code, stderr } = await run(['licenses'], { configuration, registry })
    expect(code).toBe(2)
    expect(stderr).toContain(
      `seatlens.json: providers[0].${field}: expected printable ASCII characters only, without spaces and line breaks\n`,
    )
  })
})

describe('the environment in a configuration file', () => {
  it('is read into any text', async () => {
    const configuration = { providers: [{ ...acme, id: `acme-${reference('PLACE')}`, token: reference('KEY') }] }
    const variables = { PLACE: 'emea', KEY: 'sesame' }
    const { code, stdout } = await run(['licenses', '--format', 'ndjson'], { configuration, variables })
    expect(code).toBe(0)
    expect(stdout).toContain('"provider":"acme-emea"')
  })

  it.each<[string, Readonly<Record<string, string>>]>([
    ['unset', {}],
    ['empty', { KEY: '' }],
  ])('that is %s is named with its field, once', async (_, variables) => {
    const configuration = { providers: [{ ...acme, token: reference('KEY') }] }
    const { code, lines } = await problemsOf(configuration, variables)
    expect(code).toBe(2)
    expect(lines).toEqual([
      'seatlens.json: providers[0].token: expected the environment variable KEY to be set and not empty',
    ])
  })

  it('is reported together with everything else', async () => {
    const configuration = {
      providers: [{ ...acme, concurrency: 0, token: reference('KEY'), licenses: { a: { name: reference('NAME') } } }],
    }
    expect((await problemsOf(configuration)).lines).toHaveLength(3)
  })

  it.each([
    [{}, 'protected: expected a list of seats'],
    [[{ user: 'a@x.com' }], 'protected[0].reason: expected'],
    [[{ reason: 'x', license: 'Basic' }], 'protected[0].user: expected'],
    [
      [{ user: 'a', reason: 'x', provider: 'acem' }],
      'protected[0].provider: expected one of acme (did you mean "acme"?), found "acem"',
    ],
    [
      [{ user: 'a', reason: 'x', licence: 'b' }],
      'protected[0].licence: expected one of user, license, provider, reason',
    ],
    [[7], 'protected[0]: expected an object with user and reason'],
  ])('of protected seats %j is told with its field', async (seats, problem) => {
    const { lines } = await problemsOf({ providers: [{ ...acme, token: 'x' }], protected: seats })
    expect(lines).toEqual([expect.stringContaining(problem)])
  })

  it('is not looked up under a name that no variable can have', async () => {
    const configuration = { providers: [{ ...acme, token: reference('not a name') }] }
    expect((await problemsOf(configuration)).lines).toEqual([
      'seatlens.json: providers[0].token: expected the name of an environment variable in the braces after $',
    ])
  })

  it('does not count what every object has as set', async () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      const field = 'providers[0].token'
      const { lines } = await problemsOfProvider({ token: reference(name) })
      expect(lines).toEqual([
        `seatlens.json: ${field}: expected the environment variable ${name} to be set and not empty`,
      ])
      expect(interpolate({ token: reference(name) }, process.env).problems).toHaveLength(1)
    }
  })

  it('is that of the process', () => {
    const value = interpolate(reference('PATH'), process.env).value
    expect(value).toBe(process.env.PATH)
  })
})

describe('declared licenses', () => {
  it('take the place of what the vendor says', async () => {
    const licenses = { basic: { name: 'Basic seat', purchased: 'unlimited', metric: 'concurrent' } }
    const { stdout } = await run(['licenses', '--format', 'json'], {
      configuration: { providers: [{ ...acme, licenses }] },
    })
    expect(JSON.parse(stdout)).toMatchObject([
      { id: 'basic', name: 'Basic seat', purchased: { kind: 'unlimited' }, metric: 'concurrent' },
    ])
  })

  it('may have any id, also one that objects have a meaning for', async () => {
    const configuration = `{"providers":[{"id":"acme","type":"acme","token":"sesame","licenses":{"__proto__":{"name":"Odd","purchased":3}}}]}`
    const { stdout } = await run(['licenses', '--format', 'json'], {
      configuration,
      worlds: { acme: { licenses: [{ id: '__proto__' }, { id: 'toString' }] } },
    })
    expect(JSON.parse(stdout)).toMatchObject([{ name: 'Odd' }, { name: 'toString' }])
    expect(Object.hasOwn(Object.prototype, 'name')).toBe(false)
  })

  it('may have a price', async () => {
    const licenses = { basic: { price: { amount: 11000, currency: 'EUR', per: 'seat-month' } } }
    expect((await run(['licenses'], { configuration: { providers: [{ ...acme, licenses }] } })).code).toBe(0)
  })

  it('may have prices of packs, and several of which each holds for a time', async () => {
    const pack = { amount: 25000, currency: 'USD', per: 'pack-month', packSize: 13 }
    const price = [
      { ...pack, validTo: '2025-12-31' },
      { ...pack, amount: 26000, validFrom: '2026-01-01' },
    ]
    const licenses = { basic: { price, purchased: 14 } }
    const { code, stdout } = await run(['report', '--format', 'json'], {
      configuration: { providers: [{ ...acme, licenses }] },
    })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).cost.total).toEqual({ kind: 'known', amounts: [{ amount: 52000, currency: 'USD' }] })
  })

  it('may have a price of another kind, of which no cost can be made', async () => {
    const licenses = { basic: { price: { amount: 12000, currency: 'EUR', per: 'seat-year' }, purchased: 1 } }
    const { code, stdout } = await run(['report', '--format', 'json'], {
      configuration: { providers: [{ ...acme, licenses }] },
    })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).cost.total).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('seat-year'),
    })
  })

  it('have prices that make sense together', async () => {
    const price = { amount: 1, currency: 'EUR', per: 'seat-month' }
    const { code, lines } = await problemsOfProvider({
      licenses: {
        a: { price: { ...price, per: 'pack-month' } },
        b: { price: { ...price, validFrom: '2026-02-01', validTo: '2026-01-31' } },
        c: { price: [price, { ...price, validFrom: '2026-01-01' }, { ...price, validFrom: '2026-01-01' }, price] },
        d: { price: [{ ...price, validFrom: '2026-02-30', packSize: 0, until: 'x' }, 7] },
        e: { price: { ...price, packSize: 20 } },
        f: { price: [] },
      },
    })
    const start = 'seatlens.json: providers[0].licenses'
    expect(code).toBe(2)
    expect(lines).toEqual([
      `${start}.a.price.packSize: expected a positive whole number, as the price is per pack-month`,
      `${start}.b.price.validTo: expected a day that is not before validFrom, found "2026-01-31"`,
      `${start}.c.price[2].validFrom: expected a day on which no other price of the license begins, found "2026-01-01"`,
      `${start}.c.price[3].validFrom: expected a day on which no other price of the license begins`,
      `${start}.d.price[0].validFrom: expected a day such as "2026-01-31", found "2026-02-30"`,
      `${start}.d.price[0].packSize: expected a positive whole number, found 0`,
      `${start}.d.price[0].until: expected one of amount, currency, per, packSize, validFrom, validTo`,
      `${start}.d.price[1]: expected an object with amount, currency and per, found a number`,
      `${start}.e.price.packSize: expected nothing, as the price is per seat-month, found 20`,
      `${start}.f.price: expected at least one price, found an empty list`,
    ])
  })

  it('are checked to the last field', async () => {
    const { code, lines } = await problemsOfProvider({
      licenses: {
        a: { purchased: -1, metric: 'monthly', seats: 4 },
        b: { price: { amount: 1.5, currency: 'euro' } },
        c: 12,
        d: { price: 12 },
      },
    })
    const start = 'seatlens.json: providers[0].licenses'
    expect(code).toBe(2)
    expect(lines).toEqual([
      `${start}.a.purchased: expected a whole number of seats from 0, or "unlimited", found -1`,
      `${start}.a.metric: expected one of "named", "concurrent", "device", "consumption", "unknown", found "monthly"`,
      `${start}.a.seats: expected one of name, purchased, metric, services, sku, term, price`,
      `${start}.b.price.amount: expected a whole number of minor units (cents) from 0, found 1.5`,
      `${start}.b.price.currency: expected an ISO 4217 currency code of three capital letters, found "euro"`,
      `${start}.b.price.per: expected a text that is not empty`,
      `${start}.c: expected an object with name, purchased, metric, services, sku, term or price, found a number`,
      `${start}.d.price: expected an object with amount, currency and per, found a number`,
    ])
  })

  it('name products of contracts, each of one license only, and a term that does not end before it starts', async () => {
    const { code, lines } = await problemsOfProvider({
      licenses: {
        cloudCX1: { sku: ['GC-1', 'GC-2', 'GC-1'], term: { start: '2027-01-01', end: '2026-12-31' } },
        cloudCX2: { sku: ['GC-3', 'GC-2'], term: { end: '2026-02-30', noticeDays: -1, notice: 30 } },
        c: { sku: 'GC-4', term: 'three years' },
        d: { sku: [''] },
      },
    })
    const start = 'seatlens.json: providers[0].licenses'
    expect(code).toBe(2)
    expect(lines).toEqual([
      `${start}.cloudCX1.term.end: expected a day that is not before start, found "2026-12-31"`,
      `${start}.cloudCX2.term.end: expected a day such as "2026-01-31", found "2026-02-30"`,
      `${start}.cloudCX2.term.noticeDays: expected a whole number of days from 0, found -1`,
      `${start}.cloudCX2.term.notice: expected one of start, end, noticeDays (did you mean "noticeDays"?)`,
      `${start}.c.sku: expected a list of texts that are not empty, found "GC-4"`,
      `${start}.c.term: expected an object with start, end, noticeDays, found a text`,
      `${start}.d.sku: expected a list of texts that are not empty, found a list`,
      `${start}.cloudCX2.sku[1]: expected a product of one license only; providers[0].licenses.cloudCX1.sku has it too, found "GC-2"`,
    ])
  })

  it('tell what a license is for, in words that are known', async () => {
    const { code, lines } = await problemsOfProvider({
      licenses: { a: { services: ['calling', 'phone'] }, b: { services: 'calling' }, c: { services: [] } },
    })
    const expected = 'expected a list of meetings, calling, messaging, contactCenter, other'
    expect(code).toBe(2)
    expect(lines).toEqual([
      `seatlens.json: providers[0].licenses.a.services: ${expected}, found a list`,
      `seatlens.json: providers[0].licenses.b.services: ${expected}, found "calling"`,
    ])
    const { stdout } = await run(['licenses', '--format', 'ndjson'], {
      registry: registryOf(createAcme()),
      configuration: {
        providers: [
          { id: 'acme', type: 'acme', token: 'sesame', licenses: { basic: { services: ['calling', 'messaging'] } } },
        ],
      },
    })
    expect(stdout.split('\n')[0]).toContain('"services":["calling","messaging"]')
  })

  it('tell the term of a license in every report', async () => {
    const term = { start: '2026-01-01', end: '2028-12-31', noticeDays: 90 }
    const { stdout } = await run(['licenses', '--format', 'ndjson'], {
      registry: registryOf(createAcme()),
      configuration: {
        providers: [{ id: 'acme', type: 'acme', token: 'sesame', licenses: { basic: { term } } }],
      },
    })
    expect(stdout.split('\n')[0]).toContain(JSON.stringify(term))
  })
})

describe('without a configuration file', () => {
  const inEnvironment = (variables: Readonly<Record<string, string>>) =>
    run(['licenses', '--format', 'ndjson'], {
      configuration: null,
      variables,
      registry: registryOf(
        createAcme(),
        createAcme(() => ({}), 'zenith'),
      ),
    })

  it('and without variables, it says which ones are needed for each vendor, and which are not', async () => {
    const { code, stderr } = await run(['report'], { configuration: null, registry })
    expect({ code, lines: stderr.split('\n') }).toEqual({
      code: 2,
      lines: [
        'nothing is configured: seatlens init writes seatlens.json; or give --config FILE, or set environment variables',
        'for Genesys Cloud: GENESYS_REGION, GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET',
        'for Webex: WEBEX_ACCESS_TOKEN (optional: WEBEX_ORG_ID)',
        'to see what it does without credentials: seatlens demo',
        '',
      ],
    })
  })

  it('the environment variables of a provider are enough, and its id is its type', async () => {
    const { code, stdout } = await inEnvironment({ ACME_TOKEN: 'sesame', ZENITH_TOKEN: '' })
    expect(code).toBe(0)
    expect(stdout).toContain('"provider":"acme"')
    expect(stdout).not.toContain('zenith')
  })

  it('what is missing is named by its variable', async () => {
    const { code, stderr } = await inEnvironment({ ACME_REGION: 'north', ACME_TOKEN: '', ZENITH_REGION: ' ' })
    expect(code).toBe(2)
    expect(said(stderr).trimEnd().split('\n')).toEqual([
      'environment: ACME_TOKEN: expected the key to the seats',
      'environment: ZENITH_REGION: expected a value without spaces around it, found " "',
      'environment: ZENITH_TOKEN: expected the key to the seats',
    ])
  })

  it('and without variables, the user is told what to do', async () => {
    const { code, stdout, stderr } = await inEnvironment({})
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('for Acme Seats: ZENITH_TOKEN (optional: ZENITH_REGION)')
    expect(stderr).toContain('seatlens demo')
  })

  it('variables do not matter where there is a file', async () => {
    const { stdout } = await run(['licenses', '--format', 'ndjson'], {
      configuration: acmes('from-file'),
      variables: { ACME_TOKEN: 'sesame' },
    })
    expect(stdout).toContain('"provider":"from-file"')
  })
})

/** A provider with its members on its prototype and its state in private fields. */
class SeatProvider implements LicenseProvider {
  readonly specificationVersion = 'v1'
  readonly #inner: LicenseProvider
  constructor(inner: LicenseProvider) {
    this.#inner = inner
  }
  get id() {
    return this.#inner.id
  }
  get vendor() {
    return this.#inner.vendor
  }
  get displayName() {
    return this.#inner.displayName
  }
  get capabilities() {
    return this.#inner.capabilities
  }
  listLicenses(...request: Parameters<LicenseProvider['listLicenses']>) {
    return this.#inner.listLicenses(...request)
  }
  getLicense(...request: Parameters<LicenseProvider['getLicense']>) {
    return this.#inner.getLicense(...request)
  }
  listUsers(...request: Parameters<LicenseProvider['listUsers']>) {
    return this.#inner.listUsers(...request)
  }
  getUser(...request: Parameters<LicenseProvider['getUser']>) {
    return this.#inner.getUser(...request)
  }
}

const asInstances = (definition: ProviderDefinition): ProviderDefinition => ({
  ...definition,
  configure: (id, configuration) => {
    const configured = definition.configure(id, configuration)
    return E.isLeft(configured)
      ? configured
      : E.right({ create: (host) => new SeatProvider(configured.right.create(host)) })
  },
})

describe('what a configuration gives a provider', () => {
  it('is a budget, where one is configured', async () => {
    const budgets: (number | undefined)[] = []
    const configuration = {
      providers: [
        { ...acme, id: 'a', concurrency: 3 },
        { ...acme, id: 'b' },
      ],
    }
    const world = {
      onCreate: ({ budget }: { budget?: { concurrency: number } | undefined }) => budgets.push(budget?.concurrency),
    }
    await run(['licenses'], { configuration, worlds: { a: world, b: world } })
    expect(budgets).toEqual([3, 8])
  })

  it('is a name for people', async () => {
    const configuration = { providers: [{ ...acme, displayName: 'Acme of the north' }] }
    const { stdout } = await run(['report', '--format', 'json'], { configuration })
    expect(JSON.parse(stdout).providers[0].displayName).toBe('Acme of the north')
  })

  it('is a name for people, also where the provider is an instance of a class', async () => {
    const configuration = { providers: [{ ...acme, displayName: 'Acme of the north' }] }
    const instances = registryOf(asInstances(createAcme()))
    const { code, stdout } = await run(['report', '--format', 'json'], { configuration, registry: instances })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      providers: [{ id: 'acme', displayName: 'Acme of the north', status: 'complete' }],
      licenses: [{ id: 'basic' }],
    })
  })
})
