import type { Requirement } from './conformance-harness.ts'
import type { Disturbance } from './disturbance.ts'
import type { Stage } from './stage.ts'

/** One behavior that every provider must show. */
export interface ScenarioSpecification {
  /** Stable: known deviations name it. */
  readonly id: string
  /** A sentence. */
  readonly title: string
  readonly disturbance?: Disturbance
  /** Besides the disturbance. */
  readonly needs?: readonly Requirement[]
  readonly play: (stage: Stage) => Promise<void>
}
