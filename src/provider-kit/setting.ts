import * as t from 'io-ts'
import type { Decoder } from '../model/decoder.ts'
import { DAY, isDay } from '../model/moment.ts'
import { PROVIDER_ID, PROVIDER_ID_EXPECTED } from '../model/provider-id.ts'
import { isWholeNumber } from '../model/whole-number.ts'
import type { ConfigurationProblem } from './configuration-problem.ts'
import { addressProblem } from './transport/trusted-url.ts'

/**
 * The part of JSON schema that settings need. As there, `minimum` and `maximum` bound a number, `minLength` the characters of
 * a text, `minItems` the items of a list.
 */
export interface JsonSchema {
  readonly type?: string | undefined
  readonly description?: string | undefined
  readonly enum?: readonly unknown[] | undefined
  readonly pattern?: string | undefined
  readonly format?: string | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly minLength?: number | undefined
  readonly anyOf?: readonly JsonSchema[] | undefined
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined
  readonly required?: readonly string[] | undefined
  readonly additionalProperties?: boolean | JsonSchema | undefined
  readonly items?: JsonSchema | undefined
  readonly minItems?: number | undefined
  readonly default?: unknown
}

/**
 * One field of a provider's configuration: its codec, its JSON schema, its environment variable, and the words of messages
 * about it.
 */
export interface Setting<A = unknown> {
  /** Recognizes a value. Nothing is converted. */
  readonly codec: Pick<Decoder<A>, 'is'>
  /** What is expected, for people: `a positive whole number`. */
  readonly expected: string
  /** What is expected in place of a certain wrong value, if that is known: `the domain alone: "mypurecloud.ie"`. */
  readonly expectedInstead?: ((value: unknown) => string | undefined) | undefined
  /** For a field with fields of its own: these. Default: it has none. */
  readonly fields?: Settings | undefined
  /** For a field with fields of its own: what is wrong with them. `field`: where it is. Default: `expected` says it all. */
  readonly problemsIn?: ((value: unknown, field: string) => readonly ConfigurationProblem[]) | undefined
  readonly schema: JsonSchema
  /** Its value is never shown. */
  readonly secret: boolean
  /** The environment variable that gives it where there is no configuration file. */
  readonly variable?: string | undefined
}

/** The fields of a configuration, by name. See `defineProvider`. */
export type Settings = Readonly<Record<string, Setting>>

/** The values of settings. Each may be absent: which ones are required can depend on the others. */
export type SettingValues<S extends Settings> = {
  readonly [K in keyof S]?: (S[K] extends Setting<infer A> ? A : never) | undefined
}

/** What one field is, and where else it comes from. */
export interface FieldDescription {
  readonly description: string
  /** The environment variable that gives it where there is no configuration file. Default: none. */
  readonly variable?: string | undefined
}

const setting = <A>(
  codec: Setting<A>['codec'],
  expected: string,
  schema: JsonSchema,
  { description, variable }: FieldDescription,
  secret = false,
): Setting<A> => ({
  codec,
  expected,
  secret,
  schema: { ...schema, description },
  ...(variable === undefined ? {} : { variable }),
})

