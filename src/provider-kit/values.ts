/** Comparing and counting what vendors send. */
export * from '../model/comparing.ts'
export { groupedBy } from '../model/grouped-by.ts'
export { isRecord } from '../model/is-record.ts'
export { holdingWords } from '../model/licensed-user.ts'
export { quantity } from '../model/quantity.ts'
export { sha256Hex } from '../model/sha256.ts'
export { wholeNumberOf } from '../model/whole-number.ts'
export { withDefaults } from '../model/with-defaults.ts'
