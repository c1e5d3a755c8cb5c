/**
 * What a simulator of a vendor's API is made of: a real HTTP server on loopback with scripted faults, and people and
 * holdings that are computed in place of stored. Runs in Node only.
 */
export type { CrossOrigin, Given, RunningSimulator, SimulatorOptions, SimulatorStory } from '../provider-kit/index.ts'
export { withDefaults } from '../provider-kit/values.ts'
export { type Answer, json, withDefaultHeaders } from './answer.ts'
export type { Fault, FaultEffect, FaultMatch } from './fault.ts'
export type { ActiveFault, FaultProgram } from './fault-program.ts'
export { fractionOf, hashOf, hashOfText } from './hash.ts'
export { createIdentifiers, type Identifiers } from './identifiers.ts'
export * from './index-set.ts'
export { keepSome } from './keep-some.ts'
export * from './license-book.ts'
export * from './organization-size.ts'
export * from './person.ts'
export { createRateLimiter, type RateLimit, type RateLimiter, type RateVerdict } from './rate-limiter.ts'
export * from './raw-record.ts'
export type { LoggedRequest, RequestFilter, RequestLog } from './request-log.ts'
export type { Route } from './router.ts'
export type { Program, Repetition, RuleControl } from './script.ts'
export { bearerTokenOf, formBodyOf, jsonBodyOf, mediaTypeOf, type SimulatedRequest } from './simulated-request.ts'
export { createSimulatorClock, type SimulatorClock, startOfDay } from './simulator-clock.ts'
export { type Refusals, type RunningServer, type ServerOptions, startServer } from './start-server.ts'
export {
  createStory,
  monthsBefore,
  STORY_PERIOD,
  type Story,
  type StoryHabit,
  type StoryOptions,
  type StoryPart,
  type StoryTeam,
} from './story.ts'
export * from './write-script.ts'
export * from './written-request.ts'
