import { describe, expect, it } from 'vitest'
import {
  createStory,
  monthsBefore,
  STORY_PERIOD,
  type StoryPart,
  type StoryTeam,
} from '../../src/simulator-kit/index.ts'

const DAY_MS = 86_400_000
const today = Date.UTC(2026, 10, 29)
const people = Array.from({ length: STORY_PERIOD }, (_, person) => person)

const storyAt = (daysAgo: number, seed = 1) => createStory({ seed, today, at: today - daysAgo * DAY_MS })

const countOf = (has: (part: StoryPart) => boolean, story = storyAt(0), some = people): number =>
  some.filter((person) => has(story.partOf(person))).length

describe('the people of a story', () => {
  it.each([1, 2, 77])('are as many in each team with seed %d', (seed) => {
    const story = storyAt(0, seed)
    expect(countOf(({ team }) => team === 'agents', story)).toBe(280)
    expect(countOf(({ team }) => team === 'office', story)).toBe(180)
    expect(countOf(({ team }) => team === 'invited', story)).toBe(4)
  })

  it('are other people with another seed', () => {
    const teamsWith = (seed: number): readonly StoryTeam[] =>
      people.map((person) => storyAt(0, seed).partOf(person).team)
    expect(teamsWith(1)).not.toEqual(teamsWith(2))
  })

  it('are mixed as well in a small organization', () => {
    for (const size of [10, 50, 200]) {
      const agents = countOf(({ team }) => team === 'agents', storyAt(0), people.slice(0, size))
      expect(agents / size).toBeGreaterThan(0.18)
      expect(agents / size).toBeLessThan(0.38)
    }
  })

  it('come and go in the two months before, one after the other', () => {
    const presences = [62, 30, 0].map((daysAgo) => ({
      coming: countOf(({ presence }) => presence === 'coming', storyAt(daysAgo)),
      gone: countOf(({ presence }) => presence === 'gone', storyAt(daysAgo)),
    }))
    expect(presences[0]).toEqual({ coming: 41, gone: 0 })
    expect(presences[1]?.coming).toBeGreaterThan(5)
    expect(presences[1]?.coming).toBeLessThan(40)
    expect(presences[1]?.gone).toBeGreaterThan(5)
    expect(presences[2]).toEqual({ coming: 0, gone: 24 })
    expect([62, 30, 0].map((daysAgo) => storyAt(daysAgo).isTidied)).toEqual([false, false, true])
  })

  it('are active within days by habit, and stay dormant through the whole story', () => {
    for (const daysAgo of [62, 30, 0]) {
      const story = storyAt(daysAgo)
      const at = today - daysAgo * DAY_MS
      const here = people.filter((person) => story.partOf(person).presence === 'here')
      const quietDays = (habit: 'daily' | 'dormant') =>
        here.map((person) => (at - (story.lastActiveAt(person, 'x', habit) ?? Number.NaN)) / DAY_MS)
      expect(Math.max(...quietDays('daily'))).toBeLessThanOrEqual(14)
      expect(quietDays('daily').filter((days) => days < 3).length).toBeGreaterThan(here.length / 2)
      expect(Math.min(...quietDays('dormant'))).toBeGreaterThan(100)
    }
    expect(storyAt(0).lastActiveAt(1, 'x', 'never')).toBeUndefined()
  })

  it('were not active before they came', () => {
    const story = storyAt(0)
    const early = people.filter((person) => {
      const { joinedAt } = story.partOf(person)
      return joinedAt !== undefined && (story.lastActiveAt(person, 'x', 'daily') ?? 0) < joinedAt
    })
    expect(early).toEqual([])
  })
})

describe('some months before', () => {
  it.each([
    ['2026-11-29T10:00:00.000Z', 1, '2026-10-29T10:00:00.000Z'],
    ['2026-03-31T00:00:00.000Z', 1, '2026-02-28T00:00:00.000Z'],
    ['2026-01-15T00:00:00.000Z', 2, '2025-11-15T00:00:00.000Z'],
  ])('%s, %d: %s', (time, months, before) => {
    expect(new Date(monthsBefore(Date.parse(time), months)).toISOString()).toBe(before)
  })
})
