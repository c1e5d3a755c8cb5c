import type { SimulateOptions } from '../commands/simulate.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import { writeOut } from '../output/write-out.ts'
import { startSimulators } from './simulators.ts'

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    // A listener alone does not keep a process alive; the simulators' sockets do.
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

export const simulate = async (
  { environment, registry, signal }: Invocation,
  { users, seed, latency, port }: SimulateOptions,
): Promise<readonly ProviderOutcome[]> => {
  const simulators = await startSimulators(registry, {
    users,
    seed,
    latencyMs: latency,
    port,
    story: { today: Date.now() },
  })
  try {
    await writeOut(environment, `${JSON.stringify(simulators.configuration, null, 2)}\n`)
    for (const { displayName, url } of simulators.running) notify(environment, `${displayName} simulator: ${url}`)
    notify(
      environment,
      'The configuration on stdout reaches them; as seatlens.json it is what "seatlens report" reads.',
    )
    notify(environment, 'They run until you press Ctrl-C.')
    await aborted(signal)
    return []
  } finally {
    await simulators.stop()
  }
}
