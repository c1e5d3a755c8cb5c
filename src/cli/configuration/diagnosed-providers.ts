import type { DiagnosedProvider, DiagnoseOptions, ProviderDiagnosis } from '../../provider-kit/index.ts'
import { diagnoseProviders } from '../../provider-kit/index.ts'
import { neededOrganizations } from '../organizations/needed-organizations.ts'
import { type OpenedOrganizations, openOrganizations, organizationName } from '../organizations/open-organizations.ts'
import type { RunFiles } from '../run-files.ts'
import type { ConfiguredProvider } from './check-configuration.ts'
import { byCredential, hostOf, providersAskedFor, type RunRuntime } from './create-providers.ts'
import type { ProviderGroups } from './groups.ts'
import type { Configuration } from './load-configuration.ts'
import { type Named, providersMeant } from './provider-named.ts'

/** What is found of a configured provider, under the name that people see. */
const named = (
  { displayName, vendor }: Pick<ConfiguredProvider, 'displayName' | 'vendor'>,
  { organizations, ...found }: ProviderDiagnosis,
): ProviderDiagnosis => ({
  ...found,
  displayName: displayName ?? found.displayName,
  ...(organizations === undefined
    ? {}
    : {
        organizations: {
          ...organizations,
          found: organizations.found.map((one) => {
            const { id: key = one.provider, name } = one.identity?.organization ?? {}
            return { ...one, displayName: organizationName({ displayName, vendor }, { name, key }) }
          }),
        },
      }),
})

/** Those that `--provider` means, as far as they are among these; all where it is absent. */
const meantAmong = <A extends Named>(
  providers: readonly A[],
  only: readonly string[] | undefined,
  groups: ProviderGroups,
): readonly A[] => {
  if (only === undefined) return providers
  const meant = new Set(only.flatMap((text) => providersMeant(providers, text, groups).providers))
  return providers.filter((provider) => meant.has(provider))
}

/**
 * What is found of the providers of a configuration, in its order: of all of them, or of those asked for. What stands for
 * organizations has them with it; one that is asked for by itself is there without the others.
 */
export const diagnosedProviders = async (
  { folder, providers, groups }: Configuration,
  only: readonly string[] | undefined,
  runtime: RunRuntime,
  files: RunFiles,
  options: DiagnoseOptions,
): Promise<readonly ProviderDiagnosis[]> => {
  const configured = providers.map((one) => ({ ...one, displayName: one.displayName ?? one.id }))
  const asked = new Set(meantAmong(configured, only, groups).map(({ id }) => id))
  const needed = neededOrganizations(providers, only, groups)
  const listed = new Map<string, OpenedOrganizations>()

  const organizationsOf = (entry: ConfiguredProvider): readonly Named[] =>
    (listed.get(entry.id)?.organizations ?? []).map((one) => ({
      id: one.provider,
      displayName: organizationName(entry, one),
    }))
  const diagnosed = (entry: ConfiguredProvider): DiagnosedProvider => {
    const { id, factory, orgs } = entry
    const some = needed.get(id)
    if (orgs === undefined || some === undefined) return { id, factory }
    const findOrganizations: DiagnosedProvider['findOrganizations'] = (source, bounds) => async () => {
      const opened = await openOrganizations(entry, source, some, bounds)
      listed.set(id, opened)
      if (asked.has(id)) return opened
      const meant = new Set(meantAmong(organizationsOf(entry), only, groups).map((one) => one.id))
      return { ...opened, organizations: opened.organizations.filter(({ provider }) => meant.has(provider)) }
    }
    return { id, factory, findOrganizations }
  }

  const found = await Promise.all(
    byCredential(providers).map((group) => {
      const some = group.filter(({ id }) => asked.has(id) || needed.has(id))
      if (some.length === 0) return []
      return diagnoseProviders(some.map(diagnosed), hostOf(group, folder, runtime, files), options)()
    }),
  )
  // Only now are all names known, so that it can be said which one is mistyped.
  const mayLack = new Set<Named>(configured.filter(({ id }) => needed.has(id) && listed.get(id)?.gaps.length !== 0))
  const known: readonly Named[] = [...configured, ...providers.flatMap(organizationsOf)]
  const shown = new Set(providersAskedFor(known, only, groups, mayLack).map(({ id }) => id))

  const byId = new Map(found.flat().map((one) => [one.provider, one]))
  return providers.flatMap((entry) => {
    const one = byId.get(entry.id)
    if (one === undefined) return []
    const whole = named(entry, one)
    return shown.has(entry.id) ? [whole] : (whole.organizations?.found ?? [])
  })
}
