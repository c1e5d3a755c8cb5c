import { dirname, relative, resolve } from 'node:path'
import type { SimulateOptions } from '../commands/simulate.ts'
import { configurationPath } from '../configuration/configuration-path.ts'
import { requireOutsideTypes } from '../configuration/load-configuration.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { type NewFolder, openNewFolder } from '../output/new-folder.ts'
import { notify } from '../output/notify.ts'
import { shellWord } from '../output/shell-word.ts'
import { writeOut } from '../output/write-out.ts'
import { isFilePath } from '../outside/outside-type.ts'
import type { Registry } from '../registry-entry.ts'
import { type Simulators, startSimulators } from './simulators.ts'
import { type StoryFolder, writeConfiguration, writeStory } from './story-folder.ts'

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    // A listener alone does not keep a process alive; the simulators' sockets do.
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** What can be done with the folder, in the order in which a newcomer does it. `stage`: where it was filled. */
const tellCommands = (environment: Environment, name: string, stage: string, past: StoryFolder): void => {
  const within = (path: string): string => relative(stage, path)
  const [, before, newest] = past.taken.map(within)
  notify(environment, `${name}: a configuration, three snapshots, and a plan that was applied. In another terminal:`)
  for (const line of [
    `cd ${shellWord(name, environment.platform)}`,
    'seatlens report --detail',
    'seatlens plan --fix dormant-holder --limit 20 --output plan.json',
    'seatlens apply plan.json',
    `seatlens trend ${within(past.snapshots)} --journals ${within(past.plans)}`,
    `seatlens diff ${before} ${newest} --journals ${within(past.plans)}`,
  ]) {
    notify(environment, `  ${line}`)
  }
}

const writeFolder = async (
  invocation: Invocation,
  simulators: Simulators,
  { users, seed, organizations }: SimulateOptions,
  { name, folder, today }: { readonly name: string; readonly folder: NewFolder; readonly today: number },
): Promise<void> => {
  const written = await folder.fill(async (stage) => {
    await writeConfiguration(simulators, stage)
    const past = await writeStory(invocation, { users, seed, organizations, today }, stage)
    return past === undefined ? undefined : { stage, past }
  })
  if (written !== undefined) tellCommands(invocation.environment, name, written.stage, written.past)
}

/** The type that names the same file from another folder. The name of a package stays as it is. */
const typeFrom = (type: string, from: string, to: string): string => {
  if (!isFilePath(type)) return type
  const path = relative(to, resolve(from, type)).replaceAll('\\', '/')
  return path.startsWith('.') ? path : `./${path}`
}

/**
 * All vendors that have simulators: with those from outside where a configuration is named. The one that is here is not looked
 * for, as `> seatlens.json` has just emptied it. `folder`: where the configuration for the simulators will be.
 */
const registryFor = async (invocation: Invocation, folder: string): Promise<Registry> => {
  const { environment, registry, configurationFile } = invocation
  if (configurationFile === undefined) return registry
  const from = dirname(configurationPath(configurationFile, environment))
  const { entries } = await requireOutsideTypes(invocation)
  return [...registry, ...entries.map(({ type, load }) => ({ type: typeFrom(type, from, folder), load }))]
}

export const simulate = async (given: Invocation, options: SimulateOptions): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal } = given
  const { users, seed, organizations, latency, port, write: name, cors } = options
  const today = Date.now()
  const registry = await registryFor(given, resolve(environment.workingDirectory, name ?? '.'))
  const invocation: Invocation = { ...given, registry }
  const folder = name === undefined ? undefined : await openNewFolder('--write', name, environment)
  const simulators = await startSimulators(registry, {
    users,
    seed,
    organizations,
    latencyMs: latency,
    port,
    story: { today },
    ...(cors === undefined ? {} : { cors: { origins: cors.includes('*') ? '*' : cors } }),
  })
  try {
    for (const { displayName, url } of simulators.running) notify(environment, `${displayName} simulator: ${url}`)
    if (name !== undefined && folder !== undefined) {
      await writeFolder(invocation, simulators, options, { name, folder, today })
    } else {
      await writeOut(environment, `${JSON.stringify(simulators.configuration, null, 2)}\n`)
      notify(
        environment,
        'The configuration on stdout reaches them; as seatlens.json it is what "seatlens report" reads.',
      )
    }
    notify(environment, 'They run until you press Ctrl-C.')
    await aborted(signal)
    return []
  } finally {
    await simulators.stop()
  }
}
