import * as t from 'io-ts'
import type { Decoder } from '../model/decoder.ts'
import { DAY, isDay } from '../model/moment.ts'
import { PROVIDER_ID, PROVIDER_ID_EXPECTED } from '../model/provider-id.ts'
import { isWholeNumber } from '../model/whole-number.ts'
import { addressProblem } from './transport/trusted-url.ts'

/** The part of JSON schema that settings need. */
export interface JsonSchema {
  readonly type?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly minLength?: number
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly minItems?: number
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
  readonly expectedInstead?: (value: unknown) => string | undefined
  readonly schema: JsonSchema
  /** Its value is never shown. */
  readonly secret: boolean
  /** The environment variable that gives it where there is no configuration file. */
  readonly variable?: string
}

export type Settings = Readonly<Record<string, Setting>>

/** The values of settings. Each may be absent: which ones are required can depend on the others. */
export type SettingValues<S extends Settings> = {
  readonly [K in keyof S]?: S[K] extends Setting<infer A> ? A | undefined : never
}

interface Described {
  readonly description: string
  readonly variable?: string
}

const setting = <A>(
  codec: Setting<A>['codec'],
  expected: string,
  schema: JsonSchema,
  { description, variable }: Described,
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
export const text = (described: Described): Setting<string> =>
  setting(nonEmpty, 'a text that is not empty', { type: 'string', minLength: 1 }, described)

/** A text that matches a pattern. `expected`: what that is, for people. */
export const textMatching = (pattern: RegExp, expected: string, described: Described): Setting<string> =>
  setting(
    t.refinement(flawless, (value) => pattern.test(value), expected),
    expected,
    { type: 'string', pattern: pattern.source },
    described,
  )

const PRINTABLE = /^[\x21-\x7e]+$/

/** An id as vendors issue them. */
export const plainText = (described: Described): Setting<string> =>
  textMatching(PRINTABLE, 'printable ASCII characters only, without spaces and line breaks', described)

/** A token, key or secret as vendors issue them, which a header can have. Never shown. */
export const secretText = (described: Described): Setting<string> => ({ ...plainText(described), secret: true })

/** An address that credentials may be sent to. */
export const webAddress = (described: Described): Setting<string> =>
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
export const positiveInteger = (described: Described): Setting<number> =>
  setting(
    t.refinement(t.number, (value) => Number.isSafeInteger(value) && value > 0, 'positive whole number'),
    'a positive whole number',
    { type: 'integer', minimum: 1 },
    described,
  )

/** A number of things, 0 included. `expected`: what it is, for people, where that says more. */
export const wholeNumber = (described: Described, expected = 'a whole number from 0'): Setting<number> =>
  setting(t.refinement(t.number, isWholeNumber, 'whole number'), expected, { type: 'integer', minimum: 0 }, described)

/** A day of the calendar: `2026-01-31`. */
export const day = (described: Described): Setting<string> =>
  setting(
    t.refinement(t.string, isDay, 'day'),
    'a day such as "2026-01-31"',
    { type: 'string', pattern: DAY.source },
    described,
  )

/** The id of a provider. */
export const providerId = (described: Described): Setting<string> =>
  textMatching(PROVIDER_ID, PROVIDER_ID_EXPECTED, described)

export const oneOf = <const V extends readonly [string, ...string[]]>(
  values: V,
  described: Described,
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
  described: Described,
): Setting<A> => setting(codec, expected, schema, described)
