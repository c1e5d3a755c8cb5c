import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Calls, type LicenseError, Lists, type RequestScope } from '../../src/provider-kit/index.ts'
import type { WebexAccess } from './access.ts'
import type { WorkspacesQuery } from './client.ts'
import type { WebexConfig } from './config.ts'
import { idKey } from './hydra-id.ts'
import type { LinkedPage } from './list-reader.ts'
import { configuredRows } from './workspace-listings.ts'

/** How the page of a client becomes one of a list, with its gaps. */
export type PageOf = <A, B>(page: LinkedPage<A>, what: string, map: (record: A) => B) => Lists.TokenPage<B>

/** What a list that others are joined with is read with. */
export interface JoinedSources {
  readonly access: WebexAccess
  readonly config: Pick<WebexConfig, 'pageSize'>
  readonly pageOf: PageOf
}

interface JoinedList<A, S> {
  readonly operation: string
  /** What it lists, in words. */
  readonly what: string
  readonly fetch: (query: WorkspacesQuery, scope: RequestScope) => TaskEither<LicenseError, LinkedPage<A>>
  readonly initial: () => S
  readonly step: (state: S, item: A) => S
}

/**
 * Reads all of a list into one value, in the time that the call can spare. A part of it would tell less than there is: then a
 * `Left` says why it is not whole.
 */
export const readAllOf = async <A extends { readonly id: string }, S>(
  { access, config, pageOf }: JoinedSources,
  { operation, what, fetch, initial, step }: JoinedList<A, S>,
  scope: RequestScope,
): Promise<E.Either<string, S>> => {
  const list = Lists.byToken<A>(
    access,
    {
      operation,
      keyOf: ({ id }) => idKey(id),
      ...configuredRows(config),
      fetch:
        ({ scope: own }) =>
        ({ pageSize: max, ...ask }) =>
          TE.map((page: LinkedPage<A>) => pageOf(page, `a page of the ${what}`, (record) => record))(
            fetch({ ...ask, max }, own),
          ),
    },
    Calls.spareTime(scope, access.clock),
  )
  const name = { provider: access.provider, operation }
  return E.mapLeft(({ _tag, message }: LicenseError) => (_tag === 'DeadlineExceeded' ? Calls.NO_SPARE_TIME : message))(
    Lists.wholeOf(name, await Lists.collect<A, S>(initial, step)(list)()),
  )
}
