/** A simulator of Genesys Cloud's License API and all that reading and changing licenses takes. Runs in Node only. */
export {
  type ActiveFault,
  type ActiveWriteMisbehavior,
  type Answer,
  type CrossOrigin,
  type Fault,
  type FaultEffect,
  type FaultMatch,
  type FaultProgram,
  type LicenseWrite,
  type Listing,
  type LoggedRequest,
  type Program,
  type RateLimit,
  type RawRecord,
  type Repetition,
  type RequestFilter,
  type RequestLog,
  type RuleControl,
  type RunningSimulator,
  rawRecord,
  type SimulatedRequest,
  type SimulatorClock,
  type SimulatorOptions,
  type SimulatorStory,
  type WriteEffect,
  type WriteMatch,
  type WriteMisbehavior,
  type WriteProgram,
} from '../../../src/simulator-kit/index.ts'
export type {
  GenesysBillingOptions,
  GenesysBillingPeriod,
  GenesysCharge,
  GenesysContract,
  GenesysOrganizationReference,
  GenesysPlan,
  GenesysPlanItem,
} from './contracts.ts'
export type { DirectoryOptions } from './directory-parameters.ts'
export type { LicenseListingOptions } from './license-operations.ts'
export type { GenesysOrganization, GenesysSimulatedUser, GenesysStateFilter } from './organization.ts'
export {
  type GenesysSimulator,
  type GenesysSimulatorOptions,
  startGenesysSimulator,
} from './start-genesys-simulator.ts'
export type { GenesysTokens } from './tokens.ts'
export type {
  GenesysDirectoryRecord,
  GenesysLicenseDefinition,
  GenesysLicenseRow,
  GenesysPresence,
  GenesysRole,
  GenesysUserState,
  GenesysWorld,
} from './world.ts'
