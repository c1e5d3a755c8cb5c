import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Calls, Forecasts, type ProviderRuntime } from '../../src/provider-kit/index.ts'
import { openWebexAccess } from './access.ts'
import { ACCOUNTS_PER_PAGE } from './accounts.ts'
import { clientOf, MAX_HOLDERS_PER_PAGE, MAX_PEOPLE_PER_PAGE, needs } from './client.ts'
import { unitsOf } from './codecs.ts'
import type { WebexConfig } from './config.ts'
import { listingNeeds } from './workspace-listings.ts'

type Requests = readonly Forecasts.RequestForecast[]

const AS_MANY = 'one for each page, of which Webex does not tell the number'

/** Every person holds a license at most once. */
const fewestPeople = ({ people, users, holders = [] }: Forecasts.OrganizationSize): number =>
  people ?? users ?? holders.reduce((most, one) => Math.max(most, one), 0)

/** What a provider of this configuration asks of Webex, which documents no rate. */
export const webexForecast = (config: WebexConfig, runtime: ProviderRuntime = {}): Forecasts.ProviderForecast => {
  const { userSource = 'both', pageSize, scim = false, devices = false, hybridMemberships = false } = config
  const licenses: Requests = [{ operation: 'GET /v1/licenses', requests: 1, needs: needs.licenses }]
  const memberships: Requests = hybridMemberships
    ? [
        {
          operation: 'GET /v1/resourceGroup/memberships/v2',
          requests: 1,
          needs: listingNeeds.memberships,
          unsure: AS_MANY,
        },
      ]
    : []

  const people = (size: Forecasts.OrganizationSize): Requests => {
    const few = fewestPeople(size)
    const unsure =
      size.people === undefined && size.users === undefined
        ? 'Webex does not tell how many people there are; at least as many as hold the most frequent license'
        : undefined
    return [
      {
        operation: 'GET /v1/people',
        requests: Forecasts.pagesOf(few, Math.min(pageSize ?? MAX_PEOPLE_PER_PAGE, MAX_PEOPLE_PER_PAGE)),
        needs: needs.people,
        unsure,
      },
      ...(scim && userSource === 'both'
        ? [
            {
              operation: 'GET /identity/scim/{orgId}/v2/Users',
              requests: Forecasts.pagesOf(few, Math.min(pageSize ?? ACCOUNTS_PER_PAGE, ACCOUNTS_PER_PAGE)),
              needs: needs.accounts,
              unsure,
            },
          ]
        : []),
    ]
  }

  const holders = ({ holders: held = [] }: Forecasts.OrganizationSize): Requests => {
    const perPage = Math.min(pageSize ?? MAX_HOLDERS_PER_PAGE, MAX_HOLDERS_PER_PAGE)
    const requests = held.reduce((sum, one) => sum + Forecasts.pagesOf(one, perPage), 0)
    return [{ operation: 'GET /v1/licenses/{licenseId}', requests, needs: needs.licenses }]
  }

  return {
    beforehand:
      'accessToken' in config
        ? []
        : [{ operation: 'POST /v1/access_token', requests: 1, unsure: 'none while the token that is kept is valid' }],
    measure: (known, options = {}) => {
      // The people need no license to be listed.
      const isEnough = known.holders !== undefined || (userSource === 'people' && known.users !== undefined)
      if (isEnough) return TE.right(known)
      const access = openWebexAccess(config, runtime)
      return Calls.whenRun(options, access.clock, (scope) =>
        pipe(
          clientOf(access).listLicenses({}, scope),
          TE.map(({ records }) => ({
            ...known,
            holders: records.map(({ consumedUnits }) => unitsOf(consumedUnits) ?? 0),
          })),
        ),
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
            ...holders(size),
            ...(userSource === 'both' ? people(size) : []),
            ...memberships,
          ]
        case 'listWorkspaces':
          // The last page is known by the one after it, which brings nothing.
          return [
            { operation: 'GET /v1/workspaces', requests: 2, needs: listingNeeds.workspaces, unsure: AS_MANY },
            ...(devices
              ? [{ operation: 'GET /v1/devices', requests: 1, needs: listingNeeds.devices, unsure: AS_MANY }]
              : []),
            ...memberships,
          ]
        case 'getUser':
          return [{ operation: 'GET /v1/people', requests: 1, needs: needs.people }]
        case 'findUsers':
          return [{ operation: 'GET /v1/people', requests: call.users, needs: needs.people }]
      }
    },
  }
}
