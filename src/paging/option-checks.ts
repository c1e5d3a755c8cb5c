import { invalidInput, type OneInvalidInput } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import type { PageRequest, RequestOptions } from './request.ts'

/** What an option may be, for callers without types. */
export interface OptionCheck {
  /** For people: `a number of milliseconds`. */
  readonly expected: string
  readonly is: (value: unknown) => boolean
}

/** A check of each option. A new option does not compile before it has one. */
export type OptionChecks<O> = { readonly [Option in keyof Required<O>]: OptionCheck }

const isFunction = (value: unknown): boolean => typeof value === 'function'
const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value)

export const aFunction: OptionCheck = { expected: 'a function', is: isFunction }
export const yesOrNo: OptionCheck = { expected: 'true or false', is: (value) => typeof value === 'boolean' }
export const aClock: OptionCheck = {
  expected: 'a clock with now and sleep',
  is: (value) =>
    isRecord(value) &&
    isFunction(value.now) &&
    isFunction(value.sleep) &&
    (value.elapsed === undefined || isFunction(value.elapsed)),
}

export const callChecks: OptionChecks<RequestOptions> = {
  signal: {
    expected: 'an AbortSignal',
    is: (value) => isRecord(value) && typeof value.aborted === 'boolean' && isFunction(value.addEventListener),
  },
  deadlineMs: { expected: 'a number of milliseconds', is: isNumber },
}

const pageChecks: OptionChecks<PageRequest> = {
  ...callChecks,
  pageSize: { expected: 'a number of items', is: isNumber },
  continuation: { expected: 'the continuation of a page', is: (value) => typeof value === 'string' },
  includeRaw: yesOrNo,
  allowPartial: yesOrNo,
}

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

/** What is wrong with the request of a list. */
export const problemInRequest = (request: unknown): string | undefined => problemInOptions(pageChecks, request)
