/** @import { PageData, PersonData } from '../page-data.ts' */

/** Numbers to compare people by; NaN for what is not known, which comes last in either direction. */
const createKeys = (/** @type {PageData} */ { costs }) => {
  /** @type {Record<string, (person: PersonData, place: number) => number>} */
  const keys = {
    // The data is sorted by name.
    person: (_, place) => place,
    provider: ([, , , , , accounts]) => {
      const places = accounts.map(([provider]) => provider)
      return Math.min(...places) + (new Set(places).size - 1) / 1_000
    },
    licenses: ([, , , , , accounts]) => accounts.reduce((sum, account) => sum + account[3].length, 0),
    status: ([, , , , , accounts]) => Math.max(...accounts.map((account) => account[1])),
    active: ([, , , , lastActiveAt]) => Date.parse(lastActiveAt),
    cost: ([, , , cost]) => {
      const amount = costs[cost]?.[1] ?? -1
      return amount < 0 ? Number.NaN : amount
    },
  }
  return keys
}

/**
 * Puts places of people in order, those who are equal by name.
 * @param {PageData} data
 * @returns {(places: readonly number[], column: string, descending: boolean) => number[]}
 */
export const createPeopleOrder = (data) => {
  const keys = createKeys(data)
  /** @type {Map<string, Float64Array>} */
  const computed = new Map()
  /** @param {string} column */
  const valuesOf = (column) => {
    const known = computed.get(column)
    if (known !== undefined) return known
    const values = Float64Array.from(data.people, (person, place) => keys[column]?.(person, place) ?? Number.NaN)
    computed.set(column, values)
    return values
  }
  return (places, column, descending) => {
    const values = valuesOf(column)
    const direction = descending ? -1 : 1
    return [...places].sort((one, other) => {
      const [left = Number.NaN, right = Number.NaN] = [values[one], values[other]]
      const [leftUnknown, rightUnknown] = [Number.isNaN(left), Number.isNaN(right)]
      if (leftUnknown || rightUnknown) return Number(leftUnknown) - Number(rightUnknown) || one - other
      return (left - right) * direction || one - other
    })
  }
}
