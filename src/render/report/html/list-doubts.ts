import type { LicenseReport, ProviderReport } from '../../../report/license-report.ts'
import { doubtOf } from '../../../report/uncertainty.ts'

/** Why the list of people may lack something, by the id of the provider that did not tell it. */
export interface ListDoubts {
  /** Somebody may be missing, or something that they hold. */
  readonly holders: ReadonlyMap<string, string>
  /** It is not known of everybody who they are, so that one person may be there as two. */
  readonly names: ReadonlyMap<string, string>
}

const doubtOfHolders = ({ error, licensedUsers }: ProviderReport): string | undefined =>
  error?.message ?? (licensedUsers.kind === 'unknown' ? licensedUsers.reason : undefined)

const doubtOfNames = ({ ledgers }: ProviderReport): string | undefined =>
  ledgers.directory && doubtOf(ledgers.directory)

const byProvider = (
  providers: readonly ProviderReport[],
  doubtIn: (provider: ProviderReport) => string | undefined,
): ReadonlyMap<string, string> =>
  new Map(
    providers.flatMap((provider) => {
      const doubt = doubtIn(provider)
      return doubt === undefined ? [] : [[provider.id, doubt] as const]
    }),
  )

export const listDoubts = ({ providers }: Pick<LicenseReport, 'providers'>): ListDoubts => ({
  holders: byProvider(providers, doubtOfHolders),
  names: byProvider(providers, doubtOfNames),
})