/** Invisible characters, without the joiners that some languages need. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u
const OUTER_SPACE = /^\s|\s$/
/** Quotes that some shells and env files leave around a value. */
const QUOTED = /^(["'`]).*\1$|^[“„«‘].*[”“»’]$/

const placeIn = (text: string, at: number): string => {
  if (at === 0) return 'at its beginning'
  return at + 1 === text.length ? 'at its end' : `as its character ${at + 1}`
}

/**
 * What a value has by mistake, for people and without the value: the carriage return of an env file from Windows, the
 * zero-width space of a pasted address, quotes that a shell has left. Undefined where there is nothing.
 */
export const flawOf = (text: string): string | undefined => {
  const [unseen] = UNSEEN.exec(text) ?? []
  if (unseen !== undefined) {
    const code = (unseen.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    return `the invisible character U+${code} ${placeIn(text, text.indexOf(unseen))}`
  }
  if (OUTER_SPACE.test(text)) return 'spaces around it'
  return text.length > 1 && QUOTED.test(text) ? 'the quotes around it' : undefined
}

/** Every setting that is a text is checked for such mistakes. */
const flawless = t.refinement(t.string, (value) => flawOf(value) === undefined, 'text')

const nonEmpty = t.refinement(flawless, (value) => value !== '', 'non-empty text')

/** A text that is not empty. Invisible characters, outer spaces and outer quotes are refused, as in every text. */
export const text = (described: FieldDescription): Setting<string> =>
  setting(nonEmpty, 'a text that is not empty', { type: 'string', minLength: 1 }, described)

/** A text that matches a pattern. `expected`: what that is, for people. */
export const textMatching = (pattern: RegExp, expected: string, described: FieldDescription): Setting<string> =>
  setting(
    t.refinement(flawless, (value) => pattern.test(value), expected),
    expected,
    { type: 'string', pattern: pattern.source },
    described,
  )

const PRINTABLE = /^[\x21-\x7e]+$/

/** An id as vendors issue them. */
export const plainText = (described: FieldDescription): Setting<string> =>
  textMatching(PRINTABLE, 'printable ASCII characters only, without spaces and line breaks', described)

/** A token, key or secret as vendors issue them, which a header can have. Never shown. */
export const secretText = (described: FieldDescription): Setting<string> => ({ ...plainText(described), secret: true })

/** An address that credentials may be sent to. */
export const webAddress = (described: FieldDescription): Setting<string> =>
  setting(
    t.refinement(
      flawless,
      (value) => {
        if (!URL.canParse(value)) return false
        const url = new URL(value)
        return url.search === '' && url.hash === '' && addressProblem(url) === undefined
      },
      'address',
    ),
    'an https address without user name, password, query or fragment (plain http only to loopback)',
    { type: 'string', format: 'uri' },
    described,
  )

/** A whole number from 1. */
export const positiveInteger = (described: FieldDescription): Setting<number> =>
  setting(
    t.refinement(t.number, (value) => Number.isSafeInteger(value) && value > 0, 'positive whole number'),
    'a positive whole number',
    { type: 'integer', minimum: 1 },
    described,
  )

/** Whether something is so. */
export const flag = (described: FieldDescription): Setting<boolean> =>
  setting(t.boolean, 'true or false', { type: 'boolean' }, described)

/** A number of things, 0 included. `expected`: what it is, for people, where that says more. */
export const wholeNumber = (described: FieldDescription, expected = 'a whole number from 0'): Setting<number> =>
  setting(t.refinement(t.number, isWholeNumber, 'whole number'), expected, { type: 'integer', minimum: 0 }, described)

/** A day of the calendar: `2026-01-31`. */
export const day = (described: FieldDescription): Setting<string> =>
  setting(
    t.refinement(t.string, isDay, 'day'),
    'a day such as "2026-01-31"',
    { type: 'string', pattern: DAY.source },
    described,
  )

/** The id of a provider. */
export const providerId = (described: FieldDescription): Setting<string> =>
  textMatching(PROVIDER_ID, PROVIDER_ID_EXPECTED, described)

/** One of a few words, written exactly so. */
export const oneOf = <const V extends readonly [string, ...string[]]>(
  values: V,
  described: FieldDescription,
): Setting<V[number]> =>
  setting(
    t.refinement(t.string, (value): value is V[number] => values.includes(value), values.join(' | ')),
    `one of ${values.map((value) => `"${value}"`).join(', ')}`,
    { enum: values },
    described,
  )

/** A field with a codec of its own: anything that recognizes its values. */
export const structured = <A>(
  codec: Setting<A>['codec'],
  expected: string,
  schema: JsonSchema,
  described: FieldDescription,
): Setting<A> => setting(codec, expected, schema, described)
