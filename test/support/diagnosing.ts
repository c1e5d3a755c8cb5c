import type { LicenseProvider } from '../../src/index.ts'
import {
  type Clock,
  type Diagnosis,
  diagnoseProviders,
  type ProviderDiagnosis,
  type ProviderHost,
} from '../../src/provider-kit/index.ts'

/** What is found of a provider by a diagnosis, for harnesses of the conformance suite. */
export const diagnosing = (
  provider: LicenseProvider,
  diagnosis: (host: ProviderHost) => Diagnosis,
  clock: Clock,
): (() => Promise<readonly ProviderDiagnosis[]>) =>
  diagnoseProviders([{ id: provider.id, factory: { create: () => provider, diagnosis } }], {
    clock,
    openTokenStore: () => ({ read: async () => undefined, write: async () => {} }),
  })
