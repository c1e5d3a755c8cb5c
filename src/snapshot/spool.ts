import { CallerFault } from '../model/caller-fault.ts'

/**
 * Where records wait, encoded, until the files of a snapshot are written: millions of them need not be in memory then. What was
 * appended stays as it is, and is read several times. What its functions throw ends the snapshot.
 */
export interface SnapshotSpool {
  /** Keeps a copy of these bytes behind all others, and gives the place where they begin. */
  readonly append: (bytes: Uint8Array) => number
  /** So many bytes from a place on. They may be of several calls of `append`, where these gave places that follow each other. */
  readonly read: (from: number, length: number) => Uint8Array
}

const CHUNK = 1 << 20

/** Keeps everything in memory. */
export const createMemorySpool = (): SnapshotSpool => {
  const chunks: Uint8Array[] = []
  let last = new Uint8Array(0)
  let end = 0
  return {
    append: (bytes) => {
      if (end + bytes.length > last.length) {
        last = new Uint8Array(Math.max(CHUNK, bytes.length))
        chunks.push(last)
        end = 0
      }
      const at = end
      last.set(bytes, at)
      end += bytes.length
      return (chunks.length - 1) * CHUNK + at
    },
    read: (from, length) => {
      const at = from % CHUNK
      return (chunks[Math.floor(from / CHUNK)] ?? last).subarray(at, at + length)
    },
  }
}

/** The spool of a caller, whose failures are the caller's. */
export const callersSpool = ({ append, read }: SnapshotSpool): SnapshotSpool => {
  const orFault = <A>(call: () => A): A => {
    try {
      return call()
    } catch (thrown) {
      throw new CallerFault('spool', thrown)
    }
  }
  return {
    append: (bytes) => orFault(() => append(bytes)),
    read: (from, length) => orFault(() => read(from, length)),
  }
}
