import * as t from 'io-ts'
import { type ConfigurationProblem, Fields, Http } from '../../src/provider-kit/index.ts'
import type { WebexConfig } from './config.ts'

/** The fields of a configuration. */
export const settings = {
  accessToken: Fields.secretText({
    description: 'An access token of an administrator.',
    variable: 'WEBEX_ACCESS_TOKEN',
  }),
  orgId: Fields.plainText({
    description: 'The organization, for partners. Default: the one of the token.',
    variable: 'WEBEX_ORG_ID',
  }),
  clientId: Fields.plainText({ description: 'The id of an integration or a service app, in place of accessToken.' }),
  clientSecret: Fields.secretText({ description: 'The secret of the integration or the service app.' }),
  refreshToken: Fields.secretText({ description: 'The refresh token; what it is rotated to is kept in tokenFile.' }),
  tokenFile: Fields.text({
    description: 'Where rotated tokens are kept. Default: .seatlens/<id>.token beside the configuration.',
  }),
  apiUrl: Fields.webAddress(Http.addressProblem, {
    description: 'The address of the API. Default: https://webexapis.com/v1',
  }),
  pageSize: Fields.positiveInteger({
    description: 'Rows to ask for on a page. Default, and at most: 300 holders of a license, 1,000 people.',
  }),
  userSource: Fields.oneOf(['licenses', 'people'], {
    description: 'Where users come from: the holders of every license (default), or one sweep over the people.',
  }),
}

/** Problems of values that are valid one by one. */
export const problemsOfValues = ({
  accessToken,
  clientId,
  clientSecret,
  refreshToken,
}: Fields.SettingValues<typeof settings>): readonly ConfigurationProblem[] => {
  const given = { clientId, clientSecret, refreshToken }
  const fields = Object.entries(given)
  if (accessToken !== undefined) {
    return fields.flatMap(([field, value]): ConfigurationProblem[] =>
      value === undefined ? [] : [{ field, expected: 'nothing, as accessToken is given' }],
    )
  }
  if (fields.every(([, value]) => value === undefined)) {
    return [{ field: 'accessToken', expected: 'an access token, or clientId, clientSecret and refreshToken' }]
  }
  return fields.flatMap(([field, value]): ConfigurationProblem[] =>
    value === undefined ? [{ field, expected: 'a text, as there is no accessToken' }] : [],
  )
}

const ofProgram = {
  ...settings,
  clientId: Fields.anyText(settings.clientId),
  clientSecret: Fields.anyText(settings.clientSecret),
  refreshToken: Fields.anyText(settings.refreshToken),
  accessToken: Fields.tokenOrSource(settings.accessToken),
  pageSize: Fields.rowsOfPage(settings.pageSize),
  tokens: Fields.structured(
    t.type({ load: t.Function, save: t.Function }, 'token keeper'),
    'a keeper of tokens with load and save',
    {},
    { description: 'Keeps the tokens that the vendor rotates.' },
  ),
}

/** The configuration of a program, checked. Throws a `TypeError` that names the wrong fields. */
export const checkedConfig = (config: WebexConfig): WebexConfig =>
  Fields.givenConfig('createWebexProvider', config, ofProgram, ({ accessToken, tokens: _, ...values }) =>
    problemsOfValues({ ...values, ...(accessToken === undefined ? {} : { accessToken: 'given' }) }),
  )
