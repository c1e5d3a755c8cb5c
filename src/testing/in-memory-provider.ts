import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  type AssignmentChange,
  type AttemptEvent,
  Calls,
  type Capabilities,
  type Clock,
  createProvider,
  everythingSupported,
  type Holder,
  Http,
  type Ledger,
  type License,
  type LicensedUser,
  type LicenseError,
  type LicenseProvider,
  Lists,
  Lookups,
  type Operation,
  type Paged,
  type PageRequest,
  providerIdOf,
  type RequestScope,
  type TransportEvent,
  type UserLookup,
  type UserReference,
  unsupported,
  Values,
  type Workspace,
} from '../provider-kit/index.ts'
import { endsWith } from './ends-with.ts'
import { type ChangeFate, inMemoryChanges, type SeatMove } from './in-memory-changes.ts'

/** One request to the vendor, which exists in memory only. */
export interface InMemoryRequest {
  readonly operation: Operation
  /** Which page of a list is asked for: its continuation. Absent for the first page and for what is no list. */
  readonly continuation?: string | undefined
  /** What is to be changed, one change a request. Only of `changeAssignments`. */
  readonly change?: AssignmentChange | undefined
}

/** What the provider in memory contains, and how it behaves. */
export interface InMemoryOptions {
  /** Default: `in-memory`. */
  readonly id?: string | undefined
  /** Default: `in-memory`. */
  readonly vendor?: string | undefined
  /** Default: `In memory`. */
  readonly displayName?: string | undefined
  /** `raw` is what `includeRaw` gives; where it is absent, the item itself is. */
  readonly licenses: readonly Omit<License, 'provider'>[]
  readonly users: readonly Omit<LicensedUser, 'provider'>[]
  /** Default: the provider lists no workspaces. */
  readonly workspaces?: readonly Omit<Workspace, 'provider'>[] | undefined
  /** The ledger of a directory that the users were joined with. Default: none was. */
  readonly directory?: Ledger | undefined
  /** What the list of users never names. Default: nothing. */
  readonly omits?: readonly string[] | undefined
  /** Items on a page of the vendor, which is a request; the caller may have them cut smaller. Default: 100. */
  readonly pageSize?: number | undefined
  /** No page has more items, whatever is configured. Default: 1,000. */
  readonly maxPageSize?: number | undefined
  /** Default: everything is supported. */
  readonly capabilities?: Capabilities | undefined
  /** For deadlines. Default: the system's. */
  readonly clock?: Clock | undefined
  /** As with any provider. Every request is one attempt, with status 200 where it is answered with what it asks for. */
  readonly onEvent?: ((event: TransportEvent) => void) | undefined
  /**
   * Called for every request. The error that it returns becomes the answer; it may take its time, as the caller's signal
   * and deadline are heard meanwhile. Default: every request is answered.
   */
  readonly onRequest?:
    | ((request: InMemoryRequest) => LicenseError | undefined | Promise<LicenseError | undefined>)
    | undefined
  /**
   * Changes a page before it is delivered, for lists that misbehave. A `next` with more leading zeros is another token
   * for the same place. Default: pages are as they are.
   */
  readonly onPage?: (<A>(request: InMemoryRequest, page: Lists.TokenPage<A>) => Lists.TokenPage<A>) | undefined
  /** What becomes of a change that is sent, unless `onRequest` answers it. Default: `done`. */
  readonly onChange?: ((change: AssignmentChange) => ChangeFate) | undefined
}

/** How an attempt ended, for its event: without an answer only where the call ended first. */
const outcomeOf = (given: Either<LicenseError, unknown>): Pick<AttemptEvent, 'status' | 'failure'> => {
  if (E.isRight(given)) return { status: 200 }
  const { _tag, status = 500 } = given.left
  if (_tag === 'Aborted') return { failure: 'aborted' }
  return _tag === 'DeadlineExceeded' ? { failure: 'deadline' } : { status }
}

const withoutWorkspaces: Capabilities = {
  ...everythingSupported,
  operations: { ...everythingSupported.operations, listWorkspaces: unsupported('no workspaces are given') },
}

const DEFAULT_PAGE_SIZE = 100
const MAX_PAGE_SIZE = 1_000

const FIRST = '0'
const POSITION = /^\d{1,30}$/

interface InMemoryList<A, B> {
  readonly operation: Operation
  /** Of which license, where it is a list of holders. */
  readonly of?: string
  readonly rows: readonly A[]
  readonly keyOf: (item: B) => string
  readonly contentOf?: (item: B) => readonly string[]
  readonly present: (row: A) => B
  readonly extra?: Pick<Lists.TokenPage<B>, 'directory' | 'omits'>
}

