import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createLicenseBook,
  type IndexSet,
  joinedSet,
  listedHoldings,
  listedSet,
  periodicSet,
  setWithout,
  shiftedSet,
} from '../../src/simulator-kit/index.ts'

const membersOf = (set: IndexSet) => Array.from({ length: set.size }, (_, position) => set.at(position))

const expectSound = (set: IndexSet, expected: readonly number[]) => {
  expect(membersOf(set)).toEqual(expected)
  expect(set.at(set.size)).toBeUndefined()
  expect(set.at(-1)).toBeUndefined()
  for (const [position, index] of expected.entries()) expect(set.positionOf(index)).toBe(position)
}

describe('an index set', () => {
  it('that repeats by period holds what counting one by one would find', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.integer({ min: 1, max: 20 }), fc.array(fc.nat(19)), (total, period, wanted) => {
        const all = Array.from({ length: total }, (_, index) => index)
        const set = periodicSet(total, period, (remainder) => wanted.includes(remainder))
        expectSound(
          set,
          all.filter((index) => wanted.includes(index % period)),
        )
        expect(set.positionOf(total)).toBeUndefined()
      }),
    )
  })

  it('can be joined, shifted and thinned', () => {
    const even = periodicSet(10, 2, (remainder) => remainder === 0)
    expectSound(joinedSet(even, shiftedSet(even, 20)), [0, 2, 4, 6, 8, 20, 22, 24, 26, 28])
    expectSound(setWithout(even, [0, 2, 4]), [2, 6])
    expect(setWithout(even, [0]).positionOf(0)).toBeUndefined()
    expectSound(listedSet([5, 3, 9]), [5, 3, 9])
  })
})

describe('a license book', () => {
  const book = () => createLicenseBook(listedHoldings([['a'], ['a', 'b'], [], ['b'], ['a']]))

  it('shows a change from both sides', () => {
    const changed = book()
    changed.assign(1, ['b', 'c'])
    changed.assign(2, ['a'])
    expect(changed.licensesOf(1)).toEqual(['b', 'c'])
    expectSound(changed.holdersOf('a'), [0, 4, 2])
    expectSound(changed.holdersOf('b'), [1, 3])
    expectSound(changed.holdersOf('c'), [1])
    expect(changed.changed()).toEqual([1, 2])
  })

  it('takes a change back', () => {
    const changed = book()
    expect(changed.holdersOf('a').size).toBe(3)
    changed.assign(0, [])
    expect(changed.holdersOf('a').size).toBe(2)
    changed.assign(0, ['a'])
    expectSound(changed.holdersOf('a'), [0, 1, 4])
  })

  it('agrees with itself after any changes', () => {
    const licenseIds = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'))
    fc.assert(
      fc.property(fc.array(licenseIds), fc.array(fc.tuple(fc.nat(9), licenseIds)), (base, changes) => {
        const held: (readonly string[])[] = [...base]
        const changed = createLicenseBook(listedHoldings(base))
        for (const [user, licenses] of changes) {
          changed.assign(user, licenses)
          held[user] = licenses
        }
        for (const licenseId of ['a', 'b', 'c', '__proto__', 'constructor']) {
          const expected = [...held.keys()].filter((user) => held[user]?.includes(licenseId))
          const members = membersOf(changed.holdersOf(licenseId))
          expect(members.sort((one, other) => (one ?? 0) - (other ?? 0))).toEqual(expected)
        }
      }),
    )
  })
})
