import * as t from 'io-ts'
import type { CallingProperties } from '../contract/assignment-change.ts'
import { optionalMembers } from '../model/optional-members.ts'

/** What a seat for phone calls needs, as callers and files give it. */
export const Calling = optionalMembers(
  { locationId: t.string, phoneNumber: t.string, extension: t.string },
  'CallingProperties',
)

const MEMBERS = ['locationId', 'phoneNumber', 'extension'] as const

/** Whether two properties that are given for one seat agree in all members that both have. */
export const callingsAgree = (one: CallingProperties = {}, other: CallingProperties = {}): boolean =>
  MEMBERS.every((member) => (one[member] ?? other[member]) === (other[member] ?? one[member]))

/** Without undefined members, and always in the same order; undefined where nothing is left. */
export const callingOf = (given: CallingProperties | undefined): CallingProperties | undefined => {
  const { locationId, phoneNumber, extension } = given ?? {}
  if (locationId === undefined && phoneNumber === undefined && extension === undefined) return undefined
  return {
    ...(locationId === undefined ? {} : { locationId }),
    ...(phoneNumber === undefined ? {} : { phoneNumber }),
    ...(extension === undefined ? {} : { extension }),
  }
}
