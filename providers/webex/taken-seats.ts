import * as E from 'fp-ts/lib/Either.js'
import type { CallingProperties, Changes } from '../../src/provider-kit/index.ts'
import { callingProductOf, takesCallingSettings } from './calling-products.ts'
import type { WebexClient } from './client.ts'
import { CallingData, type Person } from './codecs.ts'

/** Webex shows numbers as people write them: `+1 408 526 7209`. */
const compact = (phoneNumber: string): string => phoneNumber.replaceAll(/[^\d+]/g, '')

/** Number, extension and location of a person; undefined where there is nothing that a call could reach. */
const callingOf = (person: Person): CallingProperties | undefined => {
  if (!CallingData.is(person)) return undefined
  const { phoneNumbers, extension, locationId } = person
  const numbers = (phoneNumbers ?? []).filter(({ type, value }) => type === 'work' && value)
  const phoneNumber = (numbers.find(({ primary }) => primary === true) ?? numbers[0])?.value
  if (!phoneNumber && !extension) return undefined
  return {
    ...(locationId ? { locationId } : {}),
    ...(phoneNumber ? { phoneNumber: compact(phoneNumber) } : {}),
    ...(extension ? { extension } : {}),
  }
}

/** Reads number, extension and location of a user whose calling license is to be removed. Needs `spark-admin:people_read`. */
export const createSeatReader =
  (client: WebexClient): NonNullable<Changes.VendorChanges['readTaken']> =>
  async (changes, licenses, scope) => {
    const removals = changes.filter(
      ({ action, licenseId }) =>
        action === 'remove' && takesCallingSettings(callingProductOf(licenseId, licenses.get(licenseId))),
    )
    const [first] = removals
    if (first === undefined) return []
    const person = await client.getPersonDetails(first.userId, scope, { callingData: true })()
    const calling = E.isRight(person) ? callingOf(person.right) : undefined
    return calling === undefined ? [] : removals.map((change) => ({ change, calling }))
  }
