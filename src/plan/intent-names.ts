import * as E from 'fp-ts/lib/Either.js'
import { closestNames, meaningOneOf } from '../model/did-you-mean.ts'
import type { License } from '../model/license.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { distinctName, licenseMatcher, licenseNames } from '../model/match-licenses.ts'
import type { AmbiguousLicense, UnknownLicense } from './plan-failure.ts'
import type { ResolvedUser } from './resolve-users.ts'
import type { Surroundings } from './wanted-changes.ts'

/** What intents name: the licenses and users that they mean, and what messages call these. */
export interface IntentNames {
  readonly licenseOf: (text: string) => E.Either<UnknownLicense | AmbiguousLicense, License>
  readonly userOf: (text: string) => ResolvedUser
  /** The ids and names of a seat. */
  readonly seatOf: (
    user: LicensedUser,
    license: License,
  ) => { readonly userId: string; readonly user: string; readonly licenseId: string; readonly license: string }
}

export const nameOf = ({ email, displayName, id }: LicensedUser): string => email ?? displayName ?? id

/** Wrong names that get suggestions, at most: each is compared with every name. */
const MAX_SUGGESTED = 20

/** Suggests names for the first few wrong names. */
const createSuggester = (licenses: Iterable<License>): ((wanted: string) => readonly string[]) => {
  let names: readonly string[] | undefined
  let suggested = 0
  return (wanted) => {
    if (suggested === MAX_SUGGESTED) return []
    suggested++
    names ??= licenseNames(licenses)
    return closestNames(wanted, names)
  }
}

const findLicense = (
  matching: (wanted: string) => readonly License[],
  suggest: (wanted: string) => readonly string[],
  wanted: string,
  provider: string,
): E.Either<UnknownLicense | AmbiguousLicense, License> => {
  const matches = matching(wanted)
  const [only, another] = matches
  if (only === undefined) {
    const suggestions = suggest(wanted)
    const message = `${provider} has no license with the id, product code or name ${JSON.stringify(wanted)}`
    return E.left({
      _tag: 'UnknownLicense',
      provider,
      license: wanted,
      suggestions,
      message: `${message}${meaningOneOf(suggestions)}`,
    })
  }
  if (another === undefined) return E.right(only)
  const names = matches.map((license) => JSON.stringify(distinctName(license, matching))).join(' or ')
  return E.left({
    _tag: 'AmbiguousLicense',
    provider,
    license: wanted,
    candidates: matches.map(({ id, name }) => ({ id, name })),
    message: `${JSON.stringify(wanted)} may mean ${matches.length} licenses; give one of them: ${names}`,
  })
}

/** A function of texts that keeps its results: many lines of a file name the same few licenses. */
const remembered = <A>(find: (text: string) => A): ((text: string) => A) => {
  const found = new Map<string, A>()
  return (text) => {
    const known = found.get(text) ?? find(text)
    found.set(text, known)
    return known
  }
}

export const openNames = ({ provider, licenses, unlisted, resolved }: Surroundings): IntentNames => {
  const matching = licenseMatcher([...licenses.values(), ...unlisted.values()])
  const suggest = createSuggester(licenses.values())
  const labels = new Map<string, string>()
  /** The name of a license, with its place or id where two licenses have that name. */
  const labelOf = (license: License): string => {
    const label =
      labels.get(license.id) ?? (matching(license.name).length > 1 ? distinctName(license, matching) : license.name)
    labels.set(license.id, label)
    return label
  }
  return {
    licenseOf: remembered((text) => findLicense(matching, suggest, text, provider)),
    userOf: (user) =>
      resolved.get(user) ??
      E.left({ _tag: 'UnknownUser', provider, user, message: `${JSON.stringify(user)} was not looked up` }),
    seatOf: (user, license) => ({
      userId: user.id,
      user: nameOf(user),
      licenseId: license.id,
      license: labelOf(license),
    }),
  }
}
