import { Fields } from '../../src/provider-kit/index.ts'
import type { GenesysConfig } from './config.ts'
import { REGION, regionOfHost } from './regions.ts'

/** The fields of a configuration. */
export const settings = {
  region: {
    ...Fields.textMatching(
      REGION,
      'a Genesys Cloud domain such as "mypurecloud.ie", or an AWS region such as "eu-west-1"',
      {
        description: "The organization's region: its domain or its AWS name.",
        variable: 'GENESYS_REGION',
      },
    ),
    expectedInstead: (value: unknown) => {
      const region = typeof value === 'string' ? regionOfHost(value) : undefined
      return region === undefined ? undefined : `the region alone, without the name of a host in it: "${region}"`
    },
  },
  clientId: Fields.plainText({
    description: 'The id of an OAuth client that uses the client credentials grant.',
    variable: 'GENESYS_CLIENT_ID',
  }),
  clientSecret: Fields.secretText({
    description: 'The secret of that OAuth client.',
    variable: 'GENESYS_CLIENT_SECRET',
  }),
  accessToken: Fields.secretText({ description: 'An access token, in place of clientId and clientSecret.' }),
  apiUrl: Fields.webAddress({
    description: 'The address of the Platform API. Default: from the region.',
  }),
  loginUrl: Fields.webAddress({
    description: 'The address of the login host. Default: from the region.',
  }),
  pageSize: Fields.positiveInteger({
    description: 'Rows per page, at most 500. Default: 100 users with licenses, 500 people of the directory.',
  }),
  directory: Fields.oneOf(['standard', 'extended'], {
    description:
      'Which fields of the directory are read: "extended" adds employee numbers and locations. Default: "standard".',
  }),
  activity: Fields.oneOf(['directory', 'presence'], {
    description:
      'From where the last activity of users is known: "presence" adds when they were last online, with the permission analytics:userAggregate:view. Default: "directory", their sign-ins.',
  }),
}

/** Problems of values that are valid one by one. `false` is none. */
export const problemsOfValues = ({
  region,
  apiUrl,
  loginUrl,
  clientId,
  clientSecret,
  accessToken,
}: Fields.SettingValues<typeof settings>) => {
  const ofClient = (field: string, value: string | undefined, what: string) =>
    (value === undefined) === (accessToken === undefined) && {
      field,
      expected: accessToken === undefined ? what : 'nothing, as accessToken is given',
    }
  return [
    region === undefined &&
      (apiUrl === undefined || loginUrl === undefined) && {
        field: 'region',
        expected: `${settings.region.expected}, unless apiUrl and loginUrl are given`,
      },
    ofClient('clientId', clientId, 'the id of an OAuth client'),
    ofClient('clientSecret', clientSecret, 'the secret of that OAuth client'),
  ]
}

/** The configuration of a program, checked. Throws a `TypeError` that names the wrong fields. */
export const checkedConfig = (config: GenesysConfig): GenesysConfig =>
  Fields.givenConfig(config, settings, {
    maker: 'createGenesysProvider',
    credentials: ['clientId', 'clientSecret'],
    check: problemsOfValues,
  })
