import type { Ledger, LicenseError } from '../../src/provider-kit/index.ts'

/** Users of whom something could not be read, by what went wrong: very many failures are still a few gaps. */
export interface FailureTally {
  readonly add: (users: number, reason: string, error?: LicenseError) => void
  /** One gap for each reason so far. `what`: what is missing of so many users. */
  readonly gaps: (what: (users: number) => string) => Ledger['gaps']
}

export const createFailureTally = (): FailureTally => {
  const failures = new Map<string, { users: number; readonly error?: LicenseError }>()
  return {
    add: (users, reason, error) => {
      const failure = failures.get(reason) ?? { users: 0, ...(error === undefined ? {} : { error }) }
      failure.users += users
      failures.set(reason, failure)
    },
    gaps: (what) =>
      [...failures].map(([reason, { users, error }]) => ({
        what: what(users),
        reason,
        ...(error === undefined ? {} : { error }),
      })),
  }
}
