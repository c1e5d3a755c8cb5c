/** @import { PageData, PersonData } from '../page-data.ts' */

/** Numbers to compare people by; NaN for what is unknown, which comes last in either direction. */
const createKeys = (/** @type {PageData} */ { costs }) => {
  /** @type {Record<string, (person: PersonData) => number>} */
  const keys = {
    provider: ([, , , , , accounts]) => {
      const places = accounts.map(([provider]) => provider)
      return Math.min(...places) + (new Set(places).size - 1) / 1_000
    },
    licenses: ([, , , , , accounts]) => accounts.reduce((sum, account) => sum + account[3].length, 0),
    status: ([, , , , , accounts]) => Math.max(...accounts.map((account) => account[1])),
    active: ([, , , , lastActiveAt]) => (typeof lastActiveAt === 'number' ? lastActiveAt : Number.NaN),
    cost: ([, , , cost]) => {
      const rank = costs[cost]?.[1] ?? -1
      return rank < 0 ? Number.NaN : rank
    },
  }
  return keys
}

/**
 * What is unknown comes last in either direction, and those who are equal are in the order of their names.
 * @param {Float64Array} values
 * @param {number} direction
 * @returns {(one: number, other: number) => number}
 */
const comparing = (values, direction) => (one, other) => {
  const left = values[one] ?? Number.NaN
  const right = values[other] ?? Number.NaN
  const difference = (left - right) * direction
  // Only where one of them is unknown.
  if (Number.isNaN(difference)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || one - other
  return difference || one - other
}

/**
 * Puts places of people in order. They are given as they are in the data.
 * @param {PageData} data
 * @returns {(places: readonly number[], column: string, descending: boolean) => number[]}
 */
export const createPeopleOrder = (data) => {
  const keys = createKeys(data)
  /** @type {Map<string, Uint32Array>} */
  const orders = new Map()
  /** All people are sorted once, not the matching ones with every letter of a search. */
  const allInOrder = (/** @type {string} */ column, /** @type {boolean} */ descending) => {
    const title = `${column} ${descending}`
    const known = orders.get(title)
    if (known !== undefined) return known
    const values = Float64Array.from(
      data.people.slice(0, data.people.count),
      (person) => keys[column]?.(person) ?? Number.NaN,
    )
    const order = Uint32Array.from(values.keys()).sort(comparing(values, descending ? -1 : 1))
    orders.set(title, order)
    return order
  }
  return (places, column, descending) => {
    // The data is sorted by name, and so are the places.
    if (column === 'person') return descending ? [...places].reverse() : [...places]
    const isAsked = new Uint8Array(data.people.count)
    for (const place of places) isAsked[place] = 1
    const inOrder = []
    for (const place of allInOrder(column, descending)) if (isAsked[place] === 1) inOrder.push(place)
    return inOrder
  }
}
