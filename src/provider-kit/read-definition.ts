import * as E from 'fp-ts/lib/Either.js'
import { isRecord } from '../model/is-record.ts'
import { isProviderId, PROVIDER_ID_EXPECTED } from '../model/provider-id.ts'
import { DEFINITION_VERSION, type ProviderDefinition } from './provider-definition.ts'

/** Why a value cannot be used as a definition. */
export type DefinitionFlaw =
  /** It is a definition of an earlier or a later version. */
  | { readonly kind: 'earlier' | 'later' }
  /** It is none, or one of its members is not what it should be. `member`: `settings.token`. */
  | { readonly kind: 'malformed'; readonly member?: string | undefined; readonly expected: string }

const NOT_ONE: DefinitionFlaw = { kind: 'malformed', expected: 'what defineProvider makes' }

interface Member {
  readonly name: string
  readonly expected: string
  readonly is: (value: unknown) => boolean
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isFunction = (value: unknown): boolean => typeof value === 'function'

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)

const isWay = (value: unknown): boolean =>
  isRecord(value) &&
  isText(value.title) &&
  isTexts(value.fields) &&
  (value.sets === undefined || isRecord(value.sets)) &&
  (value.signIn === undefined || value.signIn === true)

const members: readonly Member[] = [
  { name: 'type', expected: PROVIDER_ID_EXPECTED, is: isProviderId },
  { name: 'displayName', expected: 'a text that is not empty', is: isText },
  { name: 'settings', expected: 'an object of settings', is: isRecord },
  {
    name: 'ways',
    expected: 'a list of ways, each with title and fields, or nothing',
    is: (value) => value === undefined || (Array.isArray(value) && value.every(isWay)),
  },
  { name: 'configure', expected: 'a function', is: isFunction },
  { name: 'startSimulator', expected: 'a function', is: isFunction },
  {
    name: 'reviewChanges',
    expected: 'a function, or nothing',
    is: (value) => value === undefined || isFunction(value),
  },
  {
    name: 'organizations',
    expected: 'an object with the name of a setting, or nothing',
    is: (value) => value === undefined || (isRecord(value) && isText(value.setting)),
  },
]

const isSetting = (value: unknown): boolean =>
  isRecord(value) &&
  isRecord(value.codec) &&
  isFunction(value.codec.is) &&
  isText(value.expected) &&
  isRecord(value.schema) &&
  typeof value.secret === 'boolean' &&
  (value.fields === undefined || (isRecord(value.fields) && Object.values(value.fields).every(isSetting))) &&
  (value.variable === undefined || isText(value.variable))

const flawInMembers = (value: Readonly<Record<string, unknown>>): DefinitionFlaw | undefined => {
  const wrong = members.find(({ name, is }) => !is(value[name]))
  if (wrong !== undefined) return { kind: 'malformed', member: wrong.name, expected: wrong.expected }
  const settings = isRecord(value.settings) ? value.settings : {}
  const setting = Object.keys(settings).find((name) => !isSetting(settings[name]))
  if (setting === undefined) return undefined
  return { kind: 'malformed', member: `settings.${setting}`, expected: 'a setting made by Fields' }
}

/** `2` of `v2`. */
const numberOf = (version: unknown): number | undefined => {
  const [, digits] = typeof version === 'string' ? (/^v(\d{1,9})$/.exec(version) ?? []) : []
  return digits === undefined ? undefined : Number(digits)
}

const flawOf = (value: unknown): DefinitionFlaw | undefined => {
  if (!isRecord(value)) return NOT_ONE
  const { definitionVersion } = value
  if (definitionVersion === DEFINITION_VERSION) return flawInMembers(value)
  const [number, own = 0] = [numberOf(definitionVersion), numberOf(DEFINITION_VERSION)]
  if (number !== undefined) return { kind: number > own ? 'later' : 'earlier' }
  // Before definitions had a version, they had these.
  const isEarlier = definitionVersion === undefined && isText(value.type) && isFunction(value.configure)
  return isEarlier ? { kind: 'earlier' } : NOT_ONE
}

const isDefinition = (value: unknown): value is ProviderDefinition => flawOf(value) === undefined

/**
 * Checks a definition that another package has made, perhaps with another version of this one. What its functions do is not
 * checked. Throws what the getters of a foreign object throw.
 */
export const readProviderDefinition = (value: unknown): E.Either<DefinitionFlaw, ProviderDefinition> =>
  isDefinition(value) ? E.right(value) : E.left(flawOf(value) ?? NOT_ONE)
