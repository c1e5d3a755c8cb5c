import { failureLines, failuresIn, type LicenseProvider, type PlanFailure, planFailureCodes } from '../../index.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { complain } from '../output/notify.ts'
import { UsageError } from '../usage-error.ts'

/**
 * Says why no plan was made or carried out, and how the provider fared by that. Throws a `UsageError` where what was given
 * is at fault, and an `Error` where Seatlens is.
 */
export const outcomeOfFailures = (
  { environment, snapshot, bounds }: Invocation,
  { id }: LicenseProvider,
  failure: PlanFailure,
  /** What to do about them, one line each. */
  advice: readonly string[] = [],
): ProviderOutcome => {
  const failures = failuresIn(failure)
  const codes = failures.map(({ _tag }) => planFailureCodes[_tag].exitCode)
  if (codes.includes(1)) throw new Error(failureLines(failure).join('\n'))
  if (codes.includes(2)) throw new UsageError([...failureLines(failure), ...advice])
  const { deadlineMs = Number.POSITIVE_INFINITY } = bounds()
  const when = snapshot === undefined || deadlineMs <= 0 ? '' : 'the snapshot has a gap: when it was made, '
  const [error] = failures.flatMap((failure) => (failure._tag === 'Unreadable' ? (failure.error ?? []) : []))
  for (const line of failureLines(failure)) complain(environment, `${id}: ${when}${line}`, { provider: id, error })
  return { status: error === undefined ? 'partial' : 'failed', error, planFailed: codes.includes(6) }
}
