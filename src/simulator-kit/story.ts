import { fractionOf, hashOf, hashOfText } from './hash.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** What a person of the company does, which decides on the licenses and the habits of the person. */
export type StoryTeam =
  | 'agents'
  | 'leads'
  | 'formerAgents'
  | 'quietAgents'
  | 'office'
  | 'otherAgents'
  | 'formerOffice'
  | 'invited'
  | 'others'

/** What people of a company do, and how many in a thousand do it. Vendors give them licenses accordingly. */
const teams = [
  /** In the contact center. */
  { team: 'agents', size: 280 },
  /** They lead agents, and are in the same system. */
  { team: 'leads', size: 50 },
  /** They left the contact center within the story. */
  { team: 'formerAgents', size: 12 },
  /** They had a seat in the contact center that they had not used for half a year. It was given back within the story. */
  { team: 'quietAgents', size: 12 },
  { team: 'office', size: 180 },
  /** Agents of a contact center that the company took over, in a system of its own. */
  { team: 'otherAgents', size: 40 },
  /** They left the office within the story. */
  { team: 'formerOffice', size: 12 },
  /** They come into the office, and have not accepted the invitation yet. */
  { team: 'invited', size: 4 },
  /** They need nothing that is paid for. */
  { team: 'others', size: 410 },
] as const satisfies readonly { readonly team: StoryTeam; readonly size: number }[]

/** After so many people, the parts are the same again. */
export const STORY_PERIOD = teams.reduce((sum, { size }) => sum + size, 0)

/** Where a person belongs in the company, and whether they are still to come, are there, or have left. */
export interface StoryPart {
  readonly team: StoryTeam
  /** Counts within the team, from 0: every so many of them differ in something. */
  readonly number: number
  /** At the time that is shown. */
  readonly presence: 'coming' | 'here' | 'gone'
  /** When the person came, where that is within the story. */
  readonly joinedAt?: number | undefined
}

/** How often a person uses what they hold. */
export type StoryHabit = 'daily' | 'dormant' | 'never'

/** A company with a past, shown at one time of it. Times are milliseconds since the epoch. */
export interface Story {
  /** The same for a person at every vendor. */
  readonly partOf: (person: number) => StoryPart
  /** Whether idle seats have been given back by then. */
  readonly isTidied: boolean
  /** Undefined: never. `use`: what the person uses, as habits of different things differ. */
  readonly lastActiveAt: (person: number, use: string, habit: StoryHabit) => number | undefined
}

/** Which story is told (the same `seed` gives the same one), and at what time. Times are milliseconds since the epoch. */
export interface StoryOptions {
  readonly seed: number
  /** The last day of the story. */
  readonly today: number
  /** The time that is shown. */
  readonly at: number
}

const PLACE = hashOfText('story place')
const QUIET = hashOfText('story quiet')

/** Has no divisor in common with the period, and puts neighbors far apart: small organizations have some of every team. */
const STEP = 617

/** The story goes back so many days, to before the snapshot of two months ago. */
const PAST_DAYS = 58
const TIDIED_DAYS_AGO = 20

/** Within the story, never on its last two days. */
const daysAgo = (number: number): number => 3 + ((number * 5) % (PAST_DAYS - 3))

const teamAt = (place: number): Pick<StoryPart, 'team' | 'number'> => {
  let number = place
  for (const { team, size } of teams) {
    if (number < size) return { team, number }
    number -= size
  }
  return { team: 'others', number }
}

const comesWithin = ({ team, number }: Pick<StoryPart, 'team' | 'number'>): boolean =>
  team === 'invited' || (team === 'agents' && number % 10 === 7) || (team === 'office' && number % 20 === 7)

const leavesWithin = (team: StoryTeam): boolean => team === 'formerAgents' || team === 'formerOffice'

/** The story of a seed: the same seed, day and time give the same people. */
export const createStory = ({ seed, today, at }: StoryOptions): Story => {
  const shift = hashOf(seed, PLACE) % STORY_PERIOD
  const partOf = (person: number): StoryPart => {
    const own = teamAt(((person % STORY_PERIOD) * STEP + shift) % STORY_PERIOD)
    const event = today - daysAgo(own.number) * DAY_MS
    if (comesWithin(own)) return { ...own, presence: at < event ? 'coming' : 'here', joinedAt: event }
    return { ...own, presence: leavesWithin(own.team) && at >= event ? 'gone' : 'here' }
  }
  return {
    partOf,
    isTidied: at >= today - TIDIED_DAYS_AGO * DAY_MS,
    lastActiveAt: (person, use, habit) => {
      if (habit === 'never') return undefined
      const fraction = fractionOf(seed, QUIET, hashOfText(use), person)
      const { joinedAt = 0, presence } = partOf(person)
      if (presence === 'coming') return undefined
      // Most within two days, all within two weeks.
      const recent = Math.max(joinedAt, at - Math.floor(fraction ** 4 * 14 * 24) * HOUR_MS)
      if (habit === 'daily') return recent
      // Half a year ago or longer, so that it was so too when the story begins.
      return Math.min(recent, today - Math.floor((180 + fraction * 240) * 24) * HOUR_MS)
    },
  }
}

/** The same day and time so many months before, or the last day of a month that is shorter, in UTC. */
export const monthsBefore = (time: number, months: number): number => {
  const date = new Date(time)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() - months]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + (time % DAY_MS)
}
