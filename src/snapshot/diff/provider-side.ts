import type { LicenseProvider } from '../../contract/license-provider.ts'
import { gapLines, gapLinesByLicense, type Ledger } from '../../model/ledger.ts'
import { omittedByLicense } from '../../model/license.ts'
import { createPricing, type Pricing } from '../../report/cost/pricing.ts'
import { listUsers } from '../../report/holders.ts'
import type { LicenseRow } from '../../report/license-report.ts'
import { licenseRows } from '../../report/license-rows.ts'
import { readProvider } from '../../report/provider-reading.ts'
import { LIST_NAMES } from '../../report/report-problems.ts'
import type { Snapshot } from '../read-snapshot.ts'
import type { ListedHolders } from './compare-holders.ts'
import type { ListedWorkspaces } from './compare-workspaces.ts'

/** One provider in one snapshot. */
export interface ProviderSide {
  readonly rows: ReadonlyMap<string, LicenseRow>
  readonly holders: ListedHolders
  /** Undefined: the snapshot has no list of them. */
  readonly workspaces: ListedWorkspaces | undefined
  /** Licenses that are defined, and not only held. */
  readonly defined: ReadonlySet<string>
  readonly licensesLedger: Ledger
  /** Why a user who is not listed with a license may hold it. */
  readonly holderGapLines: (licenseId: string) => readonly string[]
  readonly pricing: Pricing
}

export const readSide = async (provider: LicenseProvider, { clock, manifest }: Snapshot): Promise<ProviderSide> => {
  const reading = await readProvider(provider, {
    scope: {},
    clock,
    verify: false,
    keepIn: listUsers,
    countsPeople: false,
    onPage: () => {},
  })
  const { licenses, users, workspaces } = reading
  return {
    // A license with nothing but overrides has neither come nor gone.
    rows: new Map(licenseRows(reading).flatMap((row) => (row.declaredOnly ? [] : [[row.id, row] as const]))),
    holders: {
      ledger: users.ledger,
      users: new Map(users.value.kept?.all.map((user) => [user.id, user])),
      omitted: omittedByLicense(licenses.value),
    },
    workspaces: workspaces && {
      ledger: workspaces.ledger,
      workspaces: new Map(workspaces.value.all.map((workspace) => [workspace.id, workspace])),
    },
    defined: new Set(licenses.value.map(({ id }) => id)),
    licensesLedger: licenses.ledger,
    holderGapLines: gapLinesByLicense(users.ledger, LIST_NAMES.users),
    pricing: createPricing(
      [{ id: provider.id, declared: reading.declared, licenses: licenses.value }],
      manifest.generatedAt,
    ),
  }
}

/** Why a license that one side has may be on the other side too, although it is not listed there. */
const gapOfAbsence = (id: string, there: ProviderSide, absent: ProviderSide): string | undefined => {
  const lines = [
    ...gapLines(absent.licensesLedger, undefined, LIST_NAMES.licenses),
    // Where only its holders show that there is such a license, they must be known.
    ...(there.defined.has(id) ? [] : absent.holderGapLines(id)),
  ]
  return lines.join('; ') || undefined
}

/** For a license that one side lacks. */
export const gapOfLicense = (id: string, before: ProviderSide, after: ProviderSide): string | undefined => {
  if (!before.rows.has(id)) return gapOfAbsence(id, after, before)
  return after.rows.has(id) ? undefined : gapOfAbsence(id, before, after)
}
