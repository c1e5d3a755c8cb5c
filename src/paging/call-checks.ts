import { isRecord } from '../model/is-record.ts'
import { aFunction, type OptionCheck, type OptionChecks, problemInOptions, yesOrNo } from '../model/option-checks.ts'
import type { PageRequest, RequestOptions } from './request.ts'

const isFunction = aFunction.is
const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value)

export const aClock: OptionCheck = {
  expected: 'a clock with now and sleep',
  is: (value) =>
    isRecord(value) &&
    isFunction(value.now) &&
    isFunction(value.sleep) &&
    (value.elapsed === undefined || isFunction(value.elapsed)) &&
    (value.after === undefined || isFunction(value.after)),
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

/** What is wrong with the request of a list. */
export const problemInRequest = (request: unknown): string | undefined => problemInOptions(pageChecks, request)
