import type { RunningSimulator, SimulatorOptions } from '../../provider-kit/provider-definition.ts'
import type { Registry, RegistryEntry } from '../registry-entry.ts'

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
  readonly entry: RegistryEntry
  readonly displayName: string
  readonly simulator: RunningSimulator
}

const configurationOf = ({ entry, simulator }: Started, users: number): Readonly<Record<string, unknown>> => {
  const { type, demonstrationSeats } = entry
  const declared = Object.entries(demonstrationSeats ?? {}).map(([id, seats]) => [
    id,
    { purchased: Math.round(users * seats) },
  ])
  const licenses = declared.length === 0 ? {} : { licenses: Object.fromEntries(declared) }
  return { id: type, type, ...simulator.configuration, ...licenses }
}

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
      const { displayName, startSimulator } = await entry.load()
      const simulator = await startSimulator({ ...options, port: port === undefined ? 0 : port + index })
      started.push({ entry, displayName, simulator })
    }
  } catch (error) {
    await stopAll(started)
    throw error
  }
  return {
    running: started.map(({ displayName, simulator }) => ({ displayName, url: simulator.url })),
    configuration: {
      providers: started.map((one) => configurationOf(one, options.users)),
    },
    stop: () => stopAll(started),
  }
}
