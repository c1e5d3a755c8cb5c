import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Count, toPromise } from '../../src/index.ts'
import { type Attributed, diffSnapshots, type SeatsMoved } from '../../src/snapshot/index.ts'
import { user } from '../report/reported-organization.ts'
import { openStory, type Story } from './plan-story.ts'

const IDS = ['ada', 'bob', 'cleo', 'dan', 'eve']
const LICENSES = ['basic', 'plus']

const id = fc.constantFrom(...IDS)
const held = fc.subarray(LICENSES)
const seat = fc.record({
  action: fc.constantFrom('assign' as const, 'remove' as const),
  license: fc.constantFrom(...LICENSES),
  user: id,
})

/** What happens to the organization; plans are called by their place. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('apply' as const),
      seats: fc.array(seat, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), of: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('set' as const), id, held, deleted: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('room' as const), id, held, gone: fc.boolean() }) },
)
type Step = typeof step extends fc.Arbitrary<infer A> ? A : never

const happen = async (story: Story, one: Step, name: string): Promise<void> => {
  switch (one.kind) {
    case 'apply': {
      // One wish for each seat, of users who are there.
      const wishes = new Map(
        one.seats.filter(({ user }) => story.users.has(user)).map((wish) => [`${wish.user} ${wish.license}`, wish]),
      )
      if (wishes.size > 0) await story.apply(name, [...wishes.values()])
      return
    }
    case 'undo': {
      const [of] = [...story.journals.keys()].slice(one.of)
      if (of !== undefined) await story.undo(of)
      return
    }
    case 'set':
      return story.set(one.id, one.held, one.deleted ? 'deleted' : 'active')
    case 'leave':
      return story.leave(one.id)
    case 'room':
      if (one.gone) story.workspaces.delete(one.id)
      else story.workspaces.set(one.id, { id: one.id, displayName: one.id, licenseIds: one.held })
  }
}

const numberOf = (count: Count): number => {
  if (count.kind !== 'known') throw new Error(`expected a known number, found ${JSON.stringify(count)}`)
  return count.value
}

const netOf = ({ given, givenBack }: SeatsMoved): number => numberOf(given.seats) - numberOf(givenBack.seats)

const sumOf = ({ plans, others, cameAndLeft, unclear }: Pick<Attributed, keyof Attributed>): number =>
  [...plans, others, cameAndLeft, unclear].map(netOf).reduce((sum, net) => sum + net, 0)

describe('whatever plans, other hands and undo do between two snapshots', () => {
  it('the parts of every license add up exactly to the difference of its assigned seats', async () => {
    let attributed = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(held, { minLength: IDS.length, maxLength: IDS.length }),
        fc.array(step, { maxLength: 4 }),
        fc.array(step, { maxLength: 6 }),
        fc.boolean(),
        async (holdings, earlier, meanwhile, isKilled) => {
          const story = openStory(IDS.map((one, index) => user(one, holdings[index] ?? [])))
          story.workspaces.set('room', { id: 'room', displayName: 'Room', licenseIds: [] })
          story.price('plus', 700)
          for (const [index, one] of earlier.entries()) await happen(story, one, `earlier ${index}`)
          const before = await story.snapshot()
          for (const [index, one] of meanwhile.entries()) await happen(story, one, `plan ${index}`)
          const after = await story.snapshot()
          const [last] = [...story.journals].slice(-1)
          // A run that was killed has not written its last lines.
          if (isKilled && last !== undefined) {
            const [name, text] = last
            story.journals.set(name, `${text.split('\n').slice(0, -3).join('\n')}\n`)
          }
          const diff = await toPromise(diffSnapshots(before, after, { plans: await story.histories() }))
          for (const { id: license, assigned, attribution } of diff.licenses) {
            if (attribution === undefined) throw new Error(`${license} has no attribution`)
            expect([license, sumOf(attribution)]).toEqual([license, numberOf(assigned.difference)])
            attributed += attribution.plans.length
          }
          const { attribution } = diff
          if (attribution === undefined) throw new Error('nothing is attributed')
          // A license that is as before has as many seats as before.
          const differences = diff.licenses.map(({ assigned }) => numberOf(assigned.difference))
          expect(sumOf(attribution)).toBe(differences.reduce((sum, one) => sum + one, 0))
        },
      ),
      { numRuns: 150 },
    )
    // It has been about plans.
    expect(attributed).toBeGreaterThan(30)
  })
})
