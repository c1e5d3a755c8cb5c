import type { LicenseProvider, LimitEntry } from '../../index.ts'
import { loadConfiguration, readPolicies } from '../configuration/load-configuration.ts'
import type { Invocation } from '../invocation.ts'

/** The limits of a configuration, and the ids of its providers. */
export interface ConfiguredLimits {
  readonly entries: readonly LimitEntry[]
  readonly ids: readonly string[]
}

/** What the configuration says. Nothing needs to be configured for a snapshot, and then there are no limits. */
export const configuredLimits = async (invocation: Invocation): Promise<ConfiguredLimits> => {
  if (invocation.snapshot !== undefined) {
    const { limits, ids } = await readPolicies(invocation)
    return { entries: limits, ids }
  }
  const { limits, providers } = await loadConfiguration(invocation)
  return { entries: limits, ids: providers.map(({ id }) => id) }
}

/** Those that may be about licenses of these providers. One for all providers may be about a provider that is not read. */
export const limitsFor = (
  { entries, ids }: ConfiguredLimits,
  providers: readonly Pick<LicenseProvider, 'id'>[],
): readonly LimitEntry[] => {
  const read = new Set(providers.map(({ id }) => id))
  const areAllRead = ids.every((id) => read.has(id))
  return entries.flatMap((entry): readonly LimitEntry[] => {
    if (entry.provider !== undefined) return read.has(entry.provider) ? [entry] : []
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
