import type { SchemaOptions } from '../commands/schema.ts'
import { configurationSchema } from '../configuration/configuration-schema.ts'
import { knownTypes } from '../configuration/known-types.ts'
import { requireOutsideTypes } from '../configuration/load-configuration.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { printResult } from './print-result.ts'

export const schema = async (
  invocation: Invocation,
  { output }: SchemaOptions,
): Promise<readonly ProviderOutcome[]> => {
  await printResult(
    invocation,
    output,
    async () => knownTypes(invocation.registry, await requireOutsideTypes(invocation)),
    async ({ definitions }) => `${JSON.stringify(configurationSchema(definitions), null, 2)}\n`,
  )
  return []
}
