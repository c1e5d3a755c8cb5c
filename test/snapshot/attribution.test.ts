import { describe, expect, it } from 'vitest'
import { known, type PlanHistory, toPromise } from '../../src/index.ts'
import { type DiffAttribution, diffSnapshots, type KnownJournals, type Snapshot } from '../../src/snapshot/index.ts'
import { user } from '../report/reported-organization.ts'
import { openStory, type Story } from './plan-story.ts'

const users = ['ada', 'bob', 'cleo', 'dan'].map((id) => user(id, ['basic', 'plus']))

const give = (license: string, id: string) => ({ action: 'assign' as const, license, user: id })
const take = (license: string, id: string) => ({ action: 'remove' as const, license, user: id })

const attributed = async (before: Snapshot, after: Snapshot, journals: KnownJournals) => {
  const diff = await toPromise(diffSnapshots(before, after, journals))
  const { attribution } = diff
  if (attribution === undefined) throw new Error('nothing is attributed')
  return { diff, attribution }
}

const between = async (story: Story, before: Snapshot, after: Snapshot) =>
  attributed(before, after, { plans: await story.histories() })

/** `[given, given back]` of each part. */
const numbersOf = ({ plans, others, cameAndLeft, unclear }: DiffAttribution) => {
  const of = ({ given, givenBack }: typeof others) =>
    [given, givenBack].map(({ seats }) => (seats.kind === 'known' ? seats.value : seats.kind))
  return {
    plans: plans.map(({ name, undo, ...moved }) => [undo ? `undo of ${name}` : name, ...of(moved)]),
    others: of(others),
    cameAndLeft: of(cameAndLeft),
    unclear: of(unclear),
  }
}

const NOBODY = { plans: [], others: [0, 0], cameAndLeft: [0, 0], unclear: [0, 0] }

