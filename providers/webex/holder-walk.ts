import * as E from 'fp-ts/lib/Either.js'
import pLimit from 'p-limit'
import {
  Calls,
  type Gap,
  gapLines,
  type Holder,
  type License,
  type LicensedUser,
  type LicenseError,
  Lists,
  Lookups,
  type Paged,
  type PageRequest,
  type RequestScope,
} from '../../src/provider-kit/index.ts'
import type { WebexAccess } from './access.ts'
import { idKey } from './hydra-id.ts'
import type { PeopleDirectory } from './people-directory.ts'
import { openWalkProgress } from './walk-progress.ts'

/** A license whose holders are walked. */
export type WalkedLicense = Pick<License, 'id' | 'name' | 'consumed'>

/** `budget`: as many licenses are walked at once as there may be requests. */
export interface HolderWalk extends Pick<WebexAccess, 'clock' | 'budget'> {
  readonly licenses: readonly WalkedLicense[]
  /** The pages and gaps of the list of licenses, if it was read for this walk. */
  readonly listing: Pick<Lists.FetchedPage<unknown>, 'pages' | 'undecodable' | 'gaps' | 'changed'>
  readonly holdersOf: (licenseId: string, request: Lists.ListRequest) => Paged<Holder>
  /** Rows on a page of holders. */
  readonly pageSize: number
  /** Hears how far the walk has come. */
  readonly progress: Lists.WalkStart['progress']
  /** What the holders are joined with, read beside the walk. Absent: nothing. */
  readonly directory?: Promise<PeopleDirectory> | undefined
}

/** All holders are in memory by then; this bounds how many of them are there in the form of users, too. */
const USERS_AT_ONCE = 1_000

/** A user on the way: licenses are named by their positions in the list of licenses. */
interface WalkedUser {
  person: Holder
  readonly held: number[]
}

type Users = Map<string, WalkedUser>

const userOf = (
  { person: { licenseId, userId, ...person }, held }: WalkedUser,
  licenses: readonly WalkedLicense[],
): LicensedUser => ({
  ...person,
  id: userId,
  licenseIds: held.sort((a, b) => a - b).flatMap((position) => licenses[position]?.id ?? []),
  pendingLicenseIds: [],
})

/** The gaps of one license's holders, named after the license: they say nothing about the other licenses. */
const gapsIn = ({ ledger }: Lists.Collected<unknown>, { id, name }: Pick<License, 'id' | 'name'>): readonly Gap[] => {
  if (ledger.verdict === 'mismatch') {
    return [{ what: `holders of ${name}`, reason: gapLines(ledger).join('; '), licenseId: id }]
  }
  return ledger.gaps.map((gap) => ({ ...gap, what: `holders of ${name}: ${gap.what}`, licenseId: id }))
}

const smaller = <A extends string>(one: A | undefined, other: A | undefined): A | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one

/**
 * A user as the holders of two licenses describe the user. The answers come in any order, and the result must not depend
 * on it; `external` and `internal` both come before `unknown`.
 */
const merged = (one: Holder, other: Holder): Holder => {
  const displayName = smaller(one.displayName, other.displayName)
  const email = smaller(one.email, other.email)
  return {
    ...(one.licenseId < other.licenseId ? one : other),
    kind: smaller(one.kind, other.kind) ?? 'unknown',
    ...(displayName === undefined ? {} : { displayName }),
    ...(email === undefined ? {} : { email }),
  }
}

interface Walked {
  readonly users: Users
  readonly account: Omit<Lists.FetchedPage<never>, 'items'>
  /** Why nothing, or nothing more, could be read. */
  readonly error?: LicenseError
}

