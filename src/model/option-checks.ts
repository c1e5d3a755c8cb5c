import { invalidInput, type OneInvalidInput } from './invalid-input.ts'
import { isRecord } from './is-record.ts'

/** What an option may be, for callers without types. */
export interface OptionCheck {
  /** For people: `a number of milliseconds`. */
  readonly expected: string
  readonly is: (value: unknown) => boolean
}

/** A check of each option. A new option does not compile before it has one. */
export type OptionChecks<O> = { readonly [Option in keyof Required<O>]: OptionCheck }

const isFunction = (value: unknown): boolean => typeof value === 'function'

export const aFunction: OptionCheck = { expected: 'a function', is: isFunction }
export const yesOrNo: OptionCheck = { expected: 'true or false', is: (value) => typeof value === 'boolean' }

/** What is wrong with the options of a caller; `place`: what they are called, if they are not the options themselves. */
export const problemsInOptions = (
  checks: Readonly<Record<string, OptionCheck>>,
  options: unknown,
  place?: string,
): readonly OneInvalidInput[] => {
  if (!isRecord(options)) return [invalidInput(place ?? 'options', 'an object')]
  return Object.entries(checks).flatMap(([name, { expected, is }]) =>
    options[name] === undefined || is(options[name])
      ? []
      : [invalidInput(place === undefined ? name : `${place}.${name}`, expected)],
  )
}

/** The first option that is wrong, as `deadlineMs: expected a number of milliseconds`. `undefined` is an absent one. */
export const problemInOptions = (checks: Readonly<Record<string, OptionCheck>>, options: unknown): string | undefined =>
  problemsInOptions(checks, options)[0]?.message
