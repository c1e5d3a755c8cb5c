import { describe, expect, it } from 'vitest'
import { type Ending, exitCodeOf, outcomesOfSnapshot, type ProviderOutcome } from '../../src/cli/exit-code.ts'
import type { LicenseError } from '../../src/model/license-error.ts'

const details = { provider: 'acme', operation: 'GET /', message: 'no' }
const failed = (error: LicenseError): ProviderOutcome => ({ status: 'failed', error })
const complete: ProviderOutcome = { status: 'complete' }
const unknownUser: ProviderOutcome = { status: 'complete', unknownUser: true }
const partial: ProviderOutcome = { status: 'partial' }
const unauthenticated = failed({ _tag: 'AuthenticationFailed', ...details })
const forbidden = failed({ _tag: 'PermissionDenied', missing: ['license:view'], ...details })
const rateLimited = failed({ _tag: 'RateLimited', ...details })
const tooLate = failed({ _tag: 'DeadlineExceeded', ...details })
const down = failed({ _tag: 'Unavailable', attempts: 5, ...details })

const calm: Ending = { interrupted: false, misused: false, crashed: false, providers: [] }

describe('the exit code', () => {
  it.each<[string, number, Partial<Ending>]>([
    ['nothing to read went wrong', 0, {}],
    ['every provider is complete', 0, { providers: [complete, complete] }],
    ['it was interrupted', 130, { interrupted: true }],
    ['it was interrupted, whatever else', 130, { interrupted: true, misused: true, crashed: true }],
    ['the usage is wrong', 2, { misused: true }],
    ['the usage is wrong, although something crashed', 2, { misused: true, crashed: true }],
    ['something unexpected happened', 1, { crashed: true, providers: [unauthenticated] }],
    ['every provider refused the credentials', 4, { providers: [unauthenticated, unauthenticated] }],
    ['every provider refused us, each in its way', 4, { providers: [unauthenticated, forbidden] }],
    ['every provider ran out of rate or time', 7, { providers: [rateLimited, tooLate] }],
    ['providers failed for different reasons', 5, { providers: [unauthenticated, rateLimited] }],
    ['one provider refused us and another did not', 5, { providers: [unauthenticated, complete] }],
    ['one provider is partial', 5, { providers: [complete, partial] }],
    [
      'a part was read before the credentials were refused',
      5,
      { providers: [{ ...unauthenticated, status: 'partial' }] },
    ],
    ['every provider is down', 5, { providers: [down, down] }],
    ['a limit is breached', 3, { providers: [complete, { ...complete, breached: true }] }],
    ['a limit is breached by what could be read', 5, { providers: [partial, { ...complete, breached: true }] }],
    ['a limit is breached and a plan failed', 6, { providers: [{ ...complete, breached: true, planFailed: true }] }],
    ['no provider knows the user', 8, { providers: [unknownUser, unknownUser] }],
    ['a provider knows the user', 0, { providers: [complete, unknownUser] }],
    ['no provider that could be asked knows the user', 5, { providers: [down, unknownUser] }],
    [
      'a limit is breached and it was interrupted',
      130,
      { interrupted: true, providers: [{ ...complete, breached: true }] },
    ],
  ])('when %s is %i', (_, code, ending) => {
    expect(exitCodeOf({ ...calm, ...ending })).toBe(code)
  })
})

describe('outcomes of a snapshot', () => {
  const late = failed({ _tag: 'DeadlineExceeded', ...details })
  const codeOf = (outcome: ProviderOutcome, isDeadlineOver: boolean) =>
    exitCodeOf({
      interrupted: false,
      misused: false,
      crashed: false,
      providers: outcomesOfSnapshot([outcome], isDeadlineOver),
    })

  it('are incomplete where the reading failed when the snapshot was made', () => {
    expect(codeOf(late, false)).toBe(5)
    expect(codeOf(unauthenticated, false)).toBe(5)
    expect(codeOf(unauthenticated, true)).toBe(5)
    expect(codeOf(complete, false)).toBe(0)
  })

  it('ended by the deadline of this run have the code of a deadline', () => {
    expect(codeOf(late, true)).toBe(7)
  })
})
