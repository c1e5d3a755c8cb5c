import { groupedBy } from '../model/grouped-by.ts'
import type { LicenseRow } from './license-report.ts'

/** What distinguishes licenses. */
type Labelled = Pick<LicenseRow, 'provider' | 'id' | 'name' | 'siteUrl' | 'subscriptionId'>

/** The licenses of a report, by provider and id. */
export interface LicenseLabels {
  /** The license's name, distinguished from others of that name in its provider; the id if it is not in the report. */
  readonly labelOf: (provider: string, licenseId: string) => string
}

const tally = (names: readonly string[]): ReadonlyMap<string, number> => {
  const uses = new Map<string, number>()
  for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1)
  return uses
}

/**
 * Names are for people and not unique: where licenses share one, something that tells them apart is added: the site or
 * subscription, and where these are the same as well, the id.
 */
export const labelsOf = (rows: readonly Labelled[]): readonly string[] => {
  const names = tally(rows.map(({ name }) => name))
  const labels = rows.map(({ name, siteUrl, subscriptionId, id }) =>
    names.get(name) === 1 ? name : `${name} (${siteUrl ?? subscriptionId ?? id})`,
  )
  const uses = tally(labels)
  return rows.map(({ name, id }, index) => {
    const label = labels[index] ?? name
    return uses.get(label) === 1 ? label : `${name} (${id})`
  })
}

export const licenseLabels = ({ licenses }: { readonly licenses: readonly Labelled[] }): LicenseLabels => {
  const rows = groupedBy(licenses, ({ provider }) => provider)
  const labels = new Map(
    [...rows].map(([provider, ofProvider]) => {
      const texts = labelsOf(ofProvider)
      return [provider, new Map(ofProvider.map(({ id }, index) => [id, texts[index] ?? id]))]
    }),
  )
  return { labelOf: (provider, licenseId) => labels.get(provider)?.get(licenseId) ?? licenseId }
}
