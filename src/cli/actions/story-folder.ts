import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  applyPlan,
  type Clock,
  createLicenseReport,
  createPlan,
  failuresOf,
  LicenseException,
  type LicenseProvider,
  type RemovableSeat,
  removalsOf,
  takeSnapshot,
  toPromise,
} from '../../index.ts'
import {
  nodeSha256,
  openFileJournal,
  openSnapshotFolder,
  readSnapshotFolder,
  writePrivateFile,
} from '../../node/index.ts'
import { Calls, type SimulatorOptions } from '../../provider-kit/index.ts'
import { renderPlan } from '../../render/index.ts'
import { monthsBefore, startOfDay } from '../../simulator-kit/index.ts'
import { createSources } from '../configuration/create-providers.ts'
import { knownTypes } from '../configuration/known-types.ts'
import { readConfiguration } from '../configuration/load-configuration.ts'
import type { Invocation } from '../invocation.ts'
import { type Simulators, startSimulators } from './simulators.ts'

/** What a folder has in which the past of a story is kept. Paths are absolute. */
export interface StoryFolder {
  readonly snapshots: string
  /** The snapshots in it, the oldest first. */
  readonly taken: readonly [oldest: string, before: string, newest: string]
  /** Plans that were applied, and their journals. */
  readonly plans: string
}

export type StoryOptions = Pick<SimulatorOptions, 'users' | 'seed' | 'organizations'> & {
  /** The last day of the story, in milliseconds since the epoch. */
  readonly today: number
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 'YYYY-MM-DD'.length)

/** Stands still, so that the same day makes the same files. Waits take their time. */
const clockAt = (time: number): Clock => ({ ...Calls.clockOf({}), now: () => time })

/** The file that reaches simulators, in a folder. */
export const writeConfiguration = async ({ configuration }: Simulators, folder: string): Promise<string> => {
  const path = join(folder, 'seatlens.json')
  await toPromise(writePrivateFile(path, `${JSON.stringify(configuration, null, 2)}\n`))
  return path
}

/** Does something with the organizations as they are at a time of the story. */
const atTime = async <A>(
  { environment, registry }: Invocation,
  { today, ...options }: StoryOptions,
  time: number,
  use: (providers: readonly LicenseProvider[]) => Promise<A>,
): Promise<A> => {
  const story = { ...options, latencyMs: 0, story: { today }, now: () => time }
  const simulators = await startSimulators(registry, story)
  try {
    const source = { name: 'story', folder: environment.workingDirectory, value: simulators.configuration }
    const configuration = readConfiguration(source, await knownTypes(registry), {})
    const { sources } = await createSources(configuration, {}, { clock: clockAt(time) }, environment.files)
    return await use(sources.map(({ provider }) => provider))
  } finally {
    await simulators.stop()
  }
}

const keep = async (
  { signal }: Invocation,
  providers: readonly LicenseProvider[],
  time: number,
  path: string,
): Promise<void> => {
  const folder = await toPromise(openSnapshotFolder(path))
  const content = await toPromise(takeSnapshot(providers, { signal, clock: clockAt(time), sha256: nodeSha256 }))
  await toPromise(folder.write(content))
}

const keyOf = ({ provider, userId, licenseId }: RemovableSeat): string => JSON.stringify([provider, userId, licenseId])

/** The seats of these that users of a snapshot do without who are still there. */
const givenUpBy = async (path: string, seats: readonly RemovableSeat[]): Promise<readonly RemovableSeat[]> => {
  const { providers } = await toPromise(readSnapshotFolder(path))
  const held = new Set<string>()
  const present = new Set<string>()
  for (const { id: provider, listUsers } of providers) {
    for await (const { id: userId, status, licenseIds } of listUsers()) {
      if (status === 'active') present.add(JSON.stringify([provider, userId]))
      for (const licenseId of licenseIds) held.add(keyOf({ provider, userId, licenseId }))
    }
  }
  return seats.filter((seat) => present.has(JSON.stringify([seat.provider, seat.userId])) && !held.has(keyOf(seat)))
}

/** Idle seats of which the later snapshot shows that they were given back. */
const idleSeats = async (
  { signal }: Invocation,
  providers: readonly LicenseProvider[],
  time: number,
  later: string,
): Promise<readonly RemovableSeat[]> => {
  const report = await createLicenseReport({ signal, clock: clockAt(time), detail: true })(providers)()
  const dormant = (report.findings ?? []).filter(({ rule }) => rule === 'dormant-holder')
  return givenUpBy(
    later,
    dormant.flatMap(({ removals = [] }) => removals),
  )
}

/** Makes a plan that gives seats back, and applies it, with its journal. */
const giveBack = async (
  { signal }: Invocation,
  provider: LicenseProvider,
  seats: readonly RemovableSeat[],
  time: number,
  folder: string,
): Promise<void> => {
  const running = { signal, clock: clockAt(time), sha256: nodeSha256 }
  const intents = seats.map(({ userId, licenseId }) => ({
    action: 'remove' as const,
    license: licenseId,
    user: userId,
    source: 'dormant-holder',
  }))
  const plan = await toPromise(createPlan(provider, intents, running))
  const path = join(folder, `idle-seats-${provider.id}.json`)
  await toPromise(writePrivateFile(path, await renderPlan(plan, { format: 'json' })))
  const journal = await toPromise(openFileJournal(`${path}.journal`, { now: () => time }))
  try {
    const result = await toPromise(applyPlan(plan, provider, { ...running, journal, maxRemovals: removalsOf(plan) }))
    const unwritten = failuresOf(result).find(({ _tag }) => _tag === 'JournalUnavailable')
    if (unwritten !== undefined) throw new LicenseException(unwritten)
  } finally {
    await journal.close()
  }
}

const keepPast = async (invocation: Invocation, options: StoryOptions, folder: string): Promise<StoryFolder> => {
  const today = startOfDay(options.today)
  const snapshots = join(folder, 'snapshots')
  const plans = join(folder, 'plans')
  await mkdir(plans, { recursive: true, mode: 0o700 })
  const timeOf = (months: number): number => monthsBefore(today, months)
  const pathOf = (months: number): string => join(snapshots, dayOf(timeOf(months)))
  for (const months of [2, 0]) {
    const time = timeOf(months)
    await atTime(invocation, options, time, (providers) => keep(invocation, providers, time, pathOf(months)))
  }
  const before = timeOf(1)
  await atTime(invocation, options, before, async (providers) => {
    await keep(invocation, providers, before, pathOf(1))
    const seats = await idleSeats(invocation, providers, before, pathOf(0))
    const between = startOfDay((before + today) / 2)
    for (const provider of providers) {
      const own = seats.filter(({ provider: id }) => id === provider.id)
      if (own.length > 0) await giveBack(invocation, provider, own, between, plans)
    }
  })
  return { snapshots, taken: [pathOf(2), pathOf(1), pathOf(0)], plans }
}

/**
 * Keeps the past of a story in a folder: a snapshot of two months ago, of a month ago and of today, and the plan that was applied
 * between the last two. All of it is made as users make it, against simulators that show the organizations as they were. Undefined where the
 * run was interrupted.
 */
export const writeStory = async (
  invocation: Invocation,
  options: StoryOptions,
  folder: string,
): Promise<StoryFolder | undefined> => {
  try {
    return await keepPast(invocation, options, folder)
  } catch (error) {
    if (invocation.signal.aborted) return undefined
    throw error
  }
}
