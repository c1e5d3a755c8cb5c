import { fractionOf, hashOf, hashOfText } from '../../../src/simulator-kit/index.ts'
import type { WebexCast } from './cast.ts'
import { type CatalogEntry, catalog } from './catalog.ts'
import { profileOf } from './member-profile.ts'

const ACTIVITY = hashOfText('webex activity')
const CREATED = hashOfText('webex created')

const HOUR_MS = 3_600_000
const FIRST_CREATED_AT = Date.UTC(2019, 0, 7, 9)
/** Six years. */
const CREATED_WITHIN_HOURS = 52_560
/** Every so many accounts are awkward: without the enterprise extension, with a status that nothing is known of. */
const WITHOUT_EXTENSION_EVERY = 31
const ODD_STATUS_EVERY = 47

export const unitsOf = (
  { seats }: CatalogEntry,
  { members, consumed }: { readonly members: number; readonly consumed: number },
): number => {
  if (seats.kind === 'fixed') return seats.units
  if (seats.kind === 'perMember') return members
  return seats.factor < 1
    ? Math.max(1, Math.floor(consumed * seats.factor))
    : Math.ceil((consumed * seats.factor) / 5) * 5
}

export interface OdditiesCastOptions {
  readonly seed: number
  /** No member is active later. */
  readonly activeUntil: number
}

/** Members of every kind that there is. One in ten has never been active. */
export const odditiesCast = ({ seed, activeUntil }: OdditiesCastOptions): WebexCast => ({
  catalog,
  unitsOf,
  profileOf: (remainder) => profileOf(seed, remainder),
  createdAt: (user) => FIRST_CREATED_AT + (hashOf(seed, CREATED, user) % CREATED_WITHIN_HOURS) * HOUR_MS,
  lastActiveAt: (user) => {
    const activity = fractionOf(seed, ACTIVITY, user)
    return activity < 0.1 ? undefined : activeUntil - Math.floor((activity - 0.1) ** 3 * 15_000) * HOUR_MS
  },
  accountOf: (user) => ({
    hasNoExtension: user % WITHOUT_EXTENSION_EVERY === WITHOUT_EXTENSION_EVERY - 1,
    accountStatus: user % ODD_STATUS_EVERY === ODD_STATUS_EVERY - 1 ? 'transient' : undefined,
  }),
  devicesSeenAt: Date.UTC(2026, 10, 1, 9),
  membersPerGuest: 50,
})
