import { errorCodeOf } from '../../node/index.ts'
import type { ProviderDefinition, RunningSimulator, SimulatorOptions } from '../../provider-kit/index.ts'
import type { Registry, RegistryEntry } from '../registry-entry.ts'
import { UsageError } from '../usage-error.ts'

export interface SimulatorsOptions extends Omit<SimulatorOptions, 'port'> {
  /** Of the first one, the others follow; absent: any free ones. */
  readonly port?: number | undefined
}

export interface Simulators {
  readonly running: readonly { readonly displayName: string; readonly url: string }[]
  /** A whole configuration that reaches them. */
  readonly configuration: { readonly providers: readonly Readonly<Record<string, unknown>>[] }
  readonly stop: () => Promise<void>
}

interface Started {
  /** As the configuration names it. */
  readonly type: string
  readonly definition: ProviderDefinition
  readonly simulator: RunningSimulator
}

const problemsOfPort: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken',
  EACCES: 'may not be used',
}

const start = async ({ type, load }: RegistryEntry, options: SimulatorOptions): Promise<Started> => {
  const definition = await load()
  try {
    return { type, definition, simulator: await definition.startSimulator(options) }
  } catch (error) {
    const problem = problemsOfPort[errorCodeOf(error) ?? '']
    if (problem === undefined) throw error
    throw new UsageError([
      `--port: expected free ports, but port ${options.port}, for the ${definition.displayName} simulator, ${problem}`,
    ])
  }
}

const settingsOf = ({ id: _id, type: _type, ...settings }: RunningSimulator['configuration']) => settings

const stopAll = async (started: readonly Started[]): Promise<void> => {
  await Promise.all(started.map(({ simulator }) => simulator.stop()))
}

/** Starts the simulator of every vendor; where one does not start, none is left running. */
export const startSimulators = async (
  registry: Registry,
  { port, ...options }: SimulatorsOptions,
): Promise<Simulators> => {
  const started: Started[] = []
  try {
    for (const [index, entry] of registry.entries()) {
      started.push(await start(entry, { ...options, port: port === undefined ? 0 : port + index }))
    }
  } catch (error) {
    await stopAll(started)
    throw error
  }
  return {
    running: started.map(({ definition: { displayName }, simulator: { url } }) => ({ displayName, url })),
    configuration: {
      // In a configuration, the name of a vendor is an id, which the name of a package need not be.
      providers: started.map(({ type, definition, simulator: { configuration } }) => ({
        id: definition.type,
        type,
        ...settingsOf(configuration),
      })),
    },
    stop: () => stopAll(started),
  }
}
