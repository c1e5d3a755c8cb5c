import { describe, expect, it } from 'vitest'
import { createIdentifiers, createPopulation, person } from '../../src/simulator-kit/index.ts'

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('made-up people', () => {
  it('are a pure function of seed and number', () => {
    expect(person(7, 123_456)).toEqual(person(7, 123_456))
    expect(person(7, 123_456)).not.toEqual(person(8, 123_456))
  })

  it('have uuids and unique addresses in a domain for examples', () => {
    const people = Array.from({ length: 20_000 }, (_, index) => person(1, index))
    expect(people.every(({ id }) => UUID_V4.test(id))).toBe(true)
    expect(people.every(({ email }) => email.endsWith('@example.com') && email === email.toLowerCase())).toBe(true)
    expect(new Set(people.map(({ id }) => id)).size).toBe(20_000)
    expect(new Set(people.map(({ email }) => email)).size).toBe(20_000)
  })

  it('are found again by id and by address, whatever its case', () => {
    const population = createPopulation({ seed: 3 })
    for (const index of [0, 1, 999, 65_536, 999_999]) {
      const { id, email } = population.person(index)
      expect(population.indexOfId(id.toUpperCase())).toBe(index)
      expect(population.indexOfEmail(email.toUpperCase())).toBe(index)
    }
    expect(population.indexOfEmail('nobody.anywhere5@example.com')).toBeUndefined()
  })

  it('have the same names and addresses at every vendor, and other ids', () => {
    const [one, other] = ['one', 'other'].map((idSpace) => createPopulation({ seed: 1, idSpace }).person(42))
    expect(one?.email).toBe(other?.email)
    expect(one?.displayName).toBe(other?.displayName)
    expect(one?.id).not.toBe(other?.id)
  })
})

describe('ids', () => {
  it('lead back to their number, and those of other spaces to none', () => {
    const identifiers = createIdentifiers(1, 'users')
    for (const index of [0, 1, 2, 4711, 1_000_000, 2 ** 32 - 1]) {
      expect(identifiers.indexOf(identifiers.idOf(index))).toBe(index)
    }
    expect(identifiers.indexOf(createIdentifiers(1, 'groups').idOf(5))).toBeUndefined()
    expect(identifiers.indexOf(createIdentifiers(2, 'users').idOf(5))).toBeUndefined()
    expect(identifiers.indexOf('__proto__')).toBeUndefined()
  })
})