/** Moves are in the order of their times. */
const heldAfter = (
  licenseIds: readonly string[],
  moves: readonly (SeatMove & { readonly at: number })[],
  now: number,
): readonly string[] => {
  const held = new Set(licenseIds)
  for (const { action, licenseId, at } of moves) {
    if (at > now) break
    held.delete(licenseId)
    if (action === 'assign') held.add(licenseId)
  }
  return [...held]
}

/**
 * A provider whose vendor is a pair of arrays: for the tests of programs that use providers, and to see what a complete
 * provider is made of. It pages, resumes, changes, stops and fails like any other; `onRequest`, `onPage` and `onChange`
 * make it fail.
 */
export const createInMemoryProvider = (options: InMemoryOptions): LicenseProvider => {
  const provider = providerIdOf(options.id ?? 'in-memory')
  const { workspaces } = options
  const clock = options.clock ?? Calls.systemClock
  const wanted = Math.min(options.maxPageSize ?? MAX_PAGE_SIZE, options.pageSize ?? DEFAULT_PAGE_SIZE)
  const pageSize = Math.max(1, Math.floor(wanted))
  const events = Http.createProviderEvents(options.onEvent)

  /** What users have gained and lost, by user, each at its time. */
  const moved = new Map<string, readonly (SeatMove & { readonly at: number })[]>()
  const users = () =>
    options.users.map((user) => {
      const moves = moved.get(user.id)
      return moves === undefined ? user : { ...user, licenseIds: heldAfter(user.licenseIds, moves, clock.now()) }
    })

  const failure = (tag: 'NotFound' | 'Conflict' | 'RequestRejected', operation: Operation, message: string) =>
    E.left<LicenseError>({ _tag: tag, provider, operation, message })

  const withRaw = <A extends { readonly raw?: unknown }>({ raw, ...item }: A, includeRaw: boolean | undefined) => ({
    ...item,
    provider,
    ...(includeRaw ? { raw: raw ?? item } : {}),
  })

  /**
   * What the test has in mind for a request: at once where `onRequest` answers at once. A mistake in it is told as such, and
   * not taken for the vendor's answer.
   */
  const hear = (request: InMemoryRequest): LicenseError | undefined | Promise<LicenseError | undefined> => {
    const mistake = (message: string): LicenseError => ({
      _tag: 'InvalidResponse',
      provider,
      operation: request.operation,
      message: `onRequest ${message}`,
      issues: [],
    })
    const thrown = (error: unknown) => mistake(`threw: ${error instanceof Error ? error.message : String(error)}`)
    const answered = (answer: LicenseError | undefined) => {
      const isError = typeof answer === 'object' && answer !== null && '_tag' in answer
      return answer === undefined || isError ? answer : mistake('gave something else than a LicenseError or undefined')
    }
    try {
      const answer = options.onRequest?.(request)
      return answer instanceof Promise ? answer.then(answered, thrown) : answered(answer)
    } catch (error) {
      return thrown(error)
    }
  }

  /** What every request goes through: the caller's bounds, then whatever the test has in mind for it. */
  const answer = <A>(
    request: InMemoryRequest,
    scope: RequestScope,
    give: () => Either<LicenseError, A>,
  ): TaskEither<LicenseError, A> => {
    const name = { provider, operation: request.operation }
    return async () => {
      const bounds = endsWith(scope, clock, name)
      try {
        const early = bounds.ended()
        if (early !== undefined) return E.left(early)
        scope.onAttempt?.('sent')
        const [id, sentAt, begun] = [events.nextId(), clock.now(), Calls.elapsedOn(clock)]
        const error = await Promise.race([hear(request), bounds.end])
        const given = error === undefined ? give() : E.left(error)
        events.emit({
          type: 'attempt',
          ...name,
          id,
          attempt: 1,
          startedAt: new Date(sentAt).toISOString(),
          milliseconds: Calls.elapsedOn(clock) - begun,
          ...outcomeOf(given),
          bytes: 0,
        })
        if (E.isLeft(given)) scope.onAttempt?.('refused')
        return given
      } finally {
        bounds.release()
      }
    }
  }

  const list = <A, B>({ rows, present, extra, ...named }: InMemoryList<A, B>, request: PageRequest): Paged<B> =>
    Lists.byToken(
      { provider, clock, events },
      {
        ...named,
        fetch:
          ({ scope }) =>
          ({ cursor }) => {
            const { operation } = named
            const asked = { operation, ...(cursor === undefined ? {} : { continuation: cursor }) }
            return answer(asked, scope, () => {
              if (!POSITION.test(cursor ?? FIRST)) return failure('RequestRejected', operation, 'there is no such page')
              const start = Number(cursor ?? FIRST)
              const end = start + pageSize
              const page: Lists.TokenPage<B> = {
                items: rows.slice(start, end).map(present),
                total: rows.length,
                ...extra,
                ...(end < rows.length ? { next: String(end) } : {}),
              }
              return E.right(options.onPage?.(asked, page) ?? page)
            })
          },
      },
      request,
    )

  const findUser = (reference: UserReference): Either<LicenseError, LicensedUser> => {
    const found =
      'id' in reference
        ? users().filter(({ id }) => id === reference.id)
        : Values.meantByAddress(users().filter((user) => Values.hasAddress(user, reference.email)))
    const [user, another] = found
    if (user === undefined) return failure('NotFound', 'getUser', 'there is no such user')
    if (another !== undefined) return failure('Conflict', 'getUser', `${found.length} users have that e-mail address`)
    return E.right(withRaw(user, false))
  }

  const lookUp = (reference: UserReference): UserLookup => {
    const lookup = Lookups.lookupOf(findUser(reference))
    if (lookup.kind !== 'ambiguous' || 'id' in reference) return lookup
    const candidates = users().filter((user) => Values.hasAddress(user, reference.email))
    return { kind: 'ambiguous', candidates: candidates.map((user) => withRaw(user, false)) }
  }

  const holderOf =
    (licenseId: string, includeRaw: boolean | undefined) =>
    ({
      id,
      licenseIds: _,
      pendingLicenseIds: __,
      lastActiveAt: ___,
      otherEmails: ____,
      ...person
    }: Omit<LicensedUser, 'provider'>): Holder => ({
      ...withRaw(person, includeRaw),
      userId: id,
      licenseId,
    })

  const operation = 'changeAssignments'
  const changes = inMemoryChanges({
    provider,
    operation,
    heldBy: (userId) => {
      const user = users().find(({ id }) => id === userId)
      return user === undefined ? failure('NotFound', operation, 'there is no such user') : E.right(user)
    },
    move: (userId, moves, afterMs) => {
      const at = clock.now() + afterMs
      const all = [...(moved.get(userId) ?? []), ...moves.map(({ action, licenseId }) => ({ action, licenseId, at }))]
      moved.set(
        userId,
        all.sort((one, other) => one.at - other.at),
      )
    },
    request: (change, scope) =>
      answer({ operation, change }, scope, () =>
        options.licenses.some(({ id }) => id === change.licenseId)
          ? E.right(options.onChange?.(change) ?? 'done')
          : failure('NotFound', operation, 'there is no such license'),
      ),
  })

  return createProvider(
    { provider, clock, events },
    {
      vendor: options.vendor ?? 'in-memory',
      displayName: options.displayName ?? 'In memory',
      capabilities: Values.withDefaults<Capabilities>(
        workspaces === undefined ? withoutWorkspaces : everythingSupported,
        options.capabilities,
      ),

      listLicenses: (request) =>
        list<Omit<License, 'provider'>, License>(
          {
            operation: 'listLicenses',
            rows: options.licenses,
            keyOf: ({ id }) => id,
            present: (license) => withRaw(license, request.includeRaw),
          },
          request,
        ),

      getLicense: (licenseId, scope) =>
        pipe(
          answer({ operation: 'getLicense' }, scope, () => E.right(options.licenses)),
          TE.map((licenses) => licenses.find(({ id }) => id === licenseId)),
          TE.flatMapEither((license) =>
            license === undefined
              ? failure('NotFound', 'getLicense', 'there is no such license')
              : E.right(withRaw(license, false)),
          ),
        ),

      listUsers: (request) =>
        list<Omit<LicensedUser, 'provider'>, LicensedUser>(
          {
            operation: 'listUsers',
            rows: users(),
            keyOf: ({ id }) => id,
            contentOf: Values.holdingWords,
            present: (user) => withRaw(user, request.includeRaw),
            extra: { directory: () => options.directory, omits: options.omits },
          },
          request,
        ),

      getUser: (reference, scope) => answer({ operation: 'getUser' }, scope, () => findUser(reference)),

      findUsers: (references, scope) =>
        pipe(
          answer({ operation: 'getUser' }, scope, () => E.right(references.map(lookUp))),
          TE.getOrElse((error) => T.of(references.map((): UserLookup => ({ kind: 'failed', error })))),
        ),

      listHolders: (licenseId, request) =>
        list<Omit<LicensedUser, 'provider'>, Holder>(
          {
            operation: 'listHolders',
            of: licenseId,
            rows: users().filter((user) => user.licenseIds.includes(licenseId)),
            keyOf: ({ userId }) => userId,
            present: holderOf(licenseId, request.includeRaw),
          },
          request,
        ),

      ...(workspaces === undefined
        ? {}
        : {
            listWorkspaces: (request: PageRequest) =>
              list<Omit<Workspace, 'provider'>, Workspace>(
                {
                  operation: 'listWorkspaces',
                  rows: workspaces,
                  keyOf: ({ id }) => id,
                  contentOf: ({ licenseIds }) => licenseIds,
                  present: (workspace) => withRaw(workspace, request.includeRaw),
                },
                request,
              ),
          }),

      changes,
    },
  )
}
