import { type LicenseProvider, providerWith } from '../../index.ts'
import { outsideTypesOf, problemsOfTypes } from '../configuration/known-types.ts'
import { describeProblem, readConfigurationFile } from '../configuration/load-configuration.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import type { Registry } from '../registry-entry.ts'

/** What the configuration of today names, where there is one. A snapshot can be read without its packages. */
const outsideOf = async ({ environment, registry, configurationFile }: Invocation): Promise<Registry> => {
  const source = await readConfigurationFile(configurationFile, environment)
  if (source === undefined) return []
  const outside = await outsideTypesOf(source, registry, environment)
  const problems = problemsOfTypes(source.value, outside)
  for (const problem of problems) notify(environment, describeProblem(source.name, problem))
  if (problems.length > 0) {
    notify(environment, 'the plan may lack what the vendor is known to refuse: apply checks it with the package')
  }
  return outside.entries
}

/** The provider of a snapshot with what its vendor is known to refuse: that needs no request, so that a plan says it. */
export const withVendorsReview = async (
  invocation: Invocation,
  provider: LicenseProvider,
): Promise<LicenseProvider> => {
  const own = invocation.registry.filter(({ type }) => type === provider.vendor)
  const entries = own.length > 0 ? own : await outsideOf(invocation)
  const definitions = await Promise.all(entries.map(({ load }) => load()))
  const { reviewChanges } = definitions.find(({ type }) => type === provider.vendor) ?? {}
  return reviewChanges === undefined ? provider : providerWith(provider, { reviewChanges })
}
