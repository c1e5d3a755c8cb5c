import { type IdleExemption, type IdleSuppression, type LicenseReport, matchLicenses } from '../../index.ts'

/** What is configured or given of no provider and fits nothing that was read. */
interface Idle {
  readonly idleExemptions?: readonly IdleExemption[] | undefined
  readonly idleSuppressions?: readonly IdleSuppression[] | undefined
}

/**
 * A result of some providers, without what was said of no provider and fits nothing in them: it may be about another provider,
 * which was not read. That may be of another customer, whom the reader is not to know. `only`: the ids of the providers, where
 * these are not all.
 */
export const withoutIdleOfOthers = <A extends Idle>(only: readonly string[] | undefined, result: A): A =>
  only === undefined
    ? result
    : {
        ...result,
        idleExemptions: result.idleExemptions?.filter(({ provider }) => provider !== undefined),
        idleSuppressions: result.idleSuppressions?.filter(({ provider }) => provider !== undefined),
      }

/** The same for a report, which has the limits too. */
export const withoutOthers = (only: readonly string[] | undefined, report: LicenseReport): LicenseReport => {
  if (only === undefined) return report
  const { licenses, limits } = report
  return {
    ...withoutIdleOfOthers(only, report),
    limits: limits?.filter(
      ({ license, mayBeElsewhere }) =>
        !mayBeElsewhere || license === '*' || matchLicenses(licenses, license).length > 0,
    ),
  }
}
