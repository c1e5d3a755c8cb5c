import { describe, expect, test } from 'vitest'
import { checkedSettings, SettingsMistake, secretsIn } from '../src/settings.ts'

const credential = { id: 'partner', type: 'webex', requestsPerMinute: 300, accessToken: 'the-token' }
const center = {
  ...{ id: 'center', type: 'genesys', requestsPerMinute: 250, region: 'mypurecloud.ie' },
  ...{ clientId: 'the-client', clientSecret: 'the-secret' },
}
/** `ciscospark://us/ORGANIZATION/…` in base64, and what is inside of it: Webex takes both. */
const uuid = '0d3e0e4a-5c1b-4c7e-9a43-0f6f1f3b8c11'
const publicId = Buffer.from(`ciscospark://us/ORGANIZATION/${uuid}`).toString('base64')
const given = {
  store: { folder: 'snapshots' },
  credentials: [credential],
  organizations: [{ id: 'acme', credential: 'partner' }],
}

describe('a configuration', () => {
  test('has defaults for what it does not say', () => {
    expect(checkedSettings(given, {})).toMatchObject({ everyHours: 24, jobs: 4, retries: 6, graceSeconds: 20 })
  })

  test('takes secrets from the environment, and knows them for the log', () => {
    const settings = checkedSettings(
      { ...given, credentials: [{ ...credential, accessToken: `\${TOKEN}` }], alerts: { url: `\${HOOK}` } },
      { TOKEN: 'a-secret', HOOK: 'https://chat.example/a-secret-too' },
    )
    expect(secretsIn(settings)).toEqual(['a-secret', 'https://chat.example/a-secret-too'])
  })

  test('takes several organizations of one credential of Webex, each with an orgId of its own', () => {
    const organizations = ['one', 'two', 'three'].map((id) => ({ id, credential: 'partner', orgId: `org-${id}` }))
    const alone = { id: 'alone', credential: 'center' }
    const settings = { ...given, credentials: [credential, center], organizations: [...organizations, alone] }
    expect(checkedSettings(settings, {}).organizations).toEqual([...organizations, alone])
  })

  const twoOf = (one: object, other: object, id = 'partner') => ({
    ...{ ...given, credentials: [credential, center] },
    organizations: [
      { id: 'acme', credential: id, ...one },
      { id: 'northwind', credential: id, ...other },
    ],
  })
  const ofVendors = (one: object, other: object, orgIds: readonly (string | undefined)[] = []) => ({
    ...{ ...given, credentials: [one, { ...other, id: 'other' }] },
    organizations: [
      { id: 'acme', credential: 'id' in one ? one.id : '', orgId: orgIds[0] },
      { id: 'northwind', credential: 'other', orgId: orgIds[1] },
    ],
  })
  const acrossPartners =
    'acme and northwind are the same one, by the credentials partner and other; take one of them away'
  const acrossCenters =
    'acme and northwind are the same one, by the credentials center and other; take one of them away'

  test('takes what two credentials have that are of different organizations, or may be', () => {
    for (const settings of [
      ofVendors(credential, credential, ['org-1', 'org-2']),
      ofVendors(credential, credential, ['org-1', undefined]),
      ofVendors(center, { ...center, region: 'mypurecloud.de' }),
      ofVendors(center, { ...center, clientId: 'another-client' }),
    ]) {
      expect(checkedSettings(settings, {}).organizations).toHaveLength(2)
    }
  })

  test('tells what a credential lacks in the words of its vendor alone', () => {
    const { region: _, ...rest } = center
    expect(() => checkedSettings({ ...given, credentials: [credential, rest] }, {})).toThrow(
      /^credentials\.region: expected a text$/,
    )
    const { accessToken: __, ...neither } = credential
    expect(() => checkedSettings({ ...given, credentials: [neither] }, {})).toThrow(/refreshToken: .*\n.*accessToken: /)
  })

  const ofPartner = 'acme and northwind may be the same one, by the credential partner; give each an orgId of its own'
  const ofCenter = 'acme and northwind may be the same one, by the credential center; give each a credential of its own'

  test.each([
    ['without a variable', { ...given, alerts: { url: `\${NOT_THERE}` } }, 'not set in the environment: NOT_THERE'],
    ['with a setting that is none', { ...given, job: 4 }, 'job: there is no such setting'],
    [
      'with two of one id',
      { ...given, organizations: [...given.organizations, ...given.organizations] },
      'organizations: two have the id acme',
    ],
    [
      'with an unknown credential',
      { ...given, organizations: [{ id: 'acme', credential: 'other' }] },
      'organizations.acme: there is no credential other',
    ],
    ['without a rate', { ...given, credentials: [{ ...credential, requestsPerMinute: 0 }] }, 'a whole number from 1'],
    [
      'with a way out of the folder',
      { ...given, organizations: [{ id: '../acme', credential: 'partner' }] },
      'lower-case letters, digits, -',
    ],
    ['with two organizations that are not told apart', twoOf({}, {}), ofPartner],
    ['with one organization that may be the other', twoOf({ orgId: 'org-1' }, {}), ofPartner],
    ['with one organization that may be each other one', twoOf({}, { orgId: 'org-1' }), ofPartner],
    ['with one orgId twice', twoOf({ orgId: publicId }, { orgId: uuid.toUpperCase() }), ofPartner],
    [
      'with one orgId in two credentials',
      ofVendors(credential, credential, [publicId, uuid.toUpperCase()]),
      acrossPartners,
    ],
    [
      'with one Genesys client in two credentials',
      ofVendors(center, { ...center, requestsPerMinute: 1 }),
      acrossCenters,
    ],
    ['with two organizations of one Genesys client', twoOf({}, { orgId: 'org-1' }, 'center'), ofCenter],
    ['with an orgId that says nothing', twoOf({}, { orgId: 'org-1' }, 'center'), 'organizations.northwind.orgId: '],
    [
      'with times after the period',
      { ...given, everyHours: 6, spreadMinutes: 361 },
      'spreadMinutes: expected at most 360',
    ],
    [
      'with periods that do not fill a day',
      { ...given, everyHours: 5 },
      'everyHours: expected 1, 2, 3, 4, 6, 8, 12, 24, 48, 72 or 168 hours',
    ],
    ['with times after the week', { ...given, everyHours: 168, spreadMinutes: 10_081 }, 'expected at most 10080'],
  ])('%s is refused, and none of its values is said', (_, wrong, message) => {
    const check = () => checkedSettings(wrong, {})
    expect(check).toThrow(SettingsMistake)
    expect(check).toThrow(message)
    expect(check).not.toThrow(/the-(token|secret)/)
  })
})
