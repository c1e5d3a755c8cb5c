import type { ProviderDefinition } from '../provider-kit/index.ts'

/** One vendor as the command line knows it before anything of it is loaded. */
export interface RegistryEntry {
  /** The `type` in the configuration. */
  readonly type: string
  readonly load: () => Promise<ProviderDefinition>
}

export type Registry = readonly RegistryEntry[]