const walkAll = async (
  walk: HolderWalk,
  request: Pick<PageRequest, 'includeRaw'>,
  outer: RequestScope,
): Promise<Walked> => {
  const { licenses, clock } = walk
  const users: Users = new Map()
  const scope = Calls.openScope(Calls.within(outer, clock), clock)
  const limit = pLimit(walk.budget.concurrency)
  const progress = openWalkProgress(licenses, {
    pageSize: walk.pageSize,
    before: walk.listing.pages ?? 0,
    tell: walk.progress,
  })
  let fatal: LicenseError | undefined
  const walkOne = async (license: WalkedLicense, position: number): Promise<Lists.Collected<unknown>> => {
    const collected = await Lists.collect<Holder, Holder[]>(
      () => [],
      (holders, holder) => {
        holders.push(holder)
        return holders
      },
    )(
      walk.holdersOf(license.id, {
        includeRaw: request.includeRaw,
        ...Calls.within(scope, clock),
        onProgress: (soFar) => progress.read(position, soFar),
      }),
    )()
    for (const holder of collected.value) {
      const known = users.get(idKey(holder.userId))
      if (known === undefined) users.set(idKey(holder.userId), { person: holder, held: [position] })
      else {
        known.held.push(position)
        known.person = merged(known.person, holder)
      }
    }
    progress.ended(position, users.size)
    if (collected.error !== undefined && Lookups.endsTheCall(collected.error)) {
      fatal ??= collected.error
      scope.close()
    }
    // The holders are in `users` now, and need not be in memory twice.
    return { ...collected, value: undefined }
  }
  const walked = await Promise.all(licenses.map((license, position) => limit(walkOne, license, position)))
  scope.close()

  const sum = (of: (collected: Lists.Collected<unknown>) => number) =>
    walked.reduce((total, collected) => total + of(collected), 0)
  const failures = walked.flatMap(({ error }) => error ?? [])
  const error = fatal ?? (failures.length === licenses.length ? failures[0] : undefined)
  const gaps =
    fatal === undefined
      ? walked.flatMap((collected, position) => gapsIn(collected, licenses[position] ?? { id: '', name: '' }))
      : [{ what: `holders of ${failures.length} licenses`, reason: fatal.message, error: fatal }]
  return {
    users,
    account: {
      pages: sum(({ ledger }) => ledger.pages) + (walk.listing.pages ?? 0),
      repeated: sum(({ ledger }) => ledger.repeated),
      undecodable: sum(({ ledger }) => ledger.undecodable) + (walk.listing.undecodable ?? 0),
      gaps: [...(walk.listing.gaps ?? []), ...gaps],
      // A license may have been missed, and its holders with it.
      changed: walk.listing.changed ?? false,
    },
    ...(error === undefined ? {} : { error }),
  }
}

/** Whether every holder of every license is known. */
const isWhole = ({ gaps = [], undecodable, repeated, changed }: Walked['account'], error: Walked['error']): boolean =>
  error === undefined && gaps.length === 0 && undecodable === 0 && repeated === 0 && changed === false

/** The keys of the licenses that a user holds, by the key of the user's id. */
const heldBy = (users: Users, licenses: readonly WalkedLicense[]): ((userKey: string) => readonly string[]) => {
  const keys = licenses.map(({ id }) => idKey(id))
  return (userKey) => users.get(userKey)?.held.flatMap((position) => keys[position] ?? []) ?? []
}

/**
 * Walks the holders of every license and yields each user once, with everything that they hold, when all walks have
 * ended: no user's licenses are known before that. Users come in the order of their ids. The walk cannot be resumed: it
 * would start anew. After a failure any user may be missing, or some licenses of any user.
 */
export async function* walkHolders(
  walk: HolderWalk,
  request: Pick<PageRequest, 'includeRaw'>,
  scope: RequestScope,
): Lists.Walk<LicensedUser> {
  const { users, account, error } = await walkAll(walk, request, scope)
  if (error !== undefined && users.size === 0) return yield E.left(error)
  const directory = await walk.directory
  const ledger = directory?.ledger(isWhole(account, error) ? heldBy(users, walk.licenses) : undefined)
  const ids = [...users.keys()].sort()
  let from = 0
  do {
    const items = ids.slice(from, from + USERS_AT_ONCE).flatMap((id) => {
      const user = users.get(id)
      if (user === undefined) return []
      const holder = userOf(user, walk.licenses)
      return [directory?.joined(holder) ?? holder]
    })
    const goesOn = error !== undefined || from + USERS_AT_ONCE < ids.length
    yield E.right({
      ...(from === 0 ? account : { pages: 0 }),
      items,
      ...(ledger === undefined ? {} : { directory: () => ledger }),
      ...(goesOn ? { more: true } : {}),
    })
    from += USERS_AT_ONCE
  } while (from < ids.length)
  if (error !== undefined) yield E.left(error)
}
