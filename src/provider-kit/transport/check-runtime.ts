import { demandNone } from '../../model/invalid-input.ts'
import { isRecord } from '../../model/is-record.ts'
import { aFunction, type OptionCheck, type OptionChecks, problemsInOptions } from '../../model/option-checks.ts'
import { aClock } from '../../paging/call-checks.ts'
import type { Credentials } from './credentials.ts'
import type { RequestBudget } from './request-budget.ts'
import type { RetryPolicy } from './retry-policy.ts'
import type { ProviderRuntime } from './runtime.ts'

const withFunctions = (expected: string, names: readonly string[]): OptionCheck => ({
  expected,
  is: (value) => isRecord(value) && names.every((name) => aFunction.is(value[name])),
})

const ofBudget: readonly (keyof RequestBudget)[] = ['run', 'claim', 'pause', 'observe']
const ofCredentials: readonly (keyof Credentials)[] = ['current', 'accepted', 'rejected']

const runtimeChecks: OptionChecks<ProviderRuntime> = {
  fetch: aFunction,
  clock: aClock,
  random: aFunction,
  onEvent: aFunction,
  budget: withFunctions('a budget, as createRequestBudget gives it', ofBudget),
  answers: withFunctions('a keeper of answers, as openCheckpoint of seatlens/node gives it', ['find', 'enter']),
  credentials: withFunctions('credentials, as createWebexCredentials gives them', ofCredentials),
}

const numberFrom = (least: number, expected: string): OptionCheck => ({
  expected: `${expected} from ${least}`,
  is: (value) => typeof value === 'number' && value >= least,
})
const milliseconds = numberFrom(0, 'a number of milliseconds')

const retryChecks: OptionChecks<RetryPolicy> = {
  attempts: numberFrom(1, 'a number of attempts'),
  backoffMs: milliseconds,
  maxBackoffMs: milliseconds,
  timeoutMs: milliseconds,
  maxRetryAfterMs: milliseconds,
  maxTotalRetryAfterMs: milliseconds,
  maxBodyBytes: numberFrom(0, 'a number of bytes'),
}

/** Throws a `LicenseException` with `InvalidInput` if a program without types, or with a number that is none, gave anything else. */
export const demandRuntime = (runtime: unknown, retry: unknown = {}): void =>
  demandNone([
    ...problemsInOptions(runtimeChecks, runtime, 'runtime'),
    ...problemsInOptions(retryChecks, retry, 'retry'),
  ])
