import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Calls, Forecasts, type ProviderRuntime } from '../../src/provider-kit/index.ts'
import { openGenesysAccess } from './access.ts'
import { clientOf, needs } from './client.ts'
import type { GenesysConfig } from './config.ts'
import { MAX_PAGE_SIZE } from './directory.ts'
import { USUAL_PAGE_SIZE } from './provider.ts'

const TOKEN = 'POST /oauth/token'

/**
 * The vendor's `token.rate.per.minute`; every answer repeats it (`inin-ratelimit-allowed`).
 * Source: "Rate limits" in the Genesys Cloud Developer Center.
 */
const PACE = { requests: 300, inMs: 60_000 }

/** Of an analytics query; see `presence.ts`. */
const USERS_PER_QUERY = 100

type Requests = readonly Forecasts.RequestForecast[]

const billingRequests = ({ billing }: GenesysConfig): Requests => {
  if (billing === undefined || billing.source === 'off') return []
  if (billing.source === 'trustee') {
    return [
      { operation: TOKEN, requests: 1 },
      {
        operation: 'GET /api/v2/billing/trusteebillingoverview/{trustorOrgId}',
        requests: 1,
        needs: needs.clientBilling,
      },
    ]
  }
  const unsure = 'one for each active contract'
  return [
    { operation: 'GET /api/v2/billing/contracts', requests: 1, needs: needs.billing },
    { operation: 'GET /api/v2/billing/contracts/{contractId}', requests: 1, needs: needs.billing, unsure },
    {
      operation: 'GET /api/v2/billing/contracts/{contractId}/billingperiods/{billingPeriodId}',
      requests: 1,
      needs: needs.billing,
      unsure,
    },
  ]
}

/** What a provider of this configuration asks of Genesys Cloud. */
export const genesysForecast = (config: GenesysConfig, runtime: ProviderRuntime = {}): Forecasts.ProviderForecast => {
  const { pageSize, activity } = config
  const usersPerPage = Math.min(pageSize ?? USUAL_PAGE_SIZE, MAX_PAGE_SIZE)
  const peoplePerPage = Math.min(pageSize ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE)

  const presences = (people: number): Requests =>
    activity === 'presence'
      ? [
          {
            operation: 'POST /api/v2/analytics/users/aggregates/query',
            requests: Forecasts.pagesOf(people, USERS_PER_QUERY),
            needs: needs.aggregates,
            unsure: 'users who were not online in the last month are asked for again, up to 12 times',
          },
        ]
      : []

  const requestsOf: Forecasts.ProviderForecast['requestsOf'] = (call, { users, people = users }) => {
    const unsure = users === undefined ? 'Genesys Cloud did not tell how many users there are' : undefined
    switch (call.operation) {
      case 'listLicenses':
        return [
          { operation: 'GET /api/v2/license/definitions', requests: 1, needs: needs.licenses },
          ...billingRequests(config),
        ]
      case 'listUsers':
        return [
          {
            operation: 'GET /api/v2/license/users',
            requests: Forecasts.pagesOf(users ?? 0, usersPerPage),
            unsure,
          },
          {
            operation: 'GET /api/v2/users',
            requests: Forecasts.pagesOf(people ?? 0, peoplePerPage),
            needs: needs.users,
            unsure,
          },
          ...presences(people ?? 0),
        ]
      case 'getUser':
        return [
          { operation: 'POST /api/v2/users/search', requests: 1, needs: needs.users },
          { operation: 'GET /api/v2/license/users/{userId}', requests: 1, needs: needs.licenses },
        ]
      case 'findUsers':
        return [
          { operation: 'POST /api/v2/users/search', requests: call.users, needs: needs.users },
          { operation: 'POST /api/v2/license/users', requests: call.users, needs: needs.licenses },
        ]
      case 'listWorkspaces':
        return []
    }
  }

  return {
    pace: PACE,
    beforehand: 'accessToken' in config ? [] : [{ operation: TOKEN, requests: 1 }],
    measure: (known, options = {}) => {
      if (known.users !== undefined) return TE.right(known)
      const access = openGenesysAccess(config, runtime)
      const client = clientOf(access)
      return Calls.whenRun(options, access.clock, (scope) => async () => {
        const [listed, directory] = await Promise.all([
          client.getLicenseUsers({ pageSize: 1 }, scope)(),
          client.getUsers({ state: 'any', pageSize: 1 }, scope)(),
        ])
        // A directory that cannot be read is asked once.
        const people = E.isRight(directory) ? directory.right.total : 0
        return E.isLeft(listed) ? listed : E.right({ ...known, users: listed.right.total, people })
      })
    },
    requestsOf,
  }
}
