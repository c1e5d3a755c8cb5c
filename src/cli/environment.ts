import type { Readable, Writable } from 'node:stream'

export interface OutputStream extends Writable {
  readonly isTTY?: boolean
  /** Width of the terminal. */
  readonly columns?: number
}

export interface InputStream extends Readable {
  readonly isTTY?: boolean
}

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>

/** All that the command line touches of the process it runs in. */
export interface Environment {
  /** For answers to questions. */
  readonly stdin: InputStream
  /** For data only. */
  readonly stdout: OutputStream
  /** For everything else. */
  readonly stderr: OutputStream
  readonly variables: Variables
  readonly workingDirectory: string
  /** Calls the listener on every SIGINT, until the function that it returns is called. */
  readonly onInterrupt: (listener: () => void) => () => void
  /** Leaves at once, whatever is under way. */
  readonly exit: (code: number) => void
}
