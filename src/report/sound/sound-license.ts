import { NOT_WHOLE, unknown } from '../../model/count.ts'
import { isRecord } from '../../model/is-record.ts'
import { countedInSeats, type License } from '../../model/license.ts'
import { mended } from '../../model/record-shape.ts'
import { licenseShape } from '../../model/shapes.ts'
import { isText, textsOf } from './guards.ts'

/** What stands in for a count that is none. */
const noCount = (given: unknown) =>
  unknown(isRecord(given) && typeof given.value === 'number' ? NOT_WHOLE : 'the provider gave no number')

/** A license as the contract has it, counted in seats; undefined if it has no id. Any other field of a wrong shape is unknown. */
export const soundLicense = (license: License, provider: string): License | undefined => {
  if (!isRecord(license) || !isText(license.id)) return undefined
  const sound = mended<License>(licenseShape, license, {
    provider,
    name: license.id,
    metric: 'unknown',
    purchased: noCount(license.purchased),
    consumed: noCount(license.consumed),
    consumedByUsers: noCount(license.consumedByUsers),
    includes: textsOf(license.includes),
    requires: textsOf(license.requires),
  })
  return sound === undefined ? undefined : { ...countedInSeats(sound), provider }
}
