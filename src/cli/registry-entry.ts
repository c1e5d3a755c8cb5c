import type { ProviderDefinition } from '../provider-kit/provider-definition.ts'

/** One vendor as the command line knows it before anything of it is loaded. */
export interface RegistryEntry {
  /** The `type` in the configuration. */
  readonly type: string
  readonly load: () => Promise<ProviderDefinition>
  /**
   * Seats bought for each person of a simulated organisation, by license id: declared for the simulators of a vendor
   * whose API does not tell what was bought, so that a demonstration has something to measure against.
   */
  readonly demonstrationSeats?: Readonly<Record<string, number>>
}

export type Registry = readonly RegistryEntry[]
