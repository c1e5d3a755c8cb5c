import type { LicenseProvider, LimitEntry } from '../../index.ts'
import { loadConfiguration, readPolicies } from '../configuration/load-configuration.ts'
import type { Invocation } from '../invocation.ts'

/** The limits of a configuration, and the ids of its providers. */
export interface ConfiguredLimits {
  readonly entries: readonly LimitEntry[]
  readonly ids: readonly string[]
  /** Those of them that stand for organizations. */
  readonly partners: readonly string[]
}

/** What the configuration says. Nothing needs to be configured for a snapshot, and then there are no limits. */
export const configuredLimits = async (invocation: Invocation): Promise<ConfiguredLimits> => {
  if (invocation.snapshot !== undefined) {
    const { limits, ids, partners } = await readPolicies(invocation)
    return { entries: limits, ids, partners }
  }
  const { limits, providers } = await loadConfiguration(invocation)
  const partners = providers.filter(({ orgs }) => orgs !== undefined)
  return { entries: limits, ids: providers.map(({ id }) => id), partners: partners.map(({ id }) => id) }
}

/**
 * Those that may be about licenses of these providers. One for all providers may be about a provider that is not read, and one of
 * a partner about another of its organizations. `areAll`: no provider was left out.
 */
export const limitsFor = (
  { entries, ids, partners }: ConfiguredLimits,
  providers: readonly Pick<LicenseProvider, 'id'>[],
  areAll = false,
): readonly LimitEntry[] => {
  const read = new Set(providers.map(({ id }) => id))
  const areAllRead = ids.every((id) => read.has(id) || (areAll && partners.includes(id)))
  const organizationsOf = (partner: string) => [...read].filter((id) => id.startsWith(`${partner}-`))
  return entries.flatMap((entry): readonly LimitEntry[] => {
    const { provider: own } = entry
    if (own !== undefined && partners.includes(own)) {
      return organizationsOf(own).map((provider) => ({ ...entry, provider, mayBeElsewhere: true }))
    }
    if (own !== undefined) return read.has(own) ? [entry] : []
    return [areAllRead ? entry : { ...entry, mayBeElsewhere: true }]
  })
}

/** What the command line says of all licenses. */
export type LimitFlags = Pick<LimitEntry, 'maxUtilization' | 'keepFree'>

const ALL = '*'

/** The entry without what a flag says. */
const withoutFlagged = (entry: LimitEntry, flags: LimitFlags): readonly LimitEntry[] => {
  const { maxUtilization, keepFree, ...others } = entry
  const left = {
    ...(flags.maxUtilization !== undefined || maxUtilization === undefined ? {} : { maxUtilization }),
    ...(flags.keepFree !== undefined || keepFree === undefined ? {} : { keepFree }),
  }
  return Object.keys(left).length === 0 && !entry.ignore ? [] : [{ ...others, ...left }]
}

/** Flags take the place of what `*` says; what is said of a license by id, product code or name stays. */
export const withFlags = (entries: readonly LimitEntry[], flags: LimitFlags): readonly LimitEntry[] =>
  Object.values(flags).every((limit) => limit === undefined)
    ? entries
    : [
        { license: ALL, ...flags },
        ...entries.flatMap((entry) => (entry.license === ALL ? withoutFlagged(entry, flags) : [entry])),
      ]
