import { distance } from 'fastest-levenshtein'

/** Names in one suggestion, at most. */
const MAX_SUGGESTIONS = 3
/** A longer text is not a mistyped name, and is slow to compare. */
const MAX_LENGTH = 200
/** A shorter text is part of too many names. */
const MIN_PART = 3

const folded = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '')

/** The distance of a name from what was given; undefined where it is too far to be meant. */
const distanceTo = (given: string, name: string): number | undefined => {
  const letters = distance(given, name)
  const shorter = Math.min(given.length, name.length)
  if (letters < shorter && letters <= Math.ceil(shorter / 3)) return letters
  const isPart = given.length >= MIN_PART && (name.includes(given) || (name.length >= MIN_PART && given.includes(name)))
  return isPart ? letters : undefined
}

/** The names that a text may mean: one or two letters are mistyped, or it is part of the name. The closest first. */
export const closestNames = (text: string, names: Iterable<string>): readonly string[] => {
  const given = folded(text)
  if (given === '' || given.length > MAX_LENGTH) return []
  return [...new Set(names)]
    .flatMap((name) => {
      const far = name.length > MAX_LENGTH ? undefined : distanceTo(given, folded(name))
      return far === undefined ? [] : [{ name, far }]
    })
    .sort((one, other) => one.far - other.far)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ name }) => name)
}

/** The end of a message that suggests these names; empty where there are none. */
export const meaningOneOf = (names: readonly string[]): string =>
  names.length === 0 ? '' : ` (did you mean ${names.map((name) => JSON.stringify(name)).join(' or ')}?)`

/** ` (did you mean "webex" or "webex-emea"?)`, for the end of a message; empty where no name is close. */
export const didYouMean = (text: string, names: Iterable<string>): string => meaningOneOf(closestNames(text, names))
