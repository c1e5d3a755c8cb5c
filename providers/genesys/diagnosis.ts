import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Http, LicenseError, Need, ProviderRuntime, RequestScope } from '../../src/provider-kit/index.ts'
import { openGenesysAccess } from './access.ts'
import { openPartner } from './billing/open-billing.ts'
import { AuthorizationSubject, OwnToken } from './codecs.ts'
import type { GenesysConfig } from './config.ts'
import { AGGREGATE_VIEW, BILLING_VIEW, CLIENT_BILLING_VIEW, GRANT_ADD, LICENSE_VIEW, USER_VIEW } from './permissions.ts'
import { domainOfRegion, regionDomains } from './regions.ts'

const needsOfBilling = (config: GenesysConfig, { runtime }: Pick<Http.ApiAccess, 'runtime'>): readonly Need[] => {
  const { billing } = config
  const about = { for: ['listLicenses'], lacks: 'what was bought and billed' } as const
  switch (billing?.source) {
    case 'contracts':
      return [{ ...about, anyOf: BILLING_VIEW, read: { path: '/api/v2/billing/contracts', query: { pageSize: 1 } } }]
    case 'trustee': {
      const path = '/api/v2/billing/trusteebillingoverview/{trustorOrgId}'
      const api = openPartner(config, billing, runtime)
      return [{ ...about, anyOf: CLIENT_BILLING_VIEW, read: { api, path, id: billing.organizationId } }]
    }
    default:
      return []
  }
}

const needsOf = (config: GenesysConfig, access: Pick<Http.ApiAccess, 'runtime'>): readonly Need[] => [
  {
    anyOf: LICENSE_VIEW,
    for: ['listLicenses', 'getLicense', 'getUser'],
    read: { path: '/api/v2/license/definitions' },
  },
  { anyOf: LICENSE_VIEW, for: ['listUsers'], lacks: 'the names of licenses' },
  {
    anyOf: USER_VIEW,
    for: ['getUser'],
    lacks: 'a search by address: the whole directory is read for it',
    read: { path: '/api/v2/users/query', query: { pageSize: 1 } },
  },
  { anyOf: GRANT_ADD, for: ['changeAssignments'] },
  ...needsOfBilling(config, access),
  ...(config.activity === 'presence'
    ? [{ anyOf: AGGREGATE_VIEW, for: ['listUsers'], lacks: 'when users were last online' } as const]
    : []),
]

/** A part of a policy stands for one thing, or for all. */
const covers = (part: string | null | undefined, wanted: string | undefined): boolean => part === '*' || part === wanted

/** What the roles of a client grant. A policy with a condition grants less than it says. */
const grantsOf =
  ({ grants }: AuthorizationSubject) =>
  (permission: string): boolean => {
    const [domain, entity, action] = permission.split(':')
    const policies = (grants ?? []).flatMap(({ role }) => role?.policies ?? [])
    return policies.some(
      (policy) =>
        !policy.condition &&
        covers(policy.domain, domain) &&
        covers(policy.entityName, entity) &&
        (policy.actions ?? []).some((one) => covers(one, action)),
    )
  }

const orNothing = <A>(task: TE.TaskEither<LicenseError, A>): T.Task<A | undefined> =>
  pipe(
    task,
    TE.getOrElseW(() => T.of(undefined)),
  )

/** Both need no permission. What the roles grant is told for users; that it is for clients is likely. */
const identify =
  ({ call }: Http.ApiAccess) =>
  (scope: RequestScope) =>
    pipe(
      TE.Do,
      TE.apS('token', call({ method: 'GET', path: '/api/v2/tokens/me' }, OwnToken, scope)),
      TE.apS(
        'subject',
        TE.fromTask(
          orNothing(call({ method: 'GET', path: '/api/v2/authorization/subjects/me' }, AuthorizationSubject, scope)),
        ),
      ),
      TE.map(({ token: { organization, OAuthClient: client }, subject }) => ({
        client: client?.name ?? client?.id ?? undefined,
        organization: { id: organization?.id ?? undefined, name: organization?.name ?? undefined },
        isGranted: subject === undefined ? undefined : grantsOf(subject),
      })),
    )

/** What the credentials of an organization are good for. */
export const diagnoseGenesys = (config: GenesysConfig, runtime: ProviderRuntime) => {
  const api = openGenesysAccess(config, runtime)
  return {
    api,
    needs: needsOf(config, api),
    identify: identify(api),
    regions: { own: 'region' in config ? domainOfRegion(config.region) : undefined, known: regionDomains },
  }
}
