/** A simulator of Genesys Cloud's License API and all that reading and changing licenses takes. Runs in Node only. */
export type { SimulatorOptions } from '../../../src/provider-kit/index.ts'
export {
  type Fault,
  type FaultEffect,
  type FaultMatch,
  type RateLimit,
  rawRecord,
  type WriteEffect,
  type WriteMatch,
  type WriteMisbehavior,
  type WriteProgram,
} from '../../../src/simulator-kit/index.ts'
export type { LicenseListingOptions } from './license-operations.ts'
export type { GenesysOrganization, GenesysSimulatedUser, GenesysStateFilter } from './organization.ts'
export {
  type GenesysSimulator,
  type GenesysSimulatorOptions,
  startGenesysSimulator,
} from './start-genesys-simulator.ts'
export type { GenesysTokens } from './tokens.ts'
export type { DirectoryOptions } from './user-operations.ts'
export type {
  GenesysDirectoryRecord,
  GenesysLicenseDefinition,
  GenesysLicenseRow,
  GenesysRole,
  GenesysUserState,
  GenesysWorld,
} from './world.ts'
