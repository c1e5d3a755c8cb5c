import type { ConformanceHarness, Requirement } from './conformance-harness.ts'
import type { ScenarioSpecification } from './scenario.ts'
import { changingScenarios } from './scenarios/changing.ts'
import { descriptionScenarios } from './scenarios/description.ts'
import { diagnosisScenarios } from './scenarios/diagnosis.ts'
import { eventScenarios } from './scenarios/events.ts'
import { failureScenarios } from './scenarios/failures.ts'
import { findingScenarios } from './scenarios/finding.ts'
import { holderScenarios } from './scenarios/holders.ts'
import { listScenarios } from './scenarios/lists.ts'
import { oneOrganizationScenarios } from './scenarios/one-organization.ts'
import { oneShotScenarios } from './scenarios/one-shot.ts'
import { pagingScenarios } from './scenarios/paging-rules.ts'
import { stoppingScenarios } from './scenarios/stopping.ts'
import { workspaceScenarios } from './scenarios/workspaces.ts'
import { onStage, reasonAgainst } from './stage.ts'
import type { TestRunner } from './test-runner.ts'

const specifications: readonly ScenarioSpecification[] = [
  ...descriptionScenarios,
  ...listScenarios,
  ...oneShotScenarios,
  ...findingScenarios,
  ...holderScenarios,
  ...workspaceScenarios,
  ...stoppingScenarios,
  ...pagingScenarios,
  ...failureScenarios,
  ...changingScenarios,
  ...oneOrganizationScenarios,
  ...eventScenarios,
  ...diagnosisScenarios,
]

/** One behavior that every provider must show, ready to be run against one provider. */
export interface ConformanceScenario {
  /** Stable: {@link ConformanceHarness.knownDeviations} name it. */
  readonly id: string
  /** A sentence. */
  readonly title: string
  /** Why it cannot be run here. */
  readonly skip?: string | undefined
  /** Rejects with a plain `Error` that says what is wrong. */
  readonly run: () => Promise<void>
}

const requirementsOf = ({ disturbance, needs = [] }: ScenarioSpecification): readonly Requirement[] =>
  disturbance === undefined ? needs : [disturbance, ...needs]

/** A reason left out or an entry that names nothing would hide what they are there to show. */
const checkDeclarations = ({ unsupported = {}, knownDeviations = {} }: ConformanceHarness): void => {
  const ids = new Set(specifications.map(({ id }) => id))
  for (const [id, reason] of Object.entries(knownDeviations)) {
    if (!ids.has(id)) throw new Error(`there is no scenario "${id}" to deviate from`)
    if (reason.trim() === '') throw new Error(`the deviation "${id}" needs a reason`)
  }
  for (const [requirement, reason] of Object.entries(unsupported)) {
    if (reason?.trim() === '') throw new Error(`"${requirement}" needs a reason for not being supported`)
  }
}

/** A provider in plain JavaScript can throw anything. */
const asError = (thrown: unknown): never => {
  throw thrown instanceof Error ? thrown : new Error(`the provider or the harness threw: ${String(thrown)}`)
}

/** The scenarios by themselves, for a program that runs them in its own way. */
export const conformanceScenarios = (harness: ConformanceHarness): readonly ConformanceScenario[] => {
  checkDeclarations(harness)
  return specifications.map((specification) => {
    const reasons = requirementsOf(specification).flatMap((requirement) => {
      const reason = reasonAgainst(harness, requirement)
      return reason === undefined ? [] : [`${requirement}: ${reason}`]
    })
    return {
      id: specification.id,
      title: specification.title,
      ...(reasons.length === 0 ? {} : { skip: reasons.join('; ') }),
      run: () => onStage(harness, specification.disturbance, specification.play).catch(asError),
    }
  })
}

const stillDeviates = async (scenario: ConformanceScenario): Promise<void> => {
  const failure = await scenario.run().then(
    () => undefined,
    (thrown: unknown) => ({ thrown }),
  )
  if (failure === undefined) throw new Error(`"${scenario.id}" passes now: take it out of knownDeviations`)
}

/**
 * Runs the conformance suite: one test for each scenario. A scenario that the harness cannot set is skipped with its
 * reason, never passed; one that is a known deviation says so in its name.
 *
 * ```ts
 * import { test } from 'vitest'
 * import { faultsOf, hastyClock, misbehaviorsOf, runnerOf, testConformance } from 'seatlens/testing'
 *
 * testConformance(runnerOf(test), {
 *   name: 'acme',
 *   serve: async (world, disturbance, { onEvent } = {}) => {
 *     const clock = hastyClock()
 *     const acme = await startAcmeSimulator(organizationOf(world), { now: clock.now })
 *     for (const fault of faultsOf(disturbance, struckRequests)) acme.faults.add(fault)
 *     for (const one of misbehaviorsOf(disturbance, { world, refusal: { status: 409 } })) acme.writes.add(one)
 *     const token = disturbance === 'badCredentials' ? 'not the token' : acme.token
 *     const provider = createAcmeProvider({ url: acme.url, token }, { clock, onEvent })
 *     const { count, maximumInFlight } = acme.requests
 *     return { provider, requests: () => count(), maximumInFlight, secrets: [acme.token, token], stop: acme.destroy }
 *   },
 *   unsupported: { externalUser: 'Acme has no guests', concurrency: 'this harness does not set it' },
 * })
 * ```
 *
 * A complete harness is in the package's repository: `examples/acme`.
 */
export const testConformance = (runner: TestRunner, harness: ConformanceHarness): void => {
  for (const scenario of conformanceScenarios(harness)) {
    const name = `${harness.name}: ${scenario.id}: ${scenario.title}`
    const deviation = harness.knownDeviations?.[scenario.id]
    if (scenario.skip !== undefined) runner.skip(name, scenario.skip)
    else if (deviation === undefined) runner.test(name, scenario.run)
    else runner.test(`${name} (KNOWN DEVIATION: ${deviation})`, () => stillDeviates(scenario))
  }
}
