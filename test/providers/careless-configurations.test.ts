import { describe, expect, test } from 'vitest'
import { createGenesysCredentials } from '../../providers/genesys/access.ts'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { isLicenseException, isPlanFailure } from '../../src/index.ts'

const client = { clientId: 'id', clientSecret: 'secret', region: 'mypurecloud.ie' }

/** What making a provider throws, for a program without types. */
const thrownBy = (make: (config: never) => unknown, config: unknown): string => {
  try {
    make(config as never)
  } catch (thrown) {
    if (isLicenseException(thrown, isPlanFailure) && thrown.error._tag === 'InvalidInput') return thrown.message
  }
  throw new Error('InvalidInput was expected')
}

describe('a provider is not made of a wrong configuration, and the message names the field', () => {
  test.each([
    ['no client id', { ...client, clientId: undefined }, 'clientId: expected the id of an OAuth client'],
    [
      'no client secret',
      { ...client, clientSecret: undefined },
      'clientSecret: expected the secret of that OAuth client',
    ],
    ['an empty secret', { ...client, clientSecret: '' }, 'clientSecret: expected a text that is not empty'],
    ['an empty region', { ...client, region: '' }, 'region: expected a Genesys Cloud domain'],
    ['nothing at all', {}, 'region: expected a Genesys Cloud domain'],
    ['no configuration', undefined, 'createGenesysProvider: expected a configuration'],
    ['no address', { ...client, apiUrl: 'nowhere' }, 'apiUrl: expected an https address'],
    ['plain http', { ...client, apiUrl: 'http://example.com/v1' }, 'apiUrl: expected an https address'],
    ['another protocol', { ...client, loginUrl: 'ftp://example.com' }, 'loginUrl: expected an https address'],
    ['an unset token', { accessToken: undefined, region: 'mypurecloud.ie' }, 'clientId: expected the id'],
    ['a wrong page size', { ...client, pageSize: '5' }, 'pageSize: expected a number of rows, found "5"'],
  ])('Genesys: %s', (_, config, message) => {
    expect(thrownBy(createGenesysProvider, config)).toContain(message)
    expect(thrownBy(createGenesysCredentials, config)).toContain(message)
  })

  test.each([
    ['no credentials', {}, 'accessToken: expected an access token, or clientId, clientSecret and refreshToken'],
    ['an unset token', { accessToken: undefined }, 'accessToken: expected an access token'],
    ['a token that is none', { accessToken: 5 }, 'accessToken: expected printable ASCII characters only'],
    ['half of the credentials', { clientId: 'id', clientSecret: 's' }, 'refreshToken: expected a text'],
    ['plain http', { accessToken: 't', apiUrl: 'http://example.com/v1' }, 'plain http only to loopback'],
    [
      'a source that there is not',
      { accessToken: 't', userSource: 'both' },
      'userSource: expected one of "licenses", "people"',
    ],
    [
      'a token store that cannot keep',
      { clientId: 'id', clientSecret: 's', refreshToken: 'r', tokens: {} },
      'tokens: expected a token store, with the functions read and write',
    ],
  ])('Webex: %s', (_, config, message) => {
    expect(thrownBy(createWebexProvider, config)).toContain(message)
  })

  test('a secret is never in it', () => {
    const message = thrownBy(createGenesysProvider, { ...client, clientSecret: 'my secret', region: '' })
    expect(message).not.toContain('my secret')
  })
})

test('an unset member means the same as an absent one', () => {
  const unset = { accessToken: undefined, apiUrl: undefined, pageSize: undefined, id: undefined }
  expect(createGenesysProvider({ ...client, ...unset } as never).id).toBe('genesys')
  expect(createWebexProvider({ ...unset, accessToken: async () => 't' } as never).id).toBe('webex')
})