describe('what changed between two snapshots', () => {
  it('is of the plan that gave the seats back, of other hands, and of users who came and left', async () => {
    const story = openStory(users)
    story.price('plus', 2_500)
    const before = await story.snapshot()
    await story.apply('idle', [take('plus', 'ada'), take('plus', 'bob')])
    story.set('cleo', ['basic'])
    story.leave('dan')
    story.set('eve', ['plus'])
    const { diff, attribution } = await between(story, before, await story.snapshot())
    expect(numbersOf(attribution)).toEqual({
      plans: [['idle', 0, 2]],
      others: [0, 1],
      cameAndLeft: [1, 2],
      unclear: [0, 0],
    })
    const plus = diff.licenses.find(({ id }) => id === 'plus')
    expect(plus?.attribution).toMatchObject({
      plans: [
        {
          name: 'idle',
          givenBack: { seats: known(2), cost: { kind: 'known', amounts: [{ amount: 5_000, currency: 'EUR' }] } },
        },
      ],
      others: { givenBack: { seats: known(1), cost: { kind: 'known', amounts: [{ amount: 2_500 }] } } },
      cameAndLeft: { given: { seats: known(1) }, givenBack: { seats: known(1) } },
    })
    expect(attribution).toMatchObject({ complete: true, plansOutside: 0, journals: [] })
  })

  it('is of other hands in a workspace that stays, and came and left with one that does not', async () => {
    const story = openStory(users)
    const put = (id: string, ...licenseIds: string[]) => story.workspaces.set(id, { id, displayName: id, licenseIds })
    put('lobby', 'plus')
    put('attic', 'plus')
    const before = await story.snapshot()
    put('lobby', 'basic')
    story.workspaces.delete('attic')
    put('studio', 'plus')
    const { attribution } = await between(story, before, await story.snapshot())
    expect(numbersOf(attribution)).toEqual({ ...NOBODY, others: [1, 1], cameAndLeft: [1, 1] })
  })

  it('is attributed to no plan where none is given', async () => {
    const story = openStory(users)
    const before = await story.snapshot()
    const diff = await toPromise(diffSnapshots(before, await story.snapshot()))
    expect(diff).not.toHaveProperty('attribution')
  })

  it('costs what it cost in the snapshot that has the seat', async () => {
    const story = openStory(users)
    story.price('plus', 2_500)
    const before = await story.snapshot()
    story.price('plus', 3_000)
    await story.apply('idle', [take('plus', 'ada')])
    story.set('eve', ['plus'])
    const { attribution } = await between(story, before, await story.snapshot())
    expect(attribution.plans[0]?.givenBack.cost).toEqual({
      kind: 'known',
      amounts: [{ amount: 2_500, currency: 'EUR' }],
    })
    expect(attribution.cameAndLeft.given.cost).toEqual({ kind: 'known', amounts: [{ amount: 3_000, currency: 'EUR' }] })
  })

  it('does not count what a plan did before the earlier snapshot or after the later one', async () => {
    const story = openStory(users)
    await story.apply('earlier', [take('plus', 'ada')])
    const before = await story.snapshot()
    story.set('bob', ['basic'])
    const after = await story.snapshot()
    await story.apply('later', [take('plus', 'cleo')])
    const { attribution } = await between(story, before, after)
    expect(numbersOf(attribution)).toEqual({ ...NOBODY, others: [0, 1] })
    expect(attribution).toMatchObject({ plansOutside: 2, complete: true })
  })

  it('says of a seat that was given back and taken again that it did not last', async () => {
    const story = openStory(users)
    const before = await story.snapshot()
    await story.apply('idle', [take('plus', 'ada'), take('plus', 'bob')])
    story.set('ada', ['basic', 'plus'])
    const { attribution } = await between(story, before, await story.snapshot())
    expect(numbersOf(attribution).plans).toEqual([['idle', 0, 1]])
    expect(attribution.plans[0]?.didNotLast).toEqual({ given: 0, givenBack: 1 })
  })

  it('is of the last of several plans about one seat', async () => {
    const story = openStory(users)
    const before = await story.snapshot()
    await story.apply('first', [take('plus', 'ada')])
    await story.apply('second', [give('plus', 'ada')])
    await story.apply('third', [take('plus', 'ada')])
    const { attribution } = await between(story, before, await story.snapshot())
    expect(attribution.plans.map(({ name, replaced }) => [name, replaced])).toEqual([
      ['first', { given: 0, givenBack: 1 }],
      ['second', { given: 1, givenBack: 0 }],
      ['third', { given: 0, givenBack: 0 }],
    ])
    expect(numbersOf(attribution).plans).toContainEqual(['third', 0, 1])
  })

  it('counts no change that undo took back, and says that there were some', async () => {
    const story = openStory(users)
    const before = await story.snapshot()
    await story.apply('idle', [take('plus', 'ada')])
    await story.undo('idle')
    const { attribution, diff } = await between(story, before, await story.snapshot())
    expect(diff.licenses).toEqual([])
    expect(attribution.plans).toMatchObject([{ name: 'idle', undone: { given: 0, givenBack: 1 } }])
    expect(numbersOf(attribution).plans).toEqual([['idle', 0, 0]])
  })

  it('is of the undo of a plan where only that lies between the snapshots', async () => {
    const story = openStory(users)
    await story.apply('idle', [take('plus', 'ada')])
    const before = await story.snapshot()
    await story.undo('idle')
    const { attribution } = await between(story, before, await story.snapshot())
    expect(numbersOf(attribution)).toEqual({ ...NOBODY, plans: [['undo of idle', 1, 0]] })
  })

  it('is of the plan where its user has left since, and of nobody where an account is deleted', async () => {
    const story = openStory(users)
    const before = await story.snapshot()
    await story.apply('idle', [take('plus', 'ada')])
    story.leave('ada')
    story.set('bob', [], 'deleted')
    const { attribution } = await between(story, before, await story.snapshot())
    expect(numbersOf(attribution)).toEqual({ ...NOBODY, plans: [['idle', 0, 1]], cameAndLeft: [0, 3] })
  })

  it('counts what the vendor took in addition as changed by the plan', async () => {
    const story = openStory(
      users.map((one) => ({ ...one, licenseIds: ['basic'] })),
      { onChange: () => ({ kind: 'implicit', takes: ['basic'] }) },
    )
    const before = await story.snapshot()
    await story.apply('richer', [give('plus', 'ada')])
    const { attribution } = await between(story, before, await story.snapshot())
    expect(numbersOf(attribution)).toEqual({ ...NOBODY, plans: [['richer', 1, 1]] })
  })

  it('does not add up a copy of a journal', async () => {
    const story = openStory(users)
    const before = await story.snapshot()
    await story.apply('idle', [take('plus', 'ada')])
    story.journals.set('copy of idle', story.journals.get('idle') ?? '')
    const { attribution } = await between(story, before, await story.snapshot())
    expect(attribution.plans).toMatchObject([
      { name: 'idle', replaced: { givenBack: 0 }, didNotLast: { givenBack: 0 } },
    ])
  })

  it('is unclear where a plan was sent for it and its journal has no outcome', async () => {
    const story = openStory(users)
    const before = await story.snapshot()
    await story.apply('idle', [take('plus', 'ada'), take('plus', 'bob')])
    // The run was killed after it had sent the last change.
    const lines = (story.journals.get('idle') ?? '').split('\n')
    const sent = lines.findLastIndex((line) => line.startsWith('{"entry":"sending"'))
    story.journals.set('idle', `${lines.slice(0, sent + 1).join('\n')}\n`)
    const { attribution } = await between(story, before, await story.snapshot())
    expect(numbersOf(attribution)).toEqual({ ...NOBODY, plans: [['idle', 0, 1]], unclear: [0, 1] })
    expect(attribution).toMatchObject({ complete: false, journals: [{ name: 'idle', kind: 'unfinished' }] })
  })

  it('tells of a journal of another provider, and of one that is damaged, and attributes nothing to them', async () => {
    const story = openStory(users)
    const before = await story.snapshot()
    await story.apply('idle', [take('plus', 'ada')])
    const [history] = await story.histories()
    if (history === undefined) throw new Error('there is no history')
    const foreign: PlanHistory = { ...history, provider: { id: 'other', vendor: 'acme', displayName: 'Other' } }
    const { attribution } = await attributed(before, await story.snapshot(), {
      plans: [foreign],
      damagedJournals: [{ name: 'torn', problem: 'line 3: expected an entry of a journal' }],
    })
    expect(numbersOf(attribution)).toEqual({ ...NOBODY, others: [0, 1] })
    expect(attribution.journals.map(({ message }) => message)).toEqual([
      'torn: cannot be used as a journal: line 3: expected an entry of a journal; nothing is attributed to it',
      'idle: it is of other (acme), which the snapshots do not have; nothing is attributed to it',
    ])
    expect(attribution).toMatchObject({ complete: false, plansOutside: 0 })
  })

  it('is of a plan whose pending change has come true, and unclear only since the last change that was seen', async () => {
    const story = openStory(users)
    const before = await story.snapshot()
    for (const { id } of users) story.set(id, ['basic'])
    const after = await story.snapshot()
    const of = (userId: string, action: 'assign' | 'remove', state: 'made' | 'pending' | 'unknown', minute: number) => {
      const at = `2026-11-01T01:${minute}:00.000Z`
      return { userId, licenseId: 'plus', action, state, from: at, ...(state === 'made' ? { to: at } : {}) }
    }
    const history: PlanHistory = {
      name: 'idle',
      hash: 'a'.repeat(64),
      createdAt: '2026-11-01T01:05:00.000Z',
      provider: { id: 'acme', vendor: before.manifest.providers[0]?.vendor ?? '', displayName: 'Acme' },
      chained: true,
      changes: [
        of('ada', 'remove', 'pending', 10),
        of('bob', 'assign', 'pending', 10),
        of('cleo', 'remove', 'unknown', 10),
        of('cleo', 'assign', 'made', 20),
        of('dan', 'assign', 'made', 10),
        of('dan', 'remove', 'unknown', 20),
      ],
    }
    const { attribution } = await attributed(before, after, { plans: [history] })
    expect(numbersOf(attribution)).toEqual({ ...NOBODY, plans: [['idle', 0, 1]], others: [0, 2], unclear: [0, 1] })
  })

  it('cannot be attributed where users have pseudonyms, or where the snapshots are the other way round', async () => {
    const story = openStory(users)
    const pseudonyms = { digest: (text: string) => Buffer.from(text).toString('hex').padEnd(64, '0').slice(0, 64) }
    const [before, hidden] = [await story.snapshot(), await story.snapshot({ pseudonyms })]
    await story.apply('idle', [take('plus', 'ada')])
    const [after, hiddenAfter] = [await story.snapshot(), await story.snapshot({ pseudonyms })]
    const shared = await between(story, hidden, hiddenAfter)
    expect(shared.attribution).toMatchObject({
      complete: false,
      plans: [],
      others: { given: { seats: { kind: 'unknown' } } },
    })
    expect(shared.attribution.impossible).toMatch(
      /^the snapshots are pseudonymized, .*; compare snapshots with real users$/,
    )
    expect(shared.diff.licenses[0]).not.toHaveProperty('attribution')
    const reversed = await between(story, after, before)
    expect(reversed.attribution.impossible).toBe(
      'the first snapshot is not the earlier one; name the earlier one first',
    )
  })

  it('is a lower bound where a gap may hide more', async () => {
    let torn = false
    const story = openStory(users, {
      onPage: ({ operation }, page) =>
        torn && operation === 'listUsers' ? { ...page, gaps: [{ what: 'page 2', reason: 'it was torn' }] } : page,
    })
    const before = await story.snapshot()
    story.set('eve', ['plus'])
    torn = true
    const { attribution } = await between(story, before, await story.snapshot())
    expect(attribution.cameAndLeft.given.seats).toMatchObject({ kind: 'unknown', atLeast: 1 })
    expect(attribution.complete).toBe(false)
  })

  it('counts what both snapshots list, whatever neither of them lists', async () => {
    const story = openStory(users, { omits: ['external holders are not listed'] })
    const before = await story.snapshot()
    await story.apply('idle', [take('plus', 'ada')])
    story.set('bob', ['basic'])
    const { diff, attribution } = await between(story, before, await story.snapshot())
    expect(diff.licenses.map(({ id, assigned }) => [id, assigned.difference.kind])).toEqual([['plus', 'unknown']])
    expect(numbersOf(attribution)).toEqual({ ...NOBODY, plans: [['idle', 0, 1]], others: [0, 1] })
    expect(attribution.complete).toBe(true)
  })

  it('refuses what is no history of a plan', async () => {
    const story = openStory(users)
    const before = await story.snapshot()
    const wrong = JSON.parse('{"plans":[{"name":"x"}]}')
    expect(await diffSnapshots(before, await story.snapshot(), wrong)()).toMatchObject({
      left: { message: expect.stringContaining('plans: expected a list of what readPlanHistory gives') },
    })
  })
})
