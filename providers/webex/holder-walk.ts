import * as E from 'fp-ts/lib/Either.js'
import pLimit from 'p-limit'
import {
  Calls,
  type Gap,
  type Holder,
  type License,
  type LicensedUser,
  type LicenseError,
  Lists,
  Lookups,
  notApplicable,
  type Paged,
  type RequestScope,
  Values,
} from '../../src/provider-kit/index.ts'
import type { WebexAccess } from './access.ts'
import { idKey } from './hydra-id.ts'
import { createNumberSet, type NumberSet } from './number-set.ts'
import type { PeopleDirectory } from './people-directory.ts'
import { openWalkProgress, type TellProgress } from './walk-progress.ts'

/** A license whose holders are walked. */
export type WalkedLicense = Pick<License, 'id' | 'name' | 'consumed' | 'consumedByUsers'>

/** `budget`: as many licenses are walked at once as there may be requests. */
export interface HolderWalk extends Pick<WebexAccess, 'clock' | 'budget'> {
  readonly licenses: readonly WalkedLicense[]
  /** The pages, gaps and remarks of the list of licenses, if it was read for this walk. */
  readonly listing: Pick<Lists.FetchedPage<unknown>, 'pages' | 'undecodable' | 'gaps' | 'remarks' | 'changed'>
  readonly holdersOf: (licenseId: string, request: Lists.ListRequest) => Paged<Holder>
  /** Rows on a page of holders. */
  readonly pageSize: number
  /** Hears how far the walk has come. */
  readonly progress: TellProgress
  /** Where the ids of users are kept, together with those of the directory. */
  readonly ids: Values.RecordMap<unknown>['ids']
  /** What the holders are joined with, read beside the walk. Absent: nothing. */
  readonly directory?: Promise<PeopleDirectory> | undefined
}

/** All holders are in memory by then; this bounds how many of them are there in the form of users, too. */
const USERS_AT_ONCE = 1_000

/** Who a holder is, as a list of holders has it. */
type Description = Omit<Holder, 'licenseId' | 'raw'>

/** The same without the id. */
type Person = Omit<Holder, 'licenseId' | 'userId'>

/** The users that were found, by number. */
interface FoundUsers {
  readonly size: () => number
  /** Their numbers, in any order. */
  readonly numbers: () => Iterable<number>
  readonly describe: (user: number) => { readonly id: string; readonly person: Person }
  /** The positions of the licenses that the user holds, lowest first; the same list for users who hold the same. */
  readonly heldBy: (user: number) => readonly number[]
}

/** Who holds which of the licenses: a bit for each user and license. */
interface HeldLicenses {
  readonly add: (user: number, license: number) => void
  /** The numbers of the licenses that a user holds, lowest first; the same list for users who hold the same. */
  readonly of: (user: number) => readonly number[]
}

const BITS = 32

const createHeldLicenses = (licenses: number): HeldLicenses => {
  const width = Math.max(1, Math.ceil(licenses / BITS))
  let bits = new Uint32Array(width)
  /** Users hold few different sets of licenses: the list of each is made once. */
  const sets = new Map<number | string, readonly number[]>()
  const listAt = (start: number): readonly number[] => {
    const held: number[] = []
    for (let word = 0; word < width; word++) {
      const some = bits[start + word] ?? 0
      for (let bit = 0; some >>> bit !== 0 && bit < BITS; bit++) {
        if (((some >>> bit) & 1) === 1) held.push(word * BITS + bit)
      }
    }
    return held
  }
  return {
    add: (user, license) => {
      const at = user * width + Math.floor(license / BITS)
      if (at >= bits.length) {
        const larger = new Uint32Array(Math.max(2 * bits.length, (user + 1) * width))
        larger.set(bits)
        bits = larger
      }
      bits[at] = (bits[at] ?? 0) | (1 << (license % BITS))
    },
    of: (user) => {
      const start = user * width
      const set = width === 1 ? (bits[start] ?? 0) : bits.subarray(start, start + width).join()
      const known = sets.get(set)
      if (known !== undefined) return known
      const held = listAt(start)
      sets.set(set, held)
      return held
    },
  }
}

