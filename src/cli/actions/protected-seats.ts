import { didYouMean, foldedText, type ProtectedSeat } from '../../index.ts'
import { organizationsOf } from '../configuration/listed-entries.ts'
import { loadConfiguration, readPolicies } from '../configuration/load-configuration.ts'
import { readProtectedFile } from '../input/protected-file.ts'
import type { Invocation } from '../invocation.ts'
import { warn } from '../output/notify.ts'

/** What the configuration says, and which providers there are. Nothing needs to be configured for a snapshot. */
const configuredSeats = async (invocation: Invocation) => {
  const { snapshot } = invocation
  if (snapshot !== undefined) {
    const { protectedSeats, ids, partners } = await readPolicies(invocation)
    return {
      seats: protectedSeats,
      ids: [...snapshot.providers.map(({ id }) => id), ...ids],
      isOrganization: organizationsOf(partners.map((id) => ({ id, orgs: 'all' }))),
    }
  }
  const { protectedSeats, providers } = await loadConfiguration(invocation)
  return { seats: protectedSeats, ids: providers.map(({ id }) => id), isOrganization: organizationsOf(providers) }
}

/**
 * Seats that no plan may change: those of the configuration, where there is one, and those of `--protected`. A seat of a
 * provider that is not configured protects nothing: the user is warned.
 */
export const protectedSeats = async (
  invocation: Invocation,
  file: string | undefined,
): Promise<readonly ProtectedSeat[]> => {
  const { environment } = invocation
  const { seats, ids, isOrganization } = await configuredSeats(invocation)
  const ofFile = file === undefined ? [] : await readProtectedFile(file, environment)
  const known = [...new Set(ids)]
  for (const { source, provider } of ofFile) {
    if (provider === undefined || known.includes(foldedText(provider)) || isOrganization(foldedText(provider))) continue
    const what = `a protected seat names the provider ${JSON.stringify(provider)}, which is not configured`
    warn(environment, `${source}: ${what}; expected one of ${known.join(', ')}${didYouMean(provider, known)}`)
  }
  return [...seats, ...ofFile]
}
