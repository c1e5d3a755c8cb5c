import { groupedBy } from '../model/grouped-by.ts'
import type { LicenseError } from '../model/license-error.ts'
import { adviceFor } from './failure-advice.ts'
import type { LicenseReport, ProviderStatus } from './license-report.ts'
import { problemsIn } from './report-problems.ts'

/** Something of a provider that could not be read, why, and what to do about it. All texts are for people. */
export interface ReportFailure {
  readonly provider: string
  readonly displayName: string
  readonly vendor: string
  readonly status: ProviderStatus
  /** `everything`, of a provider that failed; else a list or a part of one: `page 3 of the list of users`. */
  readonly what: string
  readonly why: string
  readonly advice: string
  /** Which kind of failure it was. Absent: no failure of a request caused it. */
  readonly kind?: LicenseError['_tag'] | undefined
  /** The vendor's HTTP status, where an answer came. */
  readonly httpStatus?: number | undefined
  /** What the vendor's support asks for. */
  readonly correlationId?: string | undefined
}

/** So many gaps of one list are failures of their own; one more says how many others there are. */
const MAX_FAILURES = 100

const READ_AGAIN = 'Run it again. If it stays so, report it.'

const adviceAbout = (error: LicenseError | undefined): string => (error === undefined ? READ_AGAIN : adviceFor(error))

/** What could not be read of each provider, why, and what to do about it: one for each gap, none if the report is complete. */
export const failuresOfReport = ({ providers }: Pick<LicenseReport, 'providers'>): readonly ReportFailure[] =>
  providers.flatMap((provider) =>
    problemsIn(provider, MAX_FAILURES).map(({ what, why, error }) => ({
      provider: provider.id,
      displayName: provider.displayName,
      vendor: provider.vendor,
      status: provider.status,
      what,
      why,
      advice: adviceAbout(error),
      ...(error === undefined ? {} : { kind: error._tag }),
      ...(error?.status === undefined ? {} : { httpStatus: error.status }),
      ...(error?.correlationId === undefined ? {} : { correlationId: error.correlationId }),
    })),
  )

/** What is missing, and what is to be done about all of it. */
export interface ProblemsToSolve {
  readonly advice: string
  /** What is missing and why, in a line that does not name the provider. */
  readonly problems: readonly { readonly provider: string; readonly line: string }[]
}

/** What `problemsOfReport` says, with what is to be done, which is said once for all that it solves. */
export const problemsByAdvice = ({ providers }: Pick<LicenseReport, 'providers'>): readonly ProblemsToSolve[] => {
  const problems = providers.flatMap((provider) =>
    problemsIn(provider).map(({ line, error }) => ({ provider: provider.id, line, error })),
  )
  return [...groupedBy(problems, ({ error }) => adviceAbout(error))].map(([advice, solved]) => ({
    advice,
    problems: solved,
  }))
}
