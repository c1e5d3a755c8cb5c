import * as t from 'io-ts'
import { Fields } from '../../src/provider-kit/index.ts'
import type { WebexConfig } from './config.ts'

/** The fields of a configuration. */
export const settings = {
  accessToken: Fields.secretText({
    description: 'An access token of an administrator.',
    variable: 'WEBEX_ACCESS_TOKEN',
  }),
  orgId: Fields.plainText({
    description: 'The id of the organization, for partners. Default: the organization of the token.',
    variable: 'WEBEX_ORG_ID',
  }),
  clientId: Fields.plainText({ description: 'The id of an integration or a service app, in place of accessToken.' }),
  clientSecret: Fields.secretText({ description: 'The secret of the integration or the service app.' }),
  refreshToken: Fields.secretText({
    description: 'A refresh token. When Webex replaces it, the new one is kept in tokenFile.',
  }),
  tokenFile: Fields.text({
    description: 'Where rotated tokens are kept. Default: .seatlens/<id>.token beside the configuration.',
  }),
  apiUrl: Fields.webAddress({
    description: 'The address of the API. Default: https://webexapis.com/v1',
  }),
  pageSize: Fields.positiveInteger({
    description: 'Rows per page. Default and maximum: 300 holders of a license, 1,000 people.',
  }),
  userSource: Fields.oneOf(['licenses', 'people'], {
    description:
      'What users are read from: "licenses", the holders of each license (default), or "people", the list of all people.',
  }),
}

/** Problems of values that are valid one by one. `false` is none. */
export const problemsOfValues = ({
  accessToken,
  clientId,
  clientSecret,
  refreshToken,
}: Fields.SettingValues<typeof settings>) => {
  const fields = Object.entries({ clientId, clientSecret, refreshToken })
  const hasToken = accessToken !== undefined
  if (!hasToken && fields.every(([, value]) => value === undefined)) {
    return [{ field: 'accessToken', expected: 'an access token, or clientId, clientSecret and refreshToken' }]
  }
  const expected = hasToken ? 'nothing, as accessToken is given' : 'a text, as there is no accessToken'
  return fields.map(([field, value]) => (value !== undefined) === hasToken && { field, expected })
}

const ofProgram = {
  ...settings,
  tokens: Fields.structured(
    t.type({ read: t.Function, write: t.Function }, 'token store'),
    'a token store, with the functions read and write',
    {},
    { description: 'Where rotated tokens are kept.' },
  ),
}

/** The configuration of a program, checked. Throws a `LicenseException` that names the wrong fields. */
export const checkedConfig = (config: WebexConfig): WebexConfig =>
  Fields.givenConfig(config, ofProgram, {
    maker: 'createWebexProvider',
    credentials: ['clientId', 'clientSecret', 'refreshToken'],
    check: problemsOfValues,
  })
