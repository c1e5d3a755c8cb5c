import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { ProviderRuntime, RequestScope } from '../../src/provider-kit/index.ts'
import { API_ADDRESSES, openWebexAccess, type WebexAccess } from './access.ts'
import { Items, Organization, Person } from './codecs.ts'
import type { WebexConfig } from './config.ts'
import { needsOf } from './needs.ts'
import { organizationKey } from './own-organization.ts'

/**
 * The name of an organization. It is looked for in the list, as asking for one organization makes Webex add it to those that the
 * administrator manages.
 */
const nameOf =
  ({ call }: WebexAccess, orgId: string) =>
  (scope: RequestScope): T.Task<string | undefined> =>
    pipe(
      call({ method: 'GET', path: '/organizations', needs: ['spark-admin:organizations_read'] }, Items, scope),
      TE.map(({ items }) =>
        items.filter(Organization.is).find(({ id }) => organizationKey(id) === organizationKey(orgId)),
      ),
      TE.match(
        () => undefined,
        (found) => found?.displayName ?? undefined,
      ),
    )

const identify = (access: WebexAccess) => (scope: RequestScope) =>
  pipe(
    access.call({ method: 'GET', path: '/people/me', needs: ['spark:people_read'] }, Person, scope),
    TE.flatMapTask(({ displayName, emails, orgId: own }) => {
      const orgId = access.orgId ?? (typeof own === 'string' && own.trim() !== '' ? own : undefined)
      const user = emails?.[0] ?? displayName ?? undefined
      const named = orgId === undefined ? T.of(undefined) : nameOf(access, orgId)(scope)
      return pipe(
        named,
        T.map((name) => ({
          user,
          organization: orgId === undefined ? undefined : { id: organizationKey(orgId), name },
        })),
      )
    }),
  )

/** What the credentials of an organization are good for. Webex lists no scopes of a token: small reads find them out. */
export const diagnoseWebex = (config: WebexConfig, runtime: ProviderRuntime) => {
  const api = openWebexAccess(config, runtime)
  const { host } = new URL(api.apiUrl)
  const known = API_ADDRESSES.map((address) => new URL(address).host)
  return {
    api,
    needs: needsOf(config, api),
    identify: identify(api),
    regions: { own: known.includes(host) ? host : undefined, known },
  }
}
