import {
  createStory,
  type Story,
  type StoryHabit,
  type StoryOptions,
  type StoryPart,
} from '../../../src/simulator-kit/index.ts'
import type { GenesysCast } from './cast.ts'
import { seededDefinitions } from './catalog.ts'
import { hiredBefore } from './oddities-cast.ts'
import { dayOf } from './seeded-contracts.ts'
import { isInStory, storyContracts, storySeats } from './story-contracts.ts'
import type { UserProfile } from './user-profile.ts'

const HOUR_MS = 3_600_000
const YEAR_MS = 365 * 24 * HOUR_MS

/** The first hundred agents have the dearest license, and the last forty the cheapest. */
const tierOf = (number: number): string => {
  if (number < 100) return 'cloudCX3'
  return number < 240 ? 'cloudCX2' : 'cloudCX1'
}

const licensesOfAgent = (number: number): readonly string[] => {
  const tier = tierOf(number)
  return [
    tier,
    ...(tier === 'cloudCX2' && number % 7 < 2 ? ['gc2WEMupgrade'] : []),
    ...(tier !== 'cloudCX1' && number % 5 === 0 ? ['agentAssistLicense'] : []),
    // Left over from before they had a license that includes it.
    ...(number % 140 === 18 ? ['communicate'] : []),
  ]
}

/** Of five in six who left, the seat was given back. */
const isForgotten = (number: number): boolean => number % 6 === 0

const profileIn = ({ isTidied }: Story, { team, number, presence }: StoryPart): UserProfile => {
  if (presence === 'coming') return { state: 'absent' }
  switch (team) {
    case 'agents':
      return { state: 'active', licenses: licensesOfAgent(number) }
    case 'leads':
      return { state: 'active', licenses: ['communicate'] }
    case 'formerAgents': {
      const licenses = [number % 2 === 0 ? 'cloudCX2' : 'cloudCX3']
      if (presence === 'here') return { state: 'active', licenses }
      return isForgotten(number) ? { state: 'inactive', licenses } : { state: 'deleted', licenses: [] }
    }
    case 'quietAgents':
      return { state: 'active', licenses: isTidied ? [] : ['cloudCX3'] }
    default:
      return { state: 'active' }
  }
}

/** One in ten has not signed in for half a year, and one in a hundred never. Those who are new have. */
const habitOf = ({ team, number, joinedAt, presence }: StoryPart): StoryHabit => {
  if (team === 'quietAgents') return 'dormant'
  if (joinedAt !== undefined) return 'daily'
  if (number % 100 === 31) return 'never'
  return number % 10 === 5 || presence === 'gone' ? 'dormant' : 'daily'
}

/** The contact center of a story. */
export const storyCast = (options: StoryOptions): GenesysCast => {
  const story = createStory(options)
  return {
    definitions: seededDefinitions
      .filter(({ id }) => isInStory(id))
      .map(({ comprises, ...definition }) => ({ ...definition, comprises: comprises?.filter((id) => isInStory(id)) })),
    profileOf: (remainder) => profileIn(story, story.partOf(remainder)),
    activityOf: (user) => {
      const part = story.partOf(user)
      const end = story.lastActiveAt(user, 'genesys', habitOf(part))
      if (end === undefined) return {}
      const begin = end - (1 + (part.number % 8)) * HOUR_MS
      const [from, to] = [new Date(begin).toISOString(), new Date(end).toISOString()]
      return { dateLastLogin: from, lastTokenIssued: to, presences: [{ from, to, presence: 'ON_QUEUE' }] }
    },
    hiredOn: (user) => {
      const { joinedAt } = story.partOf(user)
      return dayOf(joinedAt ?? options.at - YEAR_MS - hiredBefore(options.seed, user))
    },
    purchasedBy: storySeats,
    contractsOf: (base, users, now) => storyContracts(base, { ...options, users }, now),
  }
}
