import { describe, expect, test } from 'vitest'
import { checkedSettings, SettingsMistake, secretsIn } from '../src/settings.ts'

const credential = { id: 'partner', type: 'webex', requestsPerMinute: 300, accessToken: 'the-token' }
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
    ['with periods that do not fill a day', { ...given, everyHours: 5 }, '1, 2, 3, 4, 6, 8, 12 or 24 hours'],
  ])('%s is refused, and none of its values is said', (_, wrong, message) => {
    const check = () => checkedSettings(wrong, {})
    expect(check).toThrow(SettingsMistake)
    expect(check).toThrow(message)
    expect(check).not.toThrow('the-token')
  })
})
