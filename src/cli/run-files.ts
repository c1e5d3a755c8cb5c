import { statSync } from 'node:fs'
import { sep } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { realTarget } from '../node/index.ts'
import { UsageError } from './usage-error.ts'

/** The files of one run, so that nothing that it writes takes the place of something that it reads or keeps. */
export interface RunFiles {
  /** Notes a file or a folder that the run reads. Throws where the run writes there. */
  readonly reads: (path: string, name: string) => void
  /**
   * Notes a file that the run writes. `what` it is, for messages: `--output`. Throws a `UsageError` where the run
   * reads that very file, by whatever name, or the folder that it is in, or writes it twice. `inPlaceOf`: the one file that
   * it is meant to replace.
   */
  readonly writes: (path: string, name: string, what: string, inPlaceOf?: string) => void
  /** Notes a file that the run reads, and may write anew: for secrets. */
  readonly keeps: (path: string, name: string) => void
  /** All that the run writes, or may have written. */
  readonly written: () => readonly string[]
}

interface RunFile {
  readonly path: string
  /** Found out once: a run may write a file for each of many organizations. */
  readonly identity: Identity
  readonly name: string
  /** What is written there; absent where the run reads. */
  readonly what?: string
}

/** Which file a path leads to: by its place, and where there is one, by what no name of it changes. */
interface Identity {
  readonly place: string
  readonly inode?: string
}

const placeOf = (path: string): string =>
  pipe(
    realTarget(path),
    E.getOrElse(() => path),
  )

/** Windows takes small letters and capitals of a name for the same. */
const folded = (place: string, platform: string): string => (platform === 'win32' ? place.toLowerCase() : place)

const identityOf = (path: string, platform: string): Identity => {
  const real = placeOf(path)
  const place = folded(real, platform)
  const found = statSync(real, { bigint: true, throwIfNoEntry: false })
  // Where a file system has no numbers for its files, all of them have the same.
  return found === undefined || found.ino === 0n ? { place } : { place, inode: `${found.dev}:${found.ino}` }
}

const isSame = (one: Identity, other: Identity): boolean =>
  one.place === other.place || (one.inode !== undefined && one.inode === other.inode)

const isWithin = ({ place }: Identity, folder: Identity): boolean =>
  place.startsWith(folder.place.endsWith(sep) ? folder.place : `${folder.place}${sep}`)

const collision = (written: RunFile, other: RunFile): UsageError | undefined => {
  const [one, another] = [written.identity, other.identity]
  const use = other.what === undefined ? 'reads' : 'writes'
  if (isSame(one, another)) {
    return new UsageError([
      `${written.what}: expected another file than ${other.name}, which this run ${use}; found ${written.name}`,
    ])
  }
  return other.what === undefined && isWithin(one, another)
    ? new UsageError([
        `${written.what}: expected a file outside of ${other.name}, which this run reads; found ${written.name}`,
      ])
    : undefined
}

export const openRunFiles = (platform: string): RunFiles => {
  const read: RunFile[] = []
  const kept: string[] = []
  const written: RunFile[] = []
  const refuse = (problem: UsageError | undefined) => {
    if (problem !== undefined) throw problem
  }
  const reads = (path: string, name: string): void => {
    const file = { path, name, identity: identityOf(path, platform) }
    for (const other of written) refuse(collision(other, file))
    read.push(file)
  }
  return {
    reads,
    keeps: (path, name) => {
      reads(path, name)
      kept.push(path)
    },
    writes: (path, name, what, inPlaceOf) => {
      const file = { path, name, what, identity: identityOf(path, platform) }
      const others = [...read, ...written].filter((other) => other.path !== inPlaceOf)
      for (const other of others) refuse(collision(file, other))
      written.push(file)
    },
    written: () => [...kept, ...written.map(({ path }) => path)],
  }
}