/** The holders of one license as they are read. */
interface ReadHolders {
  readonly users: NumberSet
  /** Those who are described otherwise than where they were seen first. */
  readonly otherwise: Map<number, Description>
  /** The vendor's records, where they are asked for. */
  readonly raws: Map<number, unknown>
}

/** The ids at these positions, made once for each list of positions. Frozen, as all users with these ids have the same list. */
const idsAt = (ids: readonly string[]): ((positions: readonly number[]) => readonly string[]) => {
  const lists = new Map<readonly number[], readonly string[]>()
  return (positions) => {
    const known = lists.get(positions)
    if (known !== undefined) return known
    const list = Object.freeze(positions.flatMap((position) => ids[position] ?? []))
    lists.set(positions, list)
    return list
  }
}

const NONE: readonly string[] = []

const usersOf = (users: FoundUsers, licenses: readonly WalkedLicense[]): ((user: number) => LicensedUser) => {
  const licenseIdsAt = idsAt(licenses.map(({ id }) => id))
  return (user) => {
    const { id, person } = users.describe(user)
    // Not by spread, which takes many times as long with some versions of Node.
    return Object.assign({}, person, { id, licenseIds: licenseIdsAt(users.heldBy(user)), pendingLicenseIds: NONE })
  }
}

const NO_LICENSE: WalkedLicense = { id: '', name: '', consumed: notApplicable }

/** The gaps of one license's holders, named after the license: they say nothing about the other licenses. */
const gapsIn = ({ ledger }: Lists.Collected<unknown>, { id, name }: Pick<License, 'id' | 'name'>): readonly Gap[] => {
  if (ledger.verdict === 'mismatch') {
    return [{ what: `holders of ${name}`, reason: 'the list changed while it was read', licenseId: id }]
  }
  return ledger.gaps.map((gap) => ({ ...gap, what: `holders of ${name}: ${gap.what}`, licenseId: id }))
}

const remarksIn = ({ ledger }: Lists.Collected<unknown>, { name }: Pick<License, 'name'>): readonly string[] =>
  (ledger.remarks ?? []).map((remark) => `holders of ${name}: ${remark}`)

const smaller = <A extends string>(one: A | undefined, other: A | undefined): A | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one

/**
 * A user as the holders of two licenses describe the user. The answers come in any order, and the result must not depend
 * on it; `external` and `internal` both come before `unknown`. `isLower`: the id of the license of the first one is.
 */
const merged = (one: Description, other: Description, isLower: boolean): Description => {
  const displayName = smaller(one.displayName, other.displayName)
  const email = smaller(one.email, other.email)
  return {
    ...(isLower ? one : other),
    kind: smaller(one.kind, other.kind) ?? 'unknown',
    ...(displayName === undefined ? {} : { displayName }),
    ...(email === undefined ? {} : { email }),
  }
}

/** The seats that a list of holders may have, by the vendor's counters; where they are not known, it may be the longest. */
const lengthOf = ({ consumed, consumedByUsers }: WalkedLicense): number => {
  if (consumedByUsers?.kind === 'known') return consumedByUsers.value
  return consumed.kind === 'known' ? consumed.value : Number.POSITIVE_INFINITY
}

/** Positions of licenses, longest list first: pages of one list come one after the other, so that none walks alone in the end. */
const longestFirst = (licenses: readonly WalkedLicense[]): readonly number[] => {
  const lengths = licenses.map(lengthOf)
  const lengthAt = (position: number): number => lengths[position] ?? 0
  return [...licenses.keys()].sort((one, other) =>
    lengthAt(one) === lengthAt(other) ? one - other : lengthAt(other) - lengthAt(one),
  )
}

/** A description as it is kept: the id only where it is another text than its key. */
type KeptDescription = Omit<Description, 'userId'> & { readonly userId?: string | undefined }

const withoutId = ({ userId: _, ...person }: KeptDescription): Person => person

