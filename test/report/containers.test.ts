import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLicenseReport } from '../../src/index.ts'
import { type Contents, containersIn } from '../../src/report/findings/containers.ts'
import { lookupWorkOf } from './lookup-work.ts'
import { license, organization, user } from './reported-organization.ts'

/** All that a license contains, by way of others too, found out by looking. */
const allIn = (contents: Contents, id: string): ReadonlySet<string> => {
  const all = new Set<string>(contents.get(id))
  for (const one of all) for (const inner of contents.get(one) ?? []) all.add(inner)
  return all
}

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const anyOf = fc.uniqueArray(fc.constantFrom(...ids, 'not listed'))

const ENOUGH = 1_000_000

describe('which of the licenses of a user contain others', () => {
  test('is what looking at each two of them tells; what contains each other contains nothing', () => {
    const listed = fc.uniqueArray(fc.tuple(fc.constantFrom(...ids), anyOf), { selector: ([id]) => id })
    fc.assert(
      fc.property(listed, anyOf, (entries, held) => {
        const contents = new Map(entries)
        const expected = held.flatMap((id) => {
          const container = held.find((other) => allIn(contents, other).has(id) && !allIn(contents, id).has(other))
          return container === undefined ? [] : [[id, container]]
        })
        expect([...(containersIn(contents, ENOUGH)(held) ?? [])]).toEqual(expected)
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
    containersIn(contents, ENOUGH)(licenses)
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

  const chain = (size: number) => Array.from({ length: size }, (_, place) => `l${place}`)
  const chainContents = (size: number): Contents =>
    new Map(chain(size).map((id, place) => [id, place + 1 < size ? [`l${place + 1}`] : []]))

  const lookupsForHolders = (size: number): number =>
    lookupWorkOf(() => {
      const containersAmong = containersIn(chainContents(size), 100 * size)
      for (const id of chain(size)) containersAmong(['l0', id])
    })

  test('takes no more than twice as long for twice as many holders of twice as deep a chain', () => {
    expect(lookupsForHolders(2_400) / lookupsForHolders(1_200)).toBeLessThan(2.2)
  })

  const reportOf = (size: number) =>
    createLicenseReport({ detail: true, findings: {} })([
      organization('p', {
        licenses: chain(size).map((id, place) => license(id, { includes: chainContents(size).get(`l${place}`) ?? [] })),
        users: chain(size).map((id) => user(`holder of ${id}`, ['l0', id])),
      }),
    ])()

  test('is told of a chain of any sensible depth', async () => {
    const { findings, abstentions } = await reportOf(50)
    expect(findings?.filter(({ rule }) => rule === 'included-license')).toHaveLength(49)
    expect(abstentions?.filter(({ rule }) => rule === 'included-license')).toEqual([])
  })
})

test('holders for whom it would take too long are counted, and not taken for holders of nothing that is included', async () => {
  const contents: Contents = new Map([
    ['bundle', Array.from({ length: 30_000 }, (_, place) => `part${place}`)],
    ['part0', []],
    ['part1', []],
  ])
  const { findings, abstentions } = await createLicenseReport({ detail: true, findings: {} })([
    organization('p', {
      licenses: [...contents].map(([id, includes]) => license(id, { includes })),
      users: [
        user('ann', ['part0', 'part1']),
        ...Array.from({ length: 10 }, (_, place) => user(`ben ${place}`, ['bundle', 'part0', `part${place + 2}`])),
      ],
    }),
  ])()
  const found = findings?.filter(({ rule }) => rule === 'included-license')
  expect(new Set(found?.map(({ userId }) => userId))).toEqual(new Set(['ben 0']))
  expect(abstentions).toContainEqual({
    rule: 'included-license',
    provider: 'p',
    reason: 'licenses contain so many others that 9 holders were not looked at',
  })
})
