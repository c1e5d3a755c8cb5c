import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseProvider } from '../contract/license-provider.ts'
import { unexpectedFailure } from '../report/sound/sound-account.ts'
import { inOne, type PlanFailure, type PlanFailures } from './plan-failure.ts'

/** A provider that throws against its contract could not be read. */
const broken = ({ id: provider }: LicenseProvider): PlanFailure => {
  const error = unexpectedFailure({ provider, operation: 'plan' })
  return { _tag: 'Unreadable', provider, message: `${error.message}, against the contract of providers`, error }
}

/**
 * A task for callers. It fails with one failure, which has all others in it, and never rejects, whatever the provider
 * throws.
 */
export const inOneFailure =
  <A>(provider: LicenseProvider, work: () => Promise<E.Either<PlanFailures, A>>): TaskEither<PlanFailure, A> =>
  async () => {
    try {
      return E.mapLeft(inOne)(await work())
    } catch {
      return E.left(broken(provider))
    }
  }
