/**
 * The conformance suite that every provider passes, and a provider without a vendor for the tests of whoever embeds the
 * library. Knows no test runner: it is handed one.
 */
export * from './conformance-harness.ts'
export { type ConformanceScenario, conformanceScenarios, testConformance } from './conformance-suite.ts'
export * from './disturbance.ts'
export * from './in-memory-provider.ts'
export * from './test-runner.ts'
export * from './world.ts'
