import * as E from 'fp-ts/lib/Either.js'
import type { UserReference } from '../contract/license-provider.ts'
import { addressesOf } from '../model/addresses.ts'
import { foldedText } from '../model/folded-text.ts'
import { gapLines, isWhole, type Ledger } from '../model/ledger.ts'
import type { LicenseError } from '../model/license-error.ts'
import type * as people from '../model/licensed-user.ts'
import { LicensedUser } from '../model/shapes.ts'
import type { ListName } from '../paging/paged.ts'
import { LIST_NAMES } from '../report/report-problems.ts'
import { damagedRecord, notKept } from './kept-list.ts'
import type { SnapshotList } from './manifest.ts'
import { readRecords } from './records.ts'

/** Where each user's record begins, by id and by address; made when a user is first looked up. */
interface UserIndex {
  readonly byId: ReadonlyMap<string, number>
  readonly byEmail: ReadonlyMap<string, readonly number[]>
}

const indexOf = (bytes: Uint8Array): UserIndex => {
  const byId = new Map<string, number>()
  const byEmail = new Map<string, number[]>()
  for (let at = 0; at < bytes.length; ) {
    const read = readRecords(bytes, LicensedUser, at, 1)
    if (E.isLeft(read)) break
    for (const user of read.right.records) {
      byId.set(user.id, at)
      for (const address of addressesOf(user)) {
        const others = byEmail.get(address)
        if (others === undefined) byEmail.set(address, [at])
        else others.push(at)
      }
    }
    at = read.right.next
  }
  return { byId, byEmail }
}

/**
 * Why a user who was found may hold more than was kept, or undefined where that is all. What is missing of a license
 * that they are known to hold cannot change that; anything else may be about them.
 */
const gapOfUser = (ledger: Ledger, { licenseIds }: people.LicensedUser): string | undefined => {
  if (isWhole(ledger)) return undefined
  const held = new Set(licenseIds)
  const gaps = ledger.gaps.filter(({ licenseId }) => licenseId === undefined || !held.has(licenseId))
  if (ledger.verdict === 'partial' && ledger.gaps.length > 0 && gaps.length === 0) return undefined
  return gapLines({ ...ledger, gaps }, undefined, LIST_NAMES.users).join('; ')
}

const allOf = (name: ListName, { ledger }: SnapshotList, user: people.LicensedUser) => {
  const gap = gapOfUser(ledger, user)
  if (gap === undefined) return E.right(user)
  const message = `the snapshot may lack licenses of that user: ${gap}`
  return E.left({ ...name, _tag: 'Incomplete' as const, message, ledger })
}

/** If the directory has a gap, the user may be in it: then the answer is `Incomplete`. */
const notFound = (name: ListName, list: SnapshotList, wanted: UserReference): LicenseError => {
  const { directory } = list
  const isListRead = list.error === undefined && isWhole(list.ledger)
  return isListRead && 'email' in wanted && directory !== undefined
    ? notKept(name, { ...list, ledger: directory }, 'user')
    : notKept(name, list, 'user')
}

/** Finds users among those that were kept. */
export const createUserFinder = (
  list: SnapshotList,
  bytes: Uint8Array,
): ((name: ListName, wanted: UserReference) => E.Either<LicenseError, people.LicensedUser>) => {
  let index: UserIndex | undefined
  return (name, wanted) => {
    index ??= indexOf(bytes)
    const places = 'id' in wanted ? [index.byId.get(wanted.id)] : (index.byEmail.get(foldedText(wanted.email)) ?? [])
    const [at, another] = places
    if (at === undefined) return E.left(notFound(name, list, wanted))
    if (another !== undefined) {
      return E.left({ ...name, _tag: 'Conflict', message: `${places.length} users have that e-mail address` })
    }
    const read = readRecords(bytes, LicensedUser, at, 1)
    if (E.isLeft(read)) return E.left(damagedRecord(name, list.file, read.left))
    const [user] = read.right.records
    return user === undefined ? E.left(notFound(name, list, wanted)) : allOf(name, list, user)
  }
}
