import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Forecasts, ProviderRuntime } from '../../src/provider-kit/index.ts'
import { openWebexAccess } from './access.ts'
import { ACCOUNTS_PER_PAGE } from './accounts.ts'
import { clientOf, MAX_HOLDERS_PER_PAGE, MAX_PEOPLE_PER_PAGE } from './client.ts'
import { unitsOf } from './codecs.ts'
import type { WebexConfig } from './config.ts'
import { ACCOUNTS_READ, DEVICES_READ, LICENSES_READ, MEMBERSHIPS_READ, PEOPLE_READ, WORKSPACES_READ } from './scopes.ts'

const AS_MANY = 'one for each page, of which Webex does not tell the number'

/** Every person holds a license at most once. */
const fewestPeople = ({ people, users, holders = [] }: Forecasts.OrganizationSize): number =>
  people ?? users ?? holders.reduce((most, one) => Math.max(most, one), 0)

/** What a provider of this configuration asks of Webex, which documents no rate. */
export const webexForecast = (config: WebexConfig, runtime: ProviderRuntime = {}): Forecasts.VendorForecast => {
  const { userSource = 'both', pageSize, scim = false, devices = false, hybridMemberships = false } = config
  const licenses = [{ operation: 'GET /v1/licenses', needs: LICENSES_READ }]
  const memberships = hybridMemberships
    ? [{ operation: 'GET /v1/resourceGroup/memberships/v2', needs: MEMBERSHIPS_READ, unsure: AS_MANY }]
    : []

  const people = (size: Forecasts.OrganizationSize) => {
    const rows = fewestPeople(size)
    const unsure =
      size.people === undefined && size.users === undefined
        ? 'Webex does not tell how many people there are; at least as many as hold the most frequent license'
        : undefined
    return [
      {
        operation: 'GET /v1/people',
        rows,
        pageSize: { configured: pageSize, most: MAX_PEOPLE_PER_PAGE },
        needs: PEOPLE_READ,
        unsure,
      },
      ...(scim && userSource === 'both'
        ? [
            {
              operation: 'GET /identity/scim/{orgId}/v2/Users',
              rows,
              pageSize: { configured: pageSize, most: ACCOUNTS_PER_PAGE },
              needs: ACCOUNTS_READ,
              unsure,
            },
          ]
        : []),
    ]
  }

  const holders = ({ holders: rows = [] }: Forecasts.OrganizationSize) => ({
    operation: 'GET /v1/licenses/{licenseId}',
    rows,
    pageSize: { configured: pageSize, most: MAX_HOLDERS_PER_PAGE },
    needs: LICENSES_READ,
  })

  return {
    beforehand:
      'accessToken' in config
        ? []
        : [{ operation: 'POST /v1/access_token', unsure: 'none while the token that is kept is valid' }],
    measure: (known, scope) => {
      // The people need no license to be listed.
      const isEnough = known.holders !== undefined || (userSource === 'people' && known.users !== undefined)
      if (isEnough) return TE.right(known)
      return pipe(
        clientOf(openWebexAccess(config, runtime)).listLicenses({}, scope),
        TE.map(({ records }) => ({
          ...known,
          holders: records.map(({ consumedUnits }) => unitsOf(consumedUnits) ?? 0),
        })),
      )
    },
    requestsOf: (call, size) => {
      switch (call.operation) {
        case 'listLicenses':
          return licenses
        case 'listUsers':
          if (userSource === 'people') return people(size)
          return [
            ...(call.withLicenses ? [] : licenses),
            holders(size),
            ...(userSource === 'both' ? people(size) : []),
            ...memberships,
          ]
        case 'listWorkspaces':
          // The last page is known by the one after it, which brings nothing.
          return [
            { operation: 'GET /v1/workspaces', requests: 2, needs: WORKSPACES_READ, unsure: AS_MANY },
            ...(devices ? [{ operation: 'GET /v1/devices', needs: DEVICES_READ, unsure: AS_MANY }] : []),
            ...memberships,
          ]
        case 'getUser':
          return [{ operation: 'GET /v1/people', needs: PEOPLE_READ }]
        case 'findUsers':
          return [{ operation: 'GET /v1/people', requests: call.users, needs: PEOPLE_READ }]
      }
    },
  }
}
