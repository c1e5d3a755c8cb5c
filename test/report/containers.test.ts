import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Contents, containersIn } from '../../src/report/findings/containers.ts'

/** All that a license contains, by way of others too, found out by looking. */
const allIn = (contents: Contents, id: string): ReadonlySet<string> => {
  const all = new Set<string>(contents.get(id))
  for (const one of all) for (const inner of contents.get(one) ?? []) all.add(inner)
  return all
}

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const anyOf = fc.uniqueArray(fc.constantFrom(...ids, 'not listed'))

describe('which of the licenses that somebody holds contain others', () => {
  test('is what looking at each two of them tells; what contains each other contains nothing', () => {
    const listed = fc.uniqueArray(fc.tuple(fc.constantFrom(...ids), anyOf), { selector: ([id]) => id })
    fc.assert(
      fc.property(listed, anyOf, (entries, held) => {
        const contents = new Map(entries)
        const expected = held.flatMap((id) => {
          const container = held.find((other) => allIn(contents, other).has(id) && !allIn(contents, id).has(other))
          return container === undefined ? [] : [[id, container]]
        })
        expect([...containersIn(contents)(held)]).toEqual(expected)
      }),
      { numRuns: 2_000 },
    )
  })

  /** How often anything of the contents is read for one who holds everything. */
  const readsOf = (size: number, innerOf: (place: number) => readonly string[]): number => {
    let reads = 0
    const counted = (inner: readonly string[]) =>
      new Proxy(inner, {
        get: (target, key) => {
          reads++
          return Reflect.get(target, key)
        },
      })
    const licenses = Array.from({ length: size }, (_, place) => `l${place}`)
    const contents = new Map(licenses.map((id, place) => [id, counted(innerOf(place))]))
    containersIn(contents)(licenses)
    return reads
  }

  test.each<[string, (size: number) => (place: number) => readonly string[]]>([
    ['each contains the next', () => (place) => [`l${place + 1}`]],
    ['each contains the next, and the last the first', (size) => (place) => [`l${(place + 1) % size}`]],
    ['all contain one', () => () => ['l0']],
  ])('takes twice as long for twice as many of which %s', (_, innerOf) => {
    const [once, twice] = [readsOf(2_000, innerOf(2_000)), readsOf(4_000, innerOf(4_000))]
    expect(twice).toBeLessThan(once * 2.2)
  })
})
