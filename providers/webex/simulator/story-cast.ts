import {
  createStory,
  hashOf,
  hashOfText,
  type StoryHabit,
  type StoryOptions,
  type StoryPart,
} from '../../../src/simulator-kit/index.ts'
import type { WebexCast } from './cast.ts'
import { catalog } from './catalog.ts'
import { firstMemberOf } from './first-member.ts'
import { FREE, type MemberProfile } from './member-profile.ts'
import { unitsOf } from './oddities-cast.ts'
import { storySeats } from './story-licenses.ts'

const CREATED = hashOfText('webex created')
const DAY_MS = 86_400_000
/** Accounts of people who were there before the story are up to so much older. */
const CREATED_WITHIN_DAYS = 2_000

export interface StoryCastOptions extends StoryOptions {
  /** Members of the organization. */
  readonly users: number
}

const licensesOfOffice = (number: number): readonly string[] => [
  ...FREE,
  'MS',
  number % 4 === 0 ? 'EE-apac' : 'EE-emea',
  // Moved from one site to the other, and still has both.
  ...(number % 40 === 4 ? ['EE-emea'] : []),
  ...(number % 3 === 0 ? ['BCSTD'] : []),
  ...(number % 16 === 5 ? ['RTT'] : []),
  ...(number % 10 === 1 ? ['CF'] : []),
  ...(number % 8 === 1 ? ['UCPREM'] : []),
  ...(number % 4 === 2 ? ['CE'] : []),
]

/** Some agents came from the other contact center, and still have their seat in it. */
const licensesOfAgent = (number: number): readonly string[] => [
  ...FREE,
  ...(number % 4 === 0 ? ['MS'] : []),
  ...(number % 70 === 20 ? ['CJPSTD'] : []),
]

const licensesOf = ({ team, number }: StoryPart): readonly string[] => {
  switch (team) {
    case 'agents':
      return licensesOfAgent(number)
    case 'office':
      return licensesOfOffice(number)
    case 'otherAgents':
      return [...FREE, 'MS', number < 16 ? 'CJPPRM' : 'CJPSTD']
    case 'formerOffice':
    case 'invited':
      return [...FREE, 'MS', 'EE-emea']
    default:
      return FREE
  }
}

/** Of five in six who left, the account was deleted; of the others it was only switched off. */
const isForgotten = ({ team, number }: StoryPart): boolean => team === 'formerOffice' && number % 6 === 0

const profileIn = (part: StoryPart): MemberProfile => {
  const isGone = part.presence === 'gone'
  if (part.presence === 'coming' || (isGone && !isForgotten(part))) {
    return { isMember: false, licenses: [], loginEnabled: false, invitePending: false }
  }
  return { licenses: licensesOf(part), loginEnabled: !isGone, invitePending: part.team === 'invited' }
}

/** One in eleven has not been active for half a year, and one in a hundred never. Those who are new have. */
const habitOf = ({ number, joinedAt, presence }: StoryPart): StoryHabit => {
  if (joinedAt !== undefined) return 'daily'
  if (number % 100 === 33) return 'never'
  return number % 11 === 5 || presence === 'gone' ? 'dormant' : 'daily'
}

/** The company of a story. */
export const storyCast = ({ users, ...options }: StoryCastOptions): WebexCast => {
  const { seed, today, at } = options
  const story = createStory(options)
  const personOf = (user: number): number => firstMemberOf(users) + user
  const partOf = (user: number): StoryPart => story.partOf(personOf(user))
  const seats = storySeats(users)
  return {
    catalog: catalog
      .filter(({ key, subscription }) => subscription === undefined || seats.has(key))
      .map((entry) => (entry.key === 'BCCA' ? { ...entry, workspacesPercent: 2 } : entry)),
    unitsOf: (entry, size) => seats.get(entry.key) ?? unitsOf(entry, size),
    profileOf: (remainder) => profileIn(partOf(remainder)),
    createdAt: (user) =>
      partOf(user).joinedAt ?? today - (400 + (hashOf(seed, CREATED, user) % CREATED_WITHIN_DAYS)) * DAY_MS,
    lastActiveAt: (user) => story.lastActiveAt(personOf(user), 'webex', habitOf(partOf(user))),
    accountOf: () => ({}),
    devicesSeenAt: at,
    membersPerGuest: 200,
  }
}
