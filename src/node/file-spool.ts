import { closeSync, existsSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { SnapshotSpool } from '../snapshot/index.ts'
import { temporaryBeside } from './atomic-file.ts'
import { problemOfFile, problemOfWriting } from './problem-of-file.ts'

/** A spool on the disk. */
export interface FileSpool extends SnapshotSpool {
  /** Why the disk could not take or give the records, such as "the disk is full"; undefined where it could. */
  readonly problem: () => string | undefined
  /** Gives the room on the disk back. Nothing can be read from it afterwards. */
  readonly close: () => void
}

/** Bytes that are written at once. */
const BLOCK = 1 << 20

/** The nearest folder that is there already. */
const nearestOf = (folder: string): string =>
  existsSync(folder) || dirname(folder) === folder ? folder : nearestOf(dirname(folder))

const remove = (path: string): void => {
  try {
    rmSync(path, { force: true })
  } catch {
    // Some systems keep a file for as long as it is open.
  }
}

interface OpenFile {
  readonly path: string
  readonly descriptor: number
}

/** For its owner alone, and without a name where the system has such files, so that a run that is killed leaves none behind. */
const openUnnamed = (folder: string): OpenFile => {
  const path = temporaryBeside(join(nearestOf(folder), 'spool'))
  try {
    const descriptor = openSync(path, 'wx+', 0o600)
    remove(path)
    return { path, descriptor }
  } catch (error) {
    throw new Error(problemOfWriting(error, path))
  }
}

/**
 * Keeps the records of a snapshot on the disk until they are written, for {@link SpooledSnapshotOptions}. The file is in the
 * folder that is named, or the nearest one above it that is there, and is made when it is first needed. Its functions throw
 * where the disk is full or fails. Close it when the snapshot was written.
 */
export const createFileSpool = (folder: string): FileSpool => {
  const place = resolve(folder)
  let file: OpenFile | undefined
  let problem: string | undefined
  const block = Buffer.allocUnsafe(BLOCK)
  let waiting = 0
  let written = 0

  const inFile = <A>(use: (descriptor: number) => A): A => {
    try {
      file ??= openUnnamed(place)
      return use(file.descriptor)
    } catch (error) {
      problem = problemOfFile(error)
      throw new Error(`${nearestOf(place)}: ${problem}`)
    }
  }
  const write = (bytes: Uint8Array): void =>
    inFile((descriptor) => {
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(descriptor, bytes, at, bytes.length - at, written + at)
      }
      written += bytes.length
    })
  const flush = (): void => {
    if (waiting > 0) write(block.subarray(0, waiting))
    waiting = 0
  }

  return {
    append: (bytes) => {
      if (waiting + bytes.length > BLOCK) flush()
      const place = written + waiting
      if (bytes.length > BLOCK) write(bytes)
      else {
        block.set(bytes, waiting)
        waiting += bytes.length
      }
      return place
    },
    read: (from, length) => {
      if (from + length > written) flush()
      return inFile((descriptor) => {
        const bytes = Buffer.allocUnsafe(length)
        for (let at = 0; at < length; ) {
          const read = readSync(descriptor, bytes, at, length - at, from + at)
          if (read === 0) throw new Error('it is shorter than what was written')
          at += read
        }
        return bytes
      })
    },
    problem: () => problem,
    close: () => {
      if (file === undefined) return
      closeSync(file.descriptor)
      remove(file.path)
      file = undefined
    },
  }
}
