import type { LicenseError, ProviderStatus } from '../index.ts'

/** How one provider fared. */
export interface ProviderOutcome {
  readonly status: ProviderStatus
  /** Why it failed. */
  readonly error?: LicenseError | undefined
  /** The user was asked, and did not want it. */
  readonly declined?: boolean | undefined
  /** Of a plan that was to be carried out there, something is not as it was planned. */
  readonly planFailed?: boolean | undefined
  /** The provider was asked for a user, and does not know them. */
  readonly unknownUser?: boolean | undefined
  /** What the configuration says of it contradicts what was read. */
  readonly misconfigured?: boolean | undefined
  /** A limit that was to be kept is not. */
  readonly breached?: boolean | undefined
}

/** How a command ended. */
export interface Ending {
  readonly interrupted: boolean
  /** The command line or the configuration is wrong. */
  readonly misused: boolean
  /** Something unforeseen happened, or a disk had no room to begin with. */
  readonly crashed: boolean
  /** Something that was made could not be written, so that what is there is not all. Default: false. */
  readonly lost?: boolean
  readonly providers: readonly ProviderOutcome[]
}

/**
 * The outcomes of providers that are read from a snapshot. What failed when it was made is missing from it: other credentials
 * or more time do not help, so that it counts as incomplete. A deadline of this run still counts as one.
 */
export const outcomesOfSnapshot = (
  outcomes: readonly ProviderOutcome[],
  isDeadlineOver: boolean,
): readonly ProviderOutcome[] =>
  outcomes.map(({ error, ...outcome }) =>
    error?._tag === 'DeadlineExceeded' && isDeadlineOver ? { ...outcome, error } : outcome,
  )

const failedBy =
  (...tags: readonly LicenseError['_tag'][]) =>
  ({ status, error }: ProviderOutcome): boolean =>
    status === 'failed' && error !== undefined && tags.includes(error._tag)

/** The exit code: the first that applies, in an order that is part of the public contract. */
export const exitCodeOf = ({ interrupted, misused, crashed, lost = false, providers }: Ending): number => {
  if (interrupted || providers.some(({ declined }) => declined)) return 130
  if (misused || providers.some(({ misconfigured }) => misconfigured)) return 2
  if (crashed) return 1
  if (providers.length > 0 && providers.every(failedBy('AuthenticationFailed', 'PermissionDenied'))) return 4
  if (providers.length > 0 && providers.every(failedBy('RateLimited', 'DeadlineExceeded'))) return 7
  if (providers.some(({ planFailed }) => planFailed)) return 6
  if (providers.some(({ status }) => status !== 'complete')) return 5
  if (providers.some(({ breached }) => breached)) return 3
  if (providers.length > 0 && providers.every(({ unknownUser }) => unknownUser)) return 8
  // What is known of the providers does not depend on whether it could be printed.
  return lost ? 1 : 0
}