/** Gathers the holders of licenses, each user once. What all lists say alike of a user is kept once. */
const createFoundUsers = ({ licenses, ids }: Pick<HolderWalk, 'licenses' | 'ids'>) => {
  /** As they were seen first, marked by the position of the license, of those on whose lists they are, with the lowest id. */
  const people = Values.createRecordMap<KeptDescription>(ids)
  /** Of those whom lists describe in different ways. */
  const merges = new Map<number, Description>()
  const raws = new Map<number, unknown>()
  const held = createHeldLicenses(licenses.length)
  let found = 0
  const seenFirst = (user: number): Description => {
    const kept = people.at(user)
    return { ...kept, userId: kept.userId ?? people.idAt(user) }
  }

  const users: FoundUsers = {
    size: () => found,
    *numbers() {
      for (const user of people.numbers()) if (people.markAt(user) !== undefined) yield user
    },
    describe: (user) => {
      const kept = merges.get(user) ?? people.at(user)
      const person = kept.userId === undefined ? kept : withoutId(kept)
      const id = kept.userId ?? people.idAt(user)
      return { id, person: raws.has(user) ? { ...person, raw: raws.get(user) } : person }
    },
    heldBy: held.of,
  }
  return {
    users,
    step: (
      read: ReadHolders,
      { provider, kind, status, displayName, email, raw, userId }: Holder,
      user: number,
    ): ReadHolders => {
      const person = { provider, kind, status, displayName, email }
      const kept: KeptDescription = userId === idKey(userId) ? person : { ...person, userId }
      if (!people.hasAt(user)) people.setAt(user, kept)
      else if (!people.isAt(user, kept)) read.otherwise.set(user, { ...person, userId })
      if (raw !== undefined) read.raws.set(user, raw)
      read.users.add(user)
      return read
    },
    /** Enters the list of one license, when it was read. */
    enter: (read: ReadHolders, { id }: WalkedLicense, position: number): void => {
      for (const user of read.users) {
        held.add(user, position)
        const before = people.markAt(user)
        const isLower = before !== undefined && (licenses[before]?.id ?? '') < id
        if (before === undefined) found++
        if (!isLower) {
          people.mark(user, position)
          if (read.raws.has(user)) raws.set(user, read.raws.get(user))
        }
        const otherwise = read.otherwise.get(user)
        if (otherwise === undefined && !merges.has(user)) continue
        const description = otherwise ?? seenFirst(user)
        const known = merges.get(user) ?? seenFirst(user)
        merges.set(user, before === undefined ? description : merged(known, description, isLower))
      }
    },
  }
}

interface Walked {
  readonly users: FoundUsers
  readonly account: Omit<Lists.FetchedPage<never>, 'items'>
  /** Why nothing, or nothing more, could be read. */
  readonly error?: LicenseError
}

