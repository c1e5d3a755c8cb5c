/** A simulator of the Webex APIs that licenses take: licenses, people, organizations, tokens. Node only. */
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
export type { WebexRateLimit } from './guard.ts'
export { hydraId, type WebexLicenseIdParts, webexLicenseId } from './hydra-id.ts'
export type {
  PlacedDevice,
  WebexAccount,
  WebexMembership,
  WebexOrganization,
  WebexSimulatedUser,
} from './organization.ts'
export {
  type ManagedWebexOrganization,
  startWebexSimulator,
  type WebexSimulator,
  type WebexSimulatorOptions,
} from './start-webex-simulator.ts'
export type { WebexTokens } from './tokens.ts'
export type {
  WebexCalling,
  WebexDevice,
  WebexIdentity,
  WebexLicenseDefinition,
  WebexPerson,
  WebexPersonWithLicenses,
  WebexUnits,
  WebexWorkspace,
  WebexWorld,
} from './world.ts'
