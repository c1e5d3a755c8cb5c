import type { Exemption } from '../../index.ts'
import { loadConfiguration, readPolicies } from '../configuration/load-configuration.ts'
import type { Invocation } from '../invocation.ts'

/** The exemptions of the configuration, where there is one. Nothing needs to be configured for a snapshot. */
export const configuredExemptions = async (invocation: Invocation): Promise<readonly Exemption[]> => {
  const { exemptions } = await (invocation.snapshot === undefined
    ? loadConfiguration(invocation)
    : readPolicies(invocation))
  return exemptions
}

/** Those for the providers that are read. `only`: their ids, where these are not all. */
export const exemptionsFor = (
  exemptions: readonly Exemption[],
  only: readonly string[] | undefined,
): readonly Exemption[] =>
  exemptions.filter(({ provider }) => provider === undefined || only === undefined || only.includes(provider))
