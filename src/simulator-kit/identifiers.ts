import { hashOf, hashOfText } from './hash.ts'

/** Ids for numbered things that can be computed in both directions. */
export interface Identifiers {
  readonly idOf: (index: number) => string
  /** The number of an id, or undefined where it is not one of these. */
  readonly indexOf: (id: string) => number | undefined
}

const MULTIPLIER = 0x9e3779b1
/** MULTIPLIER * INVERSE is 1 modulo 2^32, so that a number can be got back from its id. */
const INVERSE = 0x0e8b2f51

/** Two digits for every byte: formatting each number anew takes most of the time that a page takes. */
const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

const hex16 = (value: number): string => `${digits[(value >>> 8) & 255]}${digits[value & 255]}`

const UUID = /^([0-9a-f]{8})-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/**
 * Uuids of version 4 in shape, for the numbers from 0 to 2^32 - 1: other seeds and other spaces (`genesys user`) give
 * others. The first eight digits hold the number, disguised; the rest tells a uuid of another space from one of this.
 */
export const createIdentifiers = (seed: number, space: string): Identifiers => {
  const key = hashOf(seed, hashOfText(space))
  const idOf = (index: number): string => {
    const scrambled = Math.imul(index ^ key, MULTIPLIER)
    const disguised = scrambled ^ (scrambled >>> 16)
    const second = hashOf(key, index)
    const third = hashOf(second, index)
    const fourth = hashOf(third, index)
    const version = hex16((second & 0x0fff) | 0x4000)
    const variant = hex16((third & 0x3fff) | 0x8000)
    const node = `${hex16(third >>> 16)}${hex16(fourth >>> 16)}${hex16(fourth)}`
    return `${hex16(disguised >>> 16)}${hex16(disguised)}-${hex16(second >>> 16)}-${version}-${variant}-${node}`
  }
  return {
    idOf,
    indexOf: (id) => {
      const first = UUID.exec(id)?.[1]
      if (first === undefined) return undefined
      const shown = Number.parseInt(first, 16)
      const index = (Math.imul(shown ^ (shown >>> 16), INVERSE) ^ key) >>> 0
      return idOf(index) === id.toLowerCase() ? index : undefined
    },
  }
}
