import { fractionOf, hashOf, hashOfText } from '../../../src/simulator-kit/index.ts'
import type { GenesysCast } from './cast.ts'
import { seededDefinitions } from './catalog.ts'
import { purchasedSeats } from './purchased-seats.ts'
import { dayOf, seededContracts } from './seeded-contracts.ts'
import { profileOf } from './user-profile.ts'

const LOGIN = hashOfText('genesys login')
const TOKEN = hashOfText('genesys token')
const SHIFT = hashOfText('genesys shift')
const HOUR_MS = 3_600_000
const YEAR_MS = 365 * 24 * HOUR_MS

export interface OdditiesCastOptions {
  readonly seed: number
  /** See the options of the simulator. */
  readonly singleSignOn: boolean
  /** No user is active later, in milliseconds since the epoch. */
  readonly activeUntil: number
}

const HIRED = hashOfText('genesys hired')
const HIRED_WITHIN_HOURS = (10 * YEAR_MS) / HOUR_MS

/** How long ago a user was hired, in milliseconds. */
export const hiredBefore = (seed: number, user: number): number =>
  (hashOf(seed, HIRED, user) % HIRED_WITHIN_HOURS) * HOUR_MS

const at = (time: number): string => new Date(time).toISOString()

/** Users of every kind that there is. One in ten has never signed in. */
export const odditiesCast = ({ seed, singleSignOn, activeUntil }: OdditiesCastOptions): GenesysCast => ({
  definitions: seededDefinitions,
  profileOf: (remainder) => profileOf(seed, remainder),
  /** The last day's work of those who have signed in is some hours long, and a token was issued in it. */
  activityOf: (user) => {
    const login = fractionOf(seed, LOGIN, user)
    if (login < 0.1) return {}
    const end = activeUntil - Math.floor((login - 0.1) ** 3 * 20_000) * HOUR_MS
    const begin = end - (1 + (hashOf(seed, SHIFT, user) % 9)) * HOUR_MS
    const signIn = fractionOf(seed, TOKEN, user)
    const lastLogin = singleSignOn ? activeUntil - (3 + Math.floor(signIn * 12) / 4) * YEAR_MS : begin
    return {
      ...(singleSignOn && signIn < 1 / 3 ? {} : { dateLastLogin: at(lastLogin) }),
      lastTokenIssued: at(end),
      presences: [
        { from: at(begin), to: at(begin + HOUR_MS / 2) },
        { from: at(begin + HOUR_MS / 2), to: at(end), presence: 'ON_QUEUE' },
      ],
    }
  },
  hiredOn: (user) => dayOf(activeUntil - hiredBefore(seed, user)),
  purchasedBy: purchasedSeats,
  contractsOf: (base, users, now) => seededContracts(base, { seed, users }, now),
})
