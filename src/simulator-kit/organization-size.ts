import type { SimulatorOptions } from '../provider-kit/provider-definition.ts'

/** What a simulator is started with where nothing else is said: 200 people, seed 1, any port, no latency. */
export const defaultSimulatorOptions: SimulatorOptions = { users: 200, seed: 1, port: 0, latencyMs: 0 }

/** @throws {RangeError} where a seeded organization cannot have that many people. */
export const checkOrganizationSize = (users: number): void => {
  if (Number.isInteger(users) && users >= 10 && users <= 1_000_000) return
  throw new RangeError(`a simulated organization has 10 to 1,000,000 people, not ${users}`)
}
