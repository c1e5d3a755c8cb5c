import * as t from 'io-ts'
import { Fields } from '../../src/provider-kit/index.ts'
import type { GenesysBilling, GenesysConfig } from './config.ts'
import { REGION, regionOfHost } from './regions.ts'

const billingSettings = {
  source: Fields.oneOf(['contracts', 'trustee', 'off'], {
    description:
      "Where it is read: from the organization's own contracts (a preview of the vendor), or from a partner's overview (trustee). Default: off.",
  }),
  clientId: Fields.plainText({ description: "For trustee: the id of an OAuth client in the partner's organization." }),
  clientSecret: Fields.secretText({ description: 'The secret of that OAuth client.' }),
  organizationId: Fields.plainText({ description: "For trustee: the id of the customer's organization." }),
  priceUnit: Fields.oneOf(['seat-month'], {
    description:
      'What prices of the contract are for, if you know it: the vendor does not say it. Then costs are made of them. Default: they are only shown.',
  }),
}

const OF_TRUSTEE = ['clientId', 'clientSecret', 'organizationId'] as const

type BillingValues = Fields.SettingValues<typeof billingSettings>

const problemsOfBilling = (values: BillingValues) =>
  OF_TRUSTEE.map((field) => {
    const isGiven = values[field] !== undefined
    if (values.source === 'trustee') return !isGiven && { field, expected: billingSettings[field].expected }
    return values.source === 'contracts' && isGiven && { field, expected: 'nothing, as source is "contracts"' }
  })

/** The billing of a configuration in which nothing is wrong. */
export const billingOf = ({
  source = 'off',
  clientId = '',
  clientSecret = '',
  organizationId = '',
  priceUnit,
}: BillingValues): GenesysBilling =>
  source === 'trustee' ? { source, clientId, clientSecret, organizationId, priceUnit } : { source, priceUnit }

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
    description:
      'The id of an OAuth client that uses the client credentials grant; with signIn, one that uses the code authorization grant.',
    variable: 'GENESYS_CLIENT_ID',
  }),
  clientSecret: Fields.secretText({
    description: 'The secret of that OAuth client.',
    variable: 'GENESYS_CLIENT_SECRET',
  }),
  accessToken: Fields.secretText({ description: 'An access token, in place of clientId and clientSecret.' }),
  signIn: Fields.structured(
    t.literal(true, 'signIn'),
    'true, or nothing',
    { enum: [true] },
    {
      description:
        'A person signs in, by seatlens login, in place of clientSecret. Their token is used until it expires. Default: the client has credentials of its own.',
    },
  ),
  tokenFile: Fields.text({
    description:
      'Where the token of the person who has signed in is kept. Default: .seatlens/<id>.token beside the configuration.',
  }),
  apiUrl: Fields.webAddress({
    description: 'The address of the Platform API. Default: from the region.',
  }),
  loginUrl: Fields.webAddress({
    description: 'The address of the login host. Default: from the region.',
  }),
  pageSize: Fields.positiveInteger({
    description: 'Rows per page, at most 500. Default: 100 users with licenses, 500 people of the directory.',
  }),
  billing: Fields.group(billingSettings, {
    description: 'Reads what was bought and billed, with prices and terms. Default: it is not read.',
    required: ['source'],
    check: problemsOfBilling,
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

/** What the OAuth client must have, or must not have. */
const problemsOfClient = ({ clientId, clientSecret, accessToken, signIn }: Fields.SettingValues<typeof settings>) => {
  const needs = (field: string, value: string | undefined, expected: string) =>
    value === undefined && { field, expected }
  const refuses = (field: string, value: string | undefined, by: string) =>
    value !== undefined && { field, expected: `nothing, as ${by} is given` }
  if (signIn === true) {
    return [
      needs('clientId', clientId, 'the id of an OAuth client'),
      refuses('clientSecret', clientSecret, 'signIn'),
      refuses('accessToken', accessToken, 'signIn'),
    ]
  }
  if (accessToken !== undefined) {
    return [refuses('clientId', clientId, 'accessToken'), refuses('clientSecret', clientSecret, 'accessToken')]
  }
  return [
    needs('clientId', clientId, 'the id of an OAuth client'),
    needs('clientSecret', clientSecret, 'the secret of that OAuth client'),
  ]
}

/** Problems of values that are valid one by one. `false` is none. */
export const problemsOfValues = (values: Fields.SettingValues<typeof settings>) => {
  const { region, apiUrl, loginUrl, signIn, tokenFile } = values
  return [
    region === undefined &&
      (apiUrl === undefined || loginUrl === undefined) && {
        field: 'region',
        expected: `${settings.region.expected}, unless apiUrl and loginUrl are given`,
      },
    ...problemsOfClient(values),
    tokenFile !== undefined && signIn !== true && { field: 'tokenFile', expected: 'nothing, as signIn is not given' },
  ]
}

/** The configuration of a program, checked. Throws a `LicenseException` that names the wrong fields. */
export const checkedConfig = (config: GenesysConfig): GenesysConfig =>
  Fields.givenConfig(config, settings, {
    maker: 'createGenesysProvider',
    credentials: ['clientId', 'clientSecret'],
    check: (values, keepsTokens) => [
      ...problemsOfValues(values),
      values.signIn === true &&
        !keepsTokens && { field: 'tokens', expected: 'a token store, with the functions read and write' },
    ],
  })
