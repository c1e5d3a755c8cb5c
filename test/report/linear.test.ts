import { describe, expect, test } from 'vitest'
import { createLicenseReport, known } from '../../src/index.ts'
import { counting } from './counting-reads.ts'
import { organization, user } from './reported-organization.ts'

type Users = Parameters<typeof organization>[1] extends infer O | undefined ? NonNullable<O> : never

const readsFor = async (organizations: readonly Partial<Users>[]): Promise<number> => {
  let reads = 0
  const providers = organizations.map((options, index) =>
    counting(organization(`p${index}`, options), () => {
      reads++
    }),
  )
  const report = await createLicenseReport({ detail: true, findings: {} })(providers)()
  expect(report.complete).toBe(true)
  return reads
}

const many = <A>(count: number, of: (index: number) => A): readonly A[] =>
  Array.from({ length: count }, (_, i) => of(i))

describe('a report takes twice as long for twice as many', () => {
  test.each<[string, (size: number) => readonly Partial<Users>[]]>([
    [
      'users without a license who share an address',
      (size) => [{ users: many(size, (i) => user(`u${i}`, [], { email: 'a@x' })) }],
    ],
    ['holders who share an address', (size) => [{ users: many(size, (i) => user(`u${i}`, ['a'], { email: 'a@x' })) }]],
    [
      'holders whose activity three sources tell, one of which has stopped',
      (size) => {
        const activity = ['2020-01-01', '2026-01-01', '2026-02-01'].map((day) => ({
          at: `${day}T00:00:00.000Z`,
          source: day,
        }))
        return [{ users: many(size, (i) => user(`u${i}`, ['a'], { activity })) }]
      },
    ],
    [
      'holders who share an address with those of another provider',
      (size) => many(2, () => ({ users: many(size, (i) => user(`u${i}`, ['a'], { email: 'a@x' })) })),
    ],
    [
      'addresses that lead from user to user',
      (size) => [{ users: many(size, (i) => user(`u${i}`, ['a'], { email: `${i}@x`, otherEmails: [`${i + 1}@x`] })) }],
    ],
    [
      'addresses that two holders have in each of two providers',
      (size) => many(2, () => ({ users: many(size, (i) => user(`u${i}`, ['a'], { email: `${i >> 1}@x` })) })),
    ],
    ['providers', (size) => many(size / 4, () => ({ users: [user('u', ['a'])] }))],
  ])('%s', async (_, organizationsOf) => {
    const [once, twice] = [await readsFor(organizationsOf(400)), await readsFor(organizationsOf(800))]
    expect(twice / once).toBeLessThan(2.2)
  })
})

describe('pairs of providers', () => {
  test('are all listed where they are few', async () => {
    const { overlaps, otherOverlaps } = await createLicenseReport({ detail: true })(
      many(3, (i) => organization(`p${i}`, { users: [user(`u${i}`, ['a'])] })),
    )()
    expect(overlaps?.map(({ providers }) => providers.join(' '))).toEqual(['p0 p1', 'p0 p2', 'p1 p2'])
    expect(otherOverlaps).toBeUndefined()
  })

  test('are listed if a person is in both, and the rest is counted', async () => {
    const providers = many(500, (i) =>
      organization(`p${i}`, { users: [user(`u${i}`, ['a']), ...(i === 7 || i === 400 ? [user('ada', ['a'])] : [])] }),
    )
    const report = await createLicenseReport({ detail: true })(providers)()
    expect(report.overlaps).toMatchObject([{ providers: ['p7', 'p400'], people: known(1) }])
    expect(report.otherOverlaps).toEqual({ pairs: (500 * 499) / 2 - 1, people: known(0) })
    expect(JSON.stringify(report).length).toBeLessThan(2_000_000)
  })

  test('are not said to have no people if a list has a gap', async () => {
    const providers = [
      ...many(11, (i) => organization(`p${i}`, { users: [user(`u${i}`, ['a'])] })),
      organization('omits', { omits: ['guests are not listed'] }),
    ]
    const { otherOverlaps } = await createLicenseReport({ detail: true })(providers)()
    expect(otherOverlaps).toEqual({
      pairs: 66,
      people: { kind: 'unknown', reason: 'omits: guests are not listed' },
    })
  })

  test('of a person in very many providers are not counted one by one, and that is said', async () => {
    const providers = many(60, (i) =>
      organization(`p${i}`, { users: [user('admin', ['a']), ...(i < 2 ? [user('ada', ['a'])] : [])] }),
    )
    const { overlaps, otherOverlaps, people } = await createLicenseReport({ detail: true })(providers)()
    const reason = 'people with licenses in more than 50 providers are not counted by pairs'
    expect(overlaps).toMatchObject([{ providers: ['p0', 'p1'], people: { kind: 'unknown', reason, atLeast: 1 } }])
    expect(otherOverlaps).toEqual({ pairs: 1769, people: { kind: 'unknown', reason } })
    expect(people.inSeveralProviders).toEqual(known(2))
  })
})
