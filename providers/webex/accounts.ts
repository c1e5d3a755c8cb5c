import { identity, pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type Gap, type Http, type Ledger, Lists, type RequestScope } from '../../src/provider-kit/index.ts'
import { type AccountEntry, accountEntryOf } from './account-entry.ts'
import type { WebexClient } from './client.ts'
import { type Account, CISCO_USER, ENTERPRISE_USER } from './codecs.ts'
import { readHydraId } from './hydra-id.ts'

/** The accounts of the identity service, as far as they could be read. */
export interface Accounts {
  readonly entryOf: (userId: string) => AccountEntry | undefined
  readonly pages: number
  readonly gaps: readonly Gap[]
}

export interface AccountReader {
  /** All accounts of the organization. Never fails. */
  readonly all: (scope: RequestScope) => Promise<Accounts>
  /** Those of some users. Never fails. */
  readonly of: (userIds: readonly string[], scope: RequestScope) => Promise<Accounts>
}

interface AccountSources extends Pick<Http.ApiAccess, 'provider' | 'clock' | 'events'> {
  readonly client: Pick<WebexClient, 'searchUsers'>
  /** The bare uuid of the organization, as far as it is known by now. */
  readonly organizationUuid: () => string | undefined
  readonly pageSize: number | undefined
}

/** The vendor's default; it documents no limit. */
export const ACCOUNTS_PER_PAGE = 100
/** They go into the address of a request. */
const IDS_PER_REQUEST = 50

const ATTRIBUTES = ['active', ENTERPRISE_USER, CISCO_USER].join(',')

/** An account has the bare uuid that is inside of the id of a person. */
const accountKeyOf = (id: string): string => (readHydraId(id)?.inner ?? id).toLowerCase()

const FILTERABLE = /^[\w-]+$/

const gapsIn = ({ gaps, verdict }: Ledger): readonly Gap[] => {
  if (verdict === 'mismatch') {
    return [{ what: 'accounts of the identity service', reason: 'the list changed while it was read' }]
  }
  return gaps.map((gap) => ({ ...gap, what: `${gap.what} of the accounts of the identity service` }))
}

export const createAccountReader = (sources: AccountSources): AccountReader => {
  const { client } = sources

  const list = (orgId: string, filter: string | undefined, scope: RequestScope) =>
    Lists.byToken<Account>(
      sources,
      {
        operation: 'GET /identity/scim/{orgId}/v2/Users',
        keyOf: ({ id }) => accountKeyOf(id),
        contentOf: (account) => [JSON.stringify(accountEntryOf(account))],
        pageSize: { configured: sources.pageSize, most: ACCOUNTS_PER_PAGE },
        // A page may have fewer than were asked for: what came says where the next one begins.
        fetch:
          (start) =>
          ({ cursor = '1', pageSize: count, divisible }) =>
            pipe(
              client.searchUsers(
                orgId,
                { startIndex: Number(cursor), count, filter, attributes: ATTRIBUTES, divisible },
                start.scope,
              ),
              TE.map((page) => {
                const rows = page.records.length + page.undecodable
                const next = Number(cursor) + rows
                const goesOn = rows > 0 && next <= (page.total ?? next)
                return {
                  ...Lists.pageOf(page, 'a page', identity),
                  total: page.total,
                  ...(goesOn ? { next: String(next) } : {}),
                }
              }),
            ),
      },
      scope,
    )

  const read = async (filters: readonly (string | undefined)[], scope: RequestScope): Promise<Accounts> => {
    const entries = new Map<string, AccountEntry>()
    const accounts = { entryOf: (userId: string) => entries.get(accountKeyOf(userId)) }
    const orgId = sources.organizationUuid()
    if (orgId === undefined) {
      const reason = 'no person names the organization; orgId is needed'
      return { ...accounts, pages: 0, gaps: [{ what: 'the accounts of the identity service', reason }] }
    }
    const readings = await Promise.all(
      filters.map((filter) =>
        Lists.collect<Account, typeof entries>(
          () => entries,
          (known, account) => known.set(accountKeyOf(account.id), accountEntryOf(account)),
        )(list(orgId, filter, scope))(),
      ),
    )
    return {
      ...accounts,
      pages: readings.reduce((pages, { ledger }) => pages + ledger.pages, 0),
      gaps: readings.flatMap(({ ledger }) => gapsIn(ledger)),
    }
  }

  return {
    all: (scope) => read([undefined], scope),
    of: (userIds, scope) => {
      const ids = userIds.map(accountKeyOf).filter((id) => FILTERABLE.test(id))
      const chunks = RA.chunksOf(IDS_PER_REQUEST)(ids)
      return read(
        chunks.map((chunk) => chunk.map((id) => `id eq "${id}"`).join(' or ')),
        scope,
      )
    },
  }
}