const walkAll = async (
  walk: HolderWalk,
  request: Pick<Lists.ListRequest, 'includeRaw'>,
  outer: RequestScope,
): Promise<Walked> => {
  const { licenses, clock } = walk
  const { users, step, enter } = createFoundUsers(walk)
  const scope = Calls.openScope(outer, clock)
  const limit = pLimit(walk.budget.concurrency)
  const progress = openWalkProgress(licenses, {
    pageSize: walk.pageSize,
    before: walk.listing.pages ?? 0,
    tell: walk.progress,
  })
  let fatal: LicenseError | undefined
  const walkOne = async (position: number): Promise<Lists.Collected<unknown>> => {
    const license = licenses[position] ?? NO_LICENSE
    const collected = await Lists.collectNumbered<Holder, ReadHolders>(
      () => ({ users: createNumberSet(), otherwise: new Map(), raws: new Map() }),
      step,
    )(
      walk.holdersOf(license.id, {
        includeRaw: request.includeRaw,
        ...scope,
        ids: walk.ids,
        onProgress: (soFar) => progress.read(position, soFar),
      }),
    )()
    enter(collected.value, license, position)
    progress.ended(position, users.size())
    if (collected.error !== undefined && Lookups.endsTheCall(collected.error)) {
      fatal ??= collected.error
      scope.close()
    }
    // The holders are known now, and need not be in memory twice.
    return { ...collected, value: undefined }
  }
  const order = longestFirst(licenses)
  const inOrder = await Promise.all(order.map((position) => limit(walkOne, position)))
  const walked: Lists.Collected<unknown>[] = []
  for (const [place, position] of order.entries()) {
    const collected = inOrder[place]
    if (collected !== undefined) walked[position] = collected
  }
  scope.close()

  const sum = (of: (collected: Lists.Collected<unknown>) => number) =>
    walked.reduce((total, collected) => total + of(collected), 0)
  const failures = walked.flatMap(({ error }) => error ?? [])
  const error = fatal ?? (failures.length === licenses.length ? failures[0] : undefined)
  const gaps =
    fatal === undefined
      ? walked.flatMap((collected, position) => gapsIn(collected, licenses[position] ?? NO_LICENSE))
      : [{ what: `holders of ${failures.length} licenses`, reason: fatal.message, error: fatal }]
  return {
    users,
    account: {
      pages: sum(({ ledger }) => ledger.pages) + (walk.listing.pages ?? 0),
      repeated: sum(({ ledger }) => ledger.repeated),
      undecodable: sum(({ ledger }) => ledger.undecodable) + (walk.listing.undecodable ?? 0),
      gaps: [...(walk.listing.gaps ?? []), ...gaps],
      remarks: [
        ...(walk.listing.remarks ?? []),
        ...walked.flatMap((collected, position) => remarksIn(collected, licenses[position] ?? NO_LICENSE)),
      ],
      // A license may have been missed, and its holders with it.
      changed: walk.listing.changed ?? false,
    },
    ...(error === undefined ? {} : { error }),
  }
}

/** Whether every holder of every license is known. */
const isWhole = ({ gaps = [], undecodable, repeated, changed }: Walked['account'], error: Walked['error']): boolean =>
  error === undefined && gaps.length === 0 && undecodable === 0 && repeated === 0 && changed === false

/** The keys of the licenses that a user holds; the same list for users who hold the same. */
const heldBy = (users: FoundUsers, licenses: readonly WalkedLicense[]): ((user: number) => readonly string[]) => {
  const keysAt = idsAt(licenses.map(({ id }) => idKey(id)))
  return (user) => keysAt(users.heldBy(user))
}

/**
 * Walks the holders of every license, the longest lists first, and yields each user once, with everything that they hold, when
 * all walks have ended: no user's licenses are known before that. Users come in the order of their ids. The walk cannot be
 * resumed: it would start anew. After a failure any user may be missing, or some licenses of any user.
 */
export async function* walkHolders(
  walk: HolderWalk,
  request: Pick<Lists.ListRequest, 'includeRaw'>,
  scope: RequestScope,
): Lists.Walk<LicensedUser> {
  const { users, account, error } = await walkAll(walk, request, scope)
  if (error !== undefined && users.size() === 0) return yield E.left(error)
  const directory = await walk.directory
  const ledger = directory?.ledger(isWhole(account, error) ? heldBy(users, walk.licenses) : undefined)
  const numbers = new Uint32Array(users.size())
  let place = 0
  for (const number of users.numbers()) numbers[place++] = number
  const inOrder = walk.ids.order(numbers)
  const holderAt = usersOf(users, walk.licenses)
  let from = 0
  do {
    const items = Array.from(inOrder.subarray(from, from + USERS_AT_ONCE), (user) => {
      const holder = holderAt(user)
      return directory?.joined(holder, user) ?? holder
    })
    const goesOn = error !== undefined || from + USERS_AT_ONCE < inOrder.length
    yield E.right({
      ...(from === 0 ? account : { pages: 0 }),
      items,
      ...(ledger === undefined ? {} : { directory: () => ledger }),
      ...(goesOn ? { more: true } : {}),
    })
    from += USERS_AT_ONCE
  } while (from < inOrder.length)
  if (error !== undefined) yield E.left(error)
}
