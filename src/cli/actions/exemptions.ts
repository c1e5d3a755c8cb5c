import type { Exemption, IdleExemption } from '../../index.ts'
import { loadConfiguration, readPolicies } from '../configuration/load-configuration.ts'
import type { Invocation } from '../invocation.ts'

/**
 * The exemptions of the configuration, where there is one, for the providers that are read. Nothing needs to be configured for
 * a snapshot.
 */
export const exemptionsFor = async (
  invocation: Invocation,
  only: readonly string[] | undefined,
): Promise<readonly Exemption[]> => {
  const { exemptions } = await (invocation.snapshot === undefined
    ? loadConfiguration(invocation)
    : readPolicies(invocation))
  return exemptions.filter(({ provider }) => provider === undefined || only === undefined || only.includes(provider))
}

/** A report, or a check of one, without what only a report of all providers shows: an exemption may be for another one. */
export const idleAmong = <A extends { readonly idleExemptions?: readonly IdleExemption[] | undefined }>(
  only: readonly string[] | undefined,
  result: A,
): A =>
  only === undefined
    ? result
    : { ...result, idleExemptions: result.idleExemptions?.filter(({ provider }) => provider !== undefined) }
