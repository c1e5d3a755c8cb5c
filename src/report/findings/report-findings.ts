import { groupedBy } from '../../model/grouped-by.ts'
import { staleSourcesOf } from '../activity-sources.ts'
import type { IsPaid } from '../cost/paid-licenses.ts'
import type { SeatCosts } from '../cost/seat-costs.ts'
import { licenseLabels } from '../license-labels.ts'
import type {
  AmbiguousLink,
  Exemption,
  Finding,
  LicenseReport,
  LicenseRow,
  Suppression,
  UserRow,
} from '../license-report.ts'
import type { ProviderReading } from '../provider-reading.ts'
import { LIST_NAMES } from '../report-problems.ts'
import { savingsOf } from '../savings.ts'
import { gapOf, gapOfHolders } from '../uncertainty.ts'
import { createExempter } from './exemptions.ts'
import { findAll } from './find-all.ts'
import type { KnownProvider } from './finding-context.ts'
import { findingGroups } from './finding-groups.ts'
import { withoutAccepted } from './removals.ts'
import { addressBookOf, createSuppressor } from './suppression.ts'

/** What rules look for, and which findings are accepted. */
export interface FindingOptions {
  /** Days without activity after which a holder is dormant. Default: 90. */
  readonly dormantAfterDays?: number | undefined
  /**
   * Of `dormant-holder`, `never-active` and `idle-workspace`: a seat that began less than so many days ago is too new to judge.
   * `inactive-holder` finds it, and no plan takes it unless the user is deleted. Default: 30.
   */
  readonly graceDays?: number | undefined
  /** So many days before its renewal must be canceled, or its term ends, a license is due. Default: 60. */
  readonly renewalDays?: number | undefined
  /** Seats of accounts that never sign in: `dormant-holder` and `never-active` do not judge them. Default: none. */
  readonly exemptions?: readonly Exemption[] | undefined
  /** What may stay as it is. Default: nothing. */
  readonly suppressions?: readonly Suppression[] | undefined
}

interface FindingMaterial {
  readonly readings: readonly ProviderReading[]
  readonly licenses: readonly LicenseRow[]
  readonly people: { readonly users: readonly UserRow[]; readonly ambiguousLinks: readonly AmbiguousLink[] }
  readonly costs: SeatCosts
  readonly isPaid: IsPaid
  readonly generatedAt: string
  readonly options: FindingOptions
}

export const DORMANT_AFTER_DAYS = 90
export const GRACE_DAYS = 30
export const RENEWAL_DAYS = 60

const byProvider = ({ provider }: { readonly provider: string }): string => provider

const knownProvider = (
  reading: ProviderReading,
  rows: readonly LicenseRow[],
  people: readonly UserRow[],
  now: number,
): KnownProvider => {
  const { provider, licenses, users, workspaces } = reading
  const holders = people.filter(({ licenseIds }) => licenseIds.length > 0)
  const definitions = new Map(licenses.value.map((license) => [license.id, license]))
  return {
    id: provider.id,
    capabilities: provider.capabilities,
    licenses: rows.map((row) => ({
      row,
      defined: definitions.has(row.id),
      includes: definitions.get(row.id)?.includes ?? [],
      requires: definitions.get(row.id)?.requires ?? [],
    })),
    licensesGap: gapOf(licenses.ledger, LIST_NAMES.licenses),
    holders,
    waiting: people.filter(({ pendingLicenseIds }) => pendingLicenseIds.length > 0),
    holdersGap: gapOfHolders(reading)(),
    directoryGap: users.directory && gapOf(users.directory, LIST_NAMES.directory),
    workspaces: workspaces?.value.all ?? [],
    workspacesGap: workspaces && gapOf(workspaces.ledger, LIST_NAMES.workspaces),
    staleSources: staleSourcesOf(provider.id, holders, now),
  }
}

/** Findings, those of them that were accepted, abstentions, and the sources of activity that have stopped. */
export const findingsOf = ({
  readings,
  licenses,
  people,
  costs,
  isPaid,
  generatedAt,
  options,
}: FindingMaterial): Pick<
  LicenseReport,
  'findings' | 'findingGroups' | 'savings' | 'abstentions' | 'idleExemptions' | 'idleSuppressions' | 'staleSources'
> => {
  const {
    dormantAfterDays = DORMANT_AFTER_DAYS,
    graceDays = GRACE_DAYS,
    renewalDays = RENEWAL_DAYS,
    exemptions = [],
    suppressions,
  } = options
  const [rows, users] = [groupedBy(licenses, byProvider), groupedBy(people.users, byProvider)]
  const now = Date.parse(generatedAt)
  const providers = readings.map((reading) =>
    knownProvider(reading, rows.get(reading.provider.id) ?? [], users.get(reading.provider.id) ?? [], now),
  )
  const suppressor = suppressions && createSuppressor(suppressions, generatedAt, addressBookOf(people.users))
  const exempter = createExempter(exemptions, providers)
  const context = {
    providers,
    ambiguousLinks: people.ambiguousLinks,
    costs,
    isPaid,
    labels: licenseLabels({ licenses }),
    now,
    dormantAfterDays,
    graceDays,
    renewalDays,
    isExempt: exempter.isExempt,
  }
  const judged = (found: readonly Finding[]): readonly Finding[] =>
    withoutAccepted(
      found.map((finding) => {
        const accepted = suppressor?.acceptanceOf(finding)
        return accepted === undefined ? finding : { ...finding, accepted }
      }),
      (seat) => suppressor?.keeps(seat) === true,
    )
  const { groups, abstentions } = findAll(context, judged)
  const stale = providers.flatMap(({ staleSources }) => staleSources)
  const staleSources = stale.length === 0 ? {} : { staleSources: stale }
  const findings = groups.flatMap((group) => group.findings)
  return {
    ...staleSources,
    findings,
    findingGroups: findingGroups(groups),
    savings: savingsOf(findings, licenses, costs, generatedAt),
    abstentions,
    ...(exempter.idle.length === 0 ? {} : { idleExemptions: exempter.idle }),
    ...(suppressor === undefined ? {} : { idleSuppressions: suppressor.idle() }),
  }
}
