import type { StoryOptions } from '../../../src/simulator-kit/index.ts'
import type { GenesysContract, GenesysPlan } from './contracts.ts'
import type { GenesysBase } from './organization.ts'
import { billingPeriods, dayOf, nameOf, pricesOf, type Seats, skuOf } from './seeded-contracts.ts'

const DAY_MS = 86_400_000
const YEARS = 3

/** The contract ends so many days after the story. */
const ENDS_IN_DAYS = 70
/** The vendor's API does not tell how long before the end a renewal must be canceled. */
const NOTICE_DAYS = 60

/** Purchased seats for each person. Too few of one license, far too many of some, and as many as are held of the rest. */
const seatsPerPerson = {
  communicate: 0.052,
  cloudCX1: 0.06,
  cloudCX2: 0.138,
  cloudCX3: 0.118,
  gc2WEMupgrade: 0.04,
  gcSTAupgrade: 0.02,
  agentAssistLicense: 0.048,
}

/** Whether it has bought the license. */
export const isInStory = (licenseId: string): boolean => Object.hasOwn(seatsPerPerson, licenseId)

/** What the contact center of a story has purchased, by license id. */
export const storySeats = (users: number): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(seatsPerPerson).map(([licenseId, seats]) => [licenseId, Math.max(1, Math.round(users * seats))]),
  )

/** The `licenses` of a configuration for the contact center of a story. */
export const storyLicenses = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.keys(seatsPerPerson).map((licenseId) => [
      licenseId,
      { sku: [skuOf(licenseId)], term: { noticeDays: NOTICE_DAYS } },
    ]),
  )

/** The `limits` of a configuration for it: agents come every week. */
export const storyLimits = { cloudCX2: { maxUtilization: 97, keepFree: 3 } }

const yearsBefore = (time: number, years: number): number => {
  const date = new Date(time)
  return date.setUTCFullYear(date.getUTCFullYear() - years)
}

/** The contract of a story: prices that do not change, and one term. */
export const storyContracts = (
  base: Pick<GenesysBase, 'holdersOf'>,
  { seed, today, users }: StoryOptions & { readonly users: number },
  now: number,
): readonly GenesysContract[] => {
  const end = today + ENDS_IN_DAYS * DAY_MS
  const dateStart = dayOf(yearsBefore(end, YEARS) + DAY_MS)
  const dateEnd = dayOf(end)
  const seats = [...storySeats(users)].map(
    ([licenseId, purchased]): Seats => ({ licenseId, purchased, holders: base.holdersOf(licenseId).size }),
  )
  const plans = seats.map(
    ({ licenseId, purchased }): GenesysPlan => ({
      sku: skuOf(licenseId),
      name: nameOf(licenseId),
      items: [
        { ...pricesOf(licenseId), quantity: purchased, dateEffectiveStart: dateStart, dateEffectiveEnd: dateEnd },
      ],
    }),
  )
  return [
    {
      id: 'simulated-contract',
      externalNumber: 'SIM-2002',
      dateStart,
      dateEnd,
      plans,
      billingPeriods: billingPeriods(seats, seed, now, 0.86),
    },
  ]
}
