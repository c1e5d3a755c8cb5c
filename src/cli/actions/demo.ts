import { numberText } from '../../render/index.ts'
import type { DemoOptions } from '../commands/demo.ts'
import { createProviders } from '../configuration/create-providers.ts'
import { readConfiguration } from '../configuration/load-configuration.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import { startProgress } from '../output/progress.ts'
import { printReport } from './print-report.ts'
import { startSimulators } from './simulators.ts'

export const demo = async (
  invocation: Invocation,
  { format, by: layout, output, open, users, seed }: DemoOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, registry } = invocation
  const simulators = await startSimulators(registry, { users, seed, latencyMs: 0, story: { today: Date.now() } })
  const progress = startProgress(environment)
  try {
    const definitions = await Promise.all(registry.map((entry) => entry.load()))
    const source = { name: 'demo', folder: environment.workingDirectory, value: simulators.configuration }
    const configuration = readConfiguration(source, definitions, {})
    const providers = createProviders(configuration, undefined, { onEvent: progress.onEvent }, environment.files)
    const outcomes = await printReport(invocation, providers, progress, { format, layout, output, open })
    notify(environment, '')
    notify(environment, `This is simulated data: organizations of ${numberText(users)} made-up people each.`)
    notify(environment, 'To keep the simulators running: seatlens simulate')
    notify(environment, 'How to see your own organizations: seatlens report --help')
    return outcomes
  } finally {
    progress.stop()
    await simulators.stop()
  }
}
