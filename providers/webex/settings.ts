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
    description:
      'A refresh token. When Webex replaces it, the new one is kept in tokenFile. Default: that of the person who has signed in, by seatlens login.',
  }),
  tokenFile: Fields.text({
    description: 'Where rotated tokens are kept. Default: .seatlens/<id>.token beside the configuration.',
  }),
  apiUrl: Fields.webAddress({
    description: 'The address of the API. Default: https://webexapis.com/v1',
  }),
  pageSize: Fields.positiveInteger({
    description:
      'Rows per page. Default and maximum: 300 holders of a license, 1,000 people. Of workspaces and devices: default what Webex gives, maximum 1,000.',
  }),
  devices: Fields.flag({
    description:
      'Whether the devices of workspaces are read too: how many each has, and when the last of them was seen. Needs the scope spark-admin:devices_read. Default: false.',
  }),
  hybridMemberships: Fields.flag({
    description:
      'Whether the holders of hybrid licenses are read from the memberships of resource groups too. Needs the scope spark-admin:resource_group_memberships_read; not with userSource "people", whose records have these licenses. Default: false.',
  }),
  userSource: Fields.oneOf(['both', 'licenses', 'people'], {
    description:
      'What users are read from: "licenses", the holders of each license, "people", the list of all people, or "both". Default: "both".',
  }),
  scim: Fields.flag({
    description:
      'Whether the accounts are read too, by SCIM 2: cost center, division, manager, employee number, account status. Needs the scope identity:people_read. Default: false.',
  }),
}

/** Problems of values that are valid one by one. `false` is none. */
export const problemsOfValues = ({
  accessToken,
  clientId,
  clientSecret,
  refreshToken,
  userSource = 'both',
  scim = false,
  hybridMemberships = false,
}: Fields.SettingValues<typeof settings>) => {
  const fields = Object.entries({ clientId, clientSecret, refreshToken })
  const hasToken = accessToken !== undefined
  const ofSources = [
    scim && userSource !== 'both' && { field: 'scim', expected: 'false, unless userSource is "both"' },
    hybridMemberships &&
      userSource === 'people' && { field: 'hybridMemberships', expected: 'false, as userSource is "people"' },
  ]
  if (!hasToken && fields.every(([, value]) => value === undefined)) {
    return [
      { field: 'accessToken', expected: 'an access token, or clientId, clientSecret and refreshToken' },
      ...ofSources,
    ]
  }
  const expected = hasToken ? 'nothing, as accessToken is given' : 'a text, as there is no accessToken'
  return [
    ...fields.map(([field, value]) => {
      // The refresh token may be that of a person who signs in.
      const isMissing = value === undefined && !hasToken && field !== 'refreshToken'
      return (isMissing || (value !== undefined && hasToken)) && { field, expected }
    }),
    ...ofSources,
  ]
}

/** The configuration of a program, checked. Throws a `LicenseException` that names the wrong fields. */
export const checkedConfig = (config: WebexConfig): WebexConfig =>
  Fields.givenConfig(config, settings, {
    maker: 'createWebexProvider',
    credentials: ['clientId', 'clientSecret', 'refreshToken'],
    check: (values, keepsTokens) => [
      ...problemsOfValues(values),
      // The command line has a token store for every provider; a program says where the tokens of a person are kept.
      values.clientId !== undefined &&
        values.refreshToken === undefined &&
        !keepsTokens && {
          field: 'refreshToken',
          expected: 'a text; or, in tokens, where those of a person who has signed in are kept',
        },
    ],
  })
