import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import { type RequestScope, whenRun } from '../paging/request-scope.ts'
import type { ApiAccess } from './api-access.ts'
import type { ListedOrganization, OrganizationSource } from './organizations.ts'
import { byToken, type TokenList } from './vendor-lists.ts'

/** An organization as the vendor has it. */
export type ToldOrganization = Omit<ListedOrganization, 'key'>

/** Where a vendor lists the organizations that a credential reaches. */
export interface VendorOrganizations {
  /** What an organization is recognized by, of its id in any spelling. */
  readonly keyOf: (id: string) => string
  /** An organization may be in several lists. */
  readonly lists: readonly Pick<TokenList<ToldOrganization>, 'operation' | 'pageSize' | 'fetch'>[]
  readonly get: (id: string, scope: RequestScope) => TaskEither<LicenseError, ToldOrganization>
}

/** Makes the source of organizations, for `organizations` of a definition. */
export const createOrganizationSource = (
  access: Pick<ApiAccess, 'provider' | 'clock' | 'events'>,
  { keyOf, lists, get }: VendorOrganizations,
): OrganizationSource => {
  const withKey = (organization: ToldOrganization): ListedOrganization => ({
    key: keyOf(organization.id),
    ...organization,
  })
  return {
    keyOf,
    lists: (request) =>
      lists.map(({ fetch, ...list }) =>
        byToken<ListedOrganization>(
          access,
          {
            ...list,
            keyOf: ({ key }) => key,
            fetch: (start) => {
              const fetchPage = fetch(start)
              return (ask) =>
                pipe(
                  fetchPage(ask),
                  TE.map((page) => ({ ...page, items: page.items.map(withKey) })),
                )
            },
          },
          request,
        ),
      ),
    get: (id, options = {}) => whenRun(options, access.clock, (scope) => pipe(get(id, scope), TE.map(withKey))),
  }
}
