import type { Environment } from './environment.ts'
import type { ProviderOutcome } from './exit-code.ts'
import type { Registry } from './registry-entry.ts'

/** What a command's action is given besides its own options. */
export interface Invocation {
  readonly environment: Environment
  readonly registry: Registry
  /** Aborts when the user interrupts. */
  readonly signal: AbortSignal
  /** The value of `--config`. */
  readonly configurationFile: string | undefined
}

/** Does what a command is for and says how each provider fared. */
type Action = (invocation: Invocation) => Promise<readonly ProviderOutcome[]>

/** How a command's definition hands over to its action. */
export type RunAction = (action: Action) => Promise<void>
