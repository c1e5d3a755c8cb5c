import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Forecasts, ProviderRuntime } from '../../src/provider-kit/index.ts'
import { openGenesysAccess } from './access.ts'
import { clientOf } from './client.ts'
import type { GenesysConfig } from './config.ts'
import { MAX_PAGE_SIZE } from './directory.ts'
import { AGGREGATE_VIEW, BILLING_VIEW, CLIENT_BILLING_VIEW, LICENSE_VIEW, USER_VIEW } from './permissions.ts'
import { USUAL_PAGE_SIZE } from './provider.ts'

const TOKEN = 'POST /oauth/token'

/**
 * The vendor's `token.rate.per.minute`; every answer repeats it (`inin-ratelimit-allowed`).
 * Source: "Rate limits" in the Genesys Cloud Developer Center.
 */
const PACE = { requests: 300, inMs: 60_000 }

/** Of an analytics query; see `presence.ts`. */
const USERS_PER_QUERY = 100

const billingRequests = ({ billing }: GenesysConfig) => {
  if (billing === undefined || billing.source === 'off') return []
  if (billing.source === 'trustee') {
    return [
      { operation: TOKEN },
      { operation: 'GET /api/v2/billing/trusteebillingoverview/{trustorOrgId}', needs: CLIENT_BILLING_VIEW },
    ]
  }
  const unsure = 'one for each active contract'
  return [
    { operation: 'GET /api/v2/billing/contracts', needs: BILLING_VIEW },
    { operation: 'GET /api/v2/billing/contracts/{contractId}', needs: BILLING_VIEW, unsure },
    {
      operation: 'GET /api/v2/billing/contracts/{contractId}/billingperiods/{billingPeriodId}',
      needs: BILLING_VIEW,
      unsure,
    },
  ]
}

/** What a provider of this configuration asks of Genesys Cloud. */
export const genesysForecast = (config: GenesysConfig, runtime: ProviderRuntime = {}): Forecasts.VendorForecast => {
  const { pageSize, activity } = config
  const pages = { configured: pageSize, most: MAX_PAGE_SIZE }

  const presences = (people: number) =>
    activity === 'presence'
      ? [
          {
            operation: 'POST /api/v2/analytics/users/aggregates/query',
            rows: people,
            pageSize: { most: USERS_PER_QUERY },
            needs: AGGREGATE_VIEW,
            unsure: 'users who were not online in the last month are asked for again, up to 12 times',
          },
        ]
      : []

  const requestsOf: Forecasts.VendorForecast['requestsOf'] = (call, { users, people = users }) => {
    const unsure = users === undefined ? 'Genesys Cloud did not tell how many users there are' : undefined
    switch (call.operation) {
      case 'listLicenses':
        return [{ operation: 'GET /api/v2/license/definitions', needs: LICENSE_VIEW }, ...billingRequests(config)]
      case 'listUsers':
        return [
          {
            operation: 'GET /api/v2/license/users',
            rows: users ?? 0,
            pageSize: { ...pages, usual: USUAL_PAGE_SIZE },
            unsure,
          },
          {
            operation: 'GET /api/v2/users',
            rows: people ?? 0,
            pageSize: pages,
            needs: USER_VIEW,
            unsure,
          },
          ...presences(people ?? 0),
        ]
      case 'getUser':
        return [
          { operation: 'POST /api/v2/users/search', needs: USER_VIEW },
          { operation: 'GET /api/v2/license/users/{userId}', needs: LICENSE_VIEW },
        ]
      case 'findUsers':
        return [
          { operation: 'POST /api/v2/users/search', requests: call.users, needs: USER_VIEW },
          { operation: 'POST /api/v2/license/users', requests: call.users, needs: LICENSE_VIEW },
        ]
      case 'listWorkspaces':
        return []
    }
  }

  return {
    pace: PACE,
    beforehand: 'accessToken' in config ? [] : [{ operation: TOKEN }],
    measure: (known, scope) => {
      if (known.users !== undefined) return TE.right(known)
      const client = clientOf(openGenesysAccess(config, runtime))
      return async () => {
        const [listed, directory] = await Promise.all([
          client.getLicenseUsers({ pageSize: 1 }, scope)(),
          client.getUsers({ state: 'any', pageSize: 1 }, scope)(),
        ])
        // A directory that cannot be read is asked once.
        const people = E.isRight(directory) ? directory.right.total : 0
        return E.isLeft(listed) ? listed : E.right({ ...known, users: listed.right.total, people })
      }
    },
    requestsOf,
  }
}
