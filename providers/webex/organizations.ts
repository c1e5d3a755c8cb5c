import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type * as t from 'io-ts'
import {
  Answers,
  createOrganizationSource,
  type Lists,
  type OrganizationSource,
  type ProviderRuntime,
} from '../../src/provider-kit/index.ts'
import { openWebexAccess } from './access.ts'
import { Items, ManagedOrganization, Organization } from './codecs.ts'
import type { WebexConfig } from './config.ts'
import { createListReader, type Listing } from './list-reader.ts'
import { organizationKey } from './own-organization.ts'
import { tokenPageOf } from './token-page.ts'
import { ONE_ORGANIZATION } from './wake-organization.ts'

export const ORGANIZATIONS_READ = ['spark-admin:organizations_read']

const toldOf = ({ id, displayName }: Organization) => ({ id, ...(displayName ? { name: displayName } : {}) })

/**
 * The organizations that a token reaches: those of `GET /organizations`, and the customers of `GET /partner/organizations`, which
 * tells no names. Webex documents both without pages; a next page that it names is read all the same. Needs
 * `spark-admin:organizations_read`. `orgId` of the configuration is not used.
 */
export const webexOrganizations = (config: WebexConfig, runtime: ProviderRuntime = {}): OrganizationSource => {
  const access = openWebexAccess({ ...config, orgId: undefined }, runtime)
  const { provider, apiUrl, call } = access
  const { read } = createListReader(access)

  const listOf = <A, B extends { readonly id: string }>(
    path: string,
    name: string,
    record: t.Type<A>,
    itemOf: (record: A) => B,
  ): Pick<Lists.TokenList<B>, 'operation' | 'fetch'> => {
    const operation = `GET /v1${path}`
    const listing: Listing<A> = {
      list: { provider, operation, name, apiUrl, path, fixed: {} },
      path,
      needs: ORGANIZATIONS_READ,
      rowsIn: (response) =>
        pipe(
          Answers.readBody(provider, operation, Items, response),
          E.map(({ items }) => items),
        ),
      record,
      own: (one) => one,
    }
    return {
      operation,
      fetch:
        ({ scope }) =>
        ({ cursor }) =>
          pipe(
            read(listing, { cursor }, scope),
            TE.map((page) => tokenPageOf(page, 'the organizations', itemOf)),
          ),
    }
  }
  return createOrganizationSource(access, {
    keyOf: organizationKey,
    lists: [
      listOf('/organizations', 'organizations', Organization, toldOf),
      listOf('/partner/organizations', 'customers', ManagedOrganization, ({ orgId: id }) => ({ id })),
    ],
    get: (id, scope) =>
      pipe(
        call({ method: 'GET', path: ONE_ORGANIZATION, id, needs: ORGANIZATIONS_READ }, Organization, scope),
        TE.map(toldOf),
      ),
  })
}
