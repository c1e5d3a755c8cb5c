import { join, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { firstSeenIn, type LicenseProvider, type SeatHistory, type Snapshot, withFirstSeen } from '../../index.ts'
import { readManifestFolder } from '../../node/index.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import { UsageError } from '../usage-error.ts'
import { loadSnapshot, snapshotsIn } from './load-snapshot.ts'

/** The snapshots of a folder by their time, the oldest first. One that cannot be used proves nothing, and is told of. */
const inOrder = async (folder: string, { environment }: Invocation): Promise<readonly string[]> => {
  const usable: { readonly name: string; readonly at: string }[] = []
  for (const name of await snapshotsIn(folder, environment)) {
    const manifest = await readManifestFolder(resolve(environment.workingDirectory, folder, name))()
    if (E.isRight(manifest)) usable.push({ name, at: manifest.right.generatedAt })
    else notify(environment, leftOut(folder, name, manifest.left.problem))
  }
  return usable.sort((one, other) => Date.parse(one.at) - Date.parse(other.at)).map(({ name }) => name)
}

const leftOut = (folder: string, name: string, problem: string): string =>
  `--history: ${join(folder, name)} is left out: it cannot be used as a snapshot: ${problem}`

/** One after the other, so that there is never more than one in memory. */
async function* opened(folder: string, { environment, signal }: Invocation, names: readonly string[]) {
  for (const name of names) {
    if (signal.aborted) return
    const snapshot: E.Either<string, Snapshot> = await loadSnapshot(join(folder, name), environment)
    if (E.isRight(snapshot)) yield snapshot.right
    else notify(environment, leftOut(folder, name, snapshot.left))
  }
}

/** What adds to the users of a provider since when they have had their licenses, by the snapshots of the folder of `--history`. */
export const readHistory = async (
  folder: string,
  invocation: Invocation,
): Promise<(providers: readonly LicenseProvider[]) => readonly LicenseProvider[]> => {
  const names = await inOrder(folder, invocation)
  if (names.length === 0) throw new UsageError([`--history: ${folder}: none of its snapshots can be used`])
  const history: E.Either<{ readonly message: string }, SeatHistory> = await firstSeenIn(
    opened(folder, invocation, names),
    { of: invocation.snapshot },
  )()
  if (E.isLeft(history)) throw new UsageError([`--history: ${folder}: ${history.left.message}`])
  return (providers) => providers.map((provider) => withFirstSeen(provider, history.right))
}

/** The newest snapshot in the folder of `--history`; undefined where none of them can be used. */
export const loadNewest = async (folder: string, invocation: Invocation): Promise<Snapshot | undefined> => {
  const newest = (await inOrder(folder, invocation)).at(-1)
  if (newest === undefined) return undefined
  const snapshot = await loadSnapshot(join(folder, newest), invocation.environment)
  return E.isRight(snapshot) ? snapshot.right : undefined
}
