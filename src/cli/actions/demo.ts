import * as E from 'fp-ts/lib/Either.js'
import { openTemporaryFolder } from '../../node/index.ts'
import { numberText } from '../../render/index.ts'
import { cannotWrite } from '../cannot-write.ts'
import type { SimulatedSize } from '../commands/demo.ts'
import type { Variables } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Action, Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import { startSimulators } from './simulators.ts'
import { type StoryFolder, writeConfiguration, writeStory } from './story-folder.ts'

const inTemporaryFolder = async <A>(use: (folder: string) => Promise<A>): Promise<A> => {
  const folder = await openTemporaryFolder('demo')()
  if (E.isLeft(folder)) throw cannotWrite(folder.left, [folder.left.message])
  try {
    return await use(folder.right.path)
  } finally {
    await folder.right.remove()
  }
}

/** Simulators are on this machine, and a proxy is not asked for them. */
const withoutProxies = (variables: Variables): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !/_proxy$/i.test(name)))

const sayWhatItIs = ({ environment }: Invocation, { users }: SimulatedSize): void => {
  notify(environment, '')
  notify(environment, `This is simulated data: organizations of ${numberText(users)} made-up people each.`)
  notify(environment, 'More of it: seatlens demo --help')
  notify(environment, 'To plan and apply changes: seatlens simulate --help')
  notify(environment, 'How to see your own organizations: seatlens report --help')
}

/** Runs what a command does against simulators, as if they were configured. */
export const onSimulators = async (
  invocation: Invocation,
  size: SimulatedSize,
  action: Action,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, registry } = invocation
  return inTemporaryFolder(async (folder) => {
    const simulators = await startSimulators(registry, { ...size, latencyMs: 0, story: { today: Date.now() } })
    try {
      const outcomes = await action({
        ...invocation,
        environment: { ...environment, variables: withoutProxies(environment.variables) },
        configurationFile: await writeConfiguration(simulators, folder),
      })
      sayWhatItIs(invocation, size)
      return outcomes
    } finally {
      await simulators.stop()
    }
  })
}

/** Runs what a command does with the snapshots and plans of simulated organizations. */
export const onPast = async (
  invocation: Invocation,
  size: SimulatedSize,
  action: (invocation: Invocation, past: StoryFolder) => Promise<readonly ProviderOutcome[]>,
): Promise<readonly ProviderOutcome[]> =>
  inTemporaryFolder(async (folder) => {
    const past = await writeStory(invocation, { ...size, today: Date.now() }, folder)
    if (past === undefined) return []
    const outcomes = await action(invocation, past)
    sayWhatItIs(invocation, size)
    return outcomes
  })
