import { failuresIn, isLicenseException, isPlanFailure, type PlanFailure } from '../../src/index.ts'

/** The failures that a call throws in the exception of the library. Anything else that is thrown passes. */
export const thrownBy = (call: () => unknown): readonly PlanFailure[] => {
  try {
    call()
  } catch (thrown) {
    if (isLicenseException(thrown, isPlanFailure)) return failuresIn(thrown.error)
    throw thrown
  }
  throw new Error('expected an exception')
}
