import type { ProviderDefinition } from '../../provider-kit/index.ts'
import type { Variables } from '../environment.ts'
import { readVariable } from './read-variable.ts'

/** A provider as its environment variables give it, in the form that a configuration file has. */
type EnvironmentProvider = Readonly<Record<string, string>>

const readProvider = ({ type, settings }: ProviderDefinition, variables: Variables): readonly EnvironmentProvider[] => {
  const values = Object.entries(settings).flatMap(([field, { variable }]) => {
    const value = variable === undefined ? undefined : readVariable(variables, variable)
    return value ? [[field, value] as const] : []
  })
  return values.length === 0 ? [] : [{ id: type, type, ...Object.fromEntries(values) }]
}

/** Every provider that at least one environment variable is set for. A variable that is empty counts as unset. */
export const readEnvironment = (
  definitions: readonly ProviderDefinition[],
  variables: Variables,
): readonly EnvironmentProvider[] => definitions.flatMap((definition) => readProvider(definition, variables))

/** `providers[0].region` as the environment has it: `GENESYS_REGION`. A field without a variable stays as it is. */
export const variableOf = (
  field: string,
  providers: readonly EnvironmentProvider[],
  definitions: readonly ProviderDefinition[],
): string => {
  const [, index, name = ''] = /^providers\[(\d+)\]\.(.+)$/.exec(field) ?? []
  const type = providers[Number(index)]?.type
  const settings = definitions.find((definition) => definition.type === type)?.settings ?? {}
  return (Object.hasOwn(settings, name) ? settings[name]?.variable : undefined) ?? field
}
