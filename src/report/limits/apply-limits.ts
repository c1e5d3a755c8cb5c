import { closestNames } from '../../model/did-you-mean.ts'
import { foldedText } from '../../model/folded-text.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { licenseMatcher, licenseNames } from '../../model/match-licenses.ts'
import type { IdleLimit, LicenseLimits, LicenseRow, LimitEntry } from '../license-report.ts'
import { limitKinds } from './judge-limits.ts'

/** Stands for every license. */
const ALL = '*'

/** The licenses of one provider. */
export interface LimitedProvider {
  readonly provider: string
  /** Why licenses may be missing; undefined if none are. */
  readonly gap: string | undefined
}

export interface AppliedEntries {
  readonly licenses: readonly LicenseRow[]
  readonly idle: readonly IdleLimit[]
}

/** An entry that is about a license, and how exactly: the lowest number most. */
interface Fitting {
  readonly entry: LimitEntry
  readonly rank: number
}

const rankOf = ({ license }: LimitEntry, { id, productCode }: LicenseRow): number => {
  if (license === ALL) return 3
  const text = foldedText(license)
  if (foldedText(id) === text) return 0
  return productCode !== undefined && foldedText(productCode) === text ? 1 : 2
}

const isOfAll = ({ provider }: LimitEntry): number => Number(provider === undefined)

/** The most exact first. */
const inOrder = (fitting: readonly Fitting[]): readonly LimitEntry[] =>
  [...fitting]
    .sort((one, other) => one.rank - other.rank || isOfAll(one.entry) - isOfAll(other.entry))
    .map(({ entry }) => entry)

/** Each limit of the first entry that has it, up to one that ends the list. */
const together = (entries: readonly LimitEntry[]): LicenseLimits | undefined => {
  const end = entries.findIndex(({ ignore }) => ignore)
  const counting = end === -1 ? entries : entries.slice(0, end + 1)
  const limits = limitKinds.flatMap((kind) => {
    const limit = counting.map((entry) => entry[kind]).find((value) => value !== undefined)
    return limit === undefined ? [] : [[kind, limit] as const]
  })
  if (end === -1 && limits.length === 0) return undefined
  return { ...Object.fromEntries(limits), ...(end === -1 ? {} : { ignore: true }) }
}

const idleOf = (
  entries: readonly LimitEntry[],
  used: ReadonlySet<LimitEntry>,
  providers: readonly LimitedProvider[],
  licenses: readonly LicenseRow[],
): readonly IdleLimit[] =>
  entries.flatMap((entry): readonly IdleLimit[] => {
    const { license, provider, source, mayBeElsewhere = false } = entry
    if (license === ALL || used.has(entry) || mayBeElsewhere) return []
    const named = {
      license,
      ...(provider === undefined ? {} : { provider }),
      ...(source === undefined ? {} : { source }),
    }
    const about = providers.filter((one) => provider === undefined || one.provider === provider)
    if (about.length === 0) return [{ ...named, why: 'no such provider' }]
    if (about.some(({ gap }) => gap !== undefined)) return []
    const ids = new Set(about.map((one) => one.provider))
    const similar = closestNames(license, licenseNames(licenses.filter((row) => ids.has(row.provider))))
    return [{ ...named, why: 'not listed', ...(similar.length === 0 ? {} : { similar }) }]
  })

/** Gives each license the limits that are meant for it. What is known from its overrides alone has none: it has no seats. */
export const applyLimits = (
  rows: readonly LicenseRow[],
  providers: readonly LimitedProvider[],
  entries: readonly LimitEntry[],
): AppliedEntries => {
  if (entries.length === 0) return { licenses: rows, idle: [] }
  const listed = rows.filter(({ declaredOnly }) => !declaredOnly)
  const used = new Set<LimitEntry>()
  const fitting = new Map<LicenseRow, Fitting[]>(listed.map((row) => [row, []]))
  for (const [id, ofProvider] of groupedBy(listed, ({ provider }) => provider)) {
    const matching = licenseMatcher(ofProvider)
    for (const entry of entries) {
      if (entry.provider !== undefined && entry.provider !== id) continue
      for (const row of entry.license === ALL ? ofProvider : matching(entry.license)) {
        used.add(entry)
        fitting.get(row)?.push({ entry, rank: rankOf(entry, row) })
      }
    }
  }
  const licenses = rows.map((row) => {
    const limits = together(inOrder(fitting.get(row) ?? []))
    return limits === undefined ? row : { ...row, limits }
  })
  return { licenses, idle: idleOf(entries, used, providers, listed) }
}
