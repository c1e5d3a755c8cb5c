import type { Readable, Writable } from 'node:stream'
import type { Message } from './output/notify.ts'
import type { Results } from './output/results.ts'
import type { Manners } from './output/voice.ts'
import type { RunFiles } from './run-files.ts'

export interface OutputStream extends Writable {
  readonly isTTY?: boolean
  /** Width of the terminal. */
  readonly columns?: number
}

export interface InputStream extends Readable {
  readonly isTTY?: boolean
}

/** What stops a process: Ctrl-C (the default) or Ctrl-Break, its supervisor, or the end of its terminal. */
export type StopSignal = 'SIGINT' | 'SIGBREAK' | 'SIGTERM' | 'SIGHUP'

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>

/** All that the command line touches of the process it runs in. */
export interface ProcessEnvironment {
  /** For answers to questions. */
  readonly stdin: InputStream
  /** For data only. */
  readonly stdout: OutputStream
  /** For everything else. */
  readonly stderr: OutputStream
  readonly variables: Variables
  readonly workingDirectory: string
  /** The zone of the user, such as `Europe/Berlin`. Absent: UTC. */
  readonly timeZone?: () => string
  /** The operating system as Node names it: `win32` is Windows. */
  readonly platform: string
  /** The most memory that the process has had, in bytes. Absent: unknown. */
  readonly peakMemory?: () => number
  /** Calls the listener at each signal to stop. The function that it returns ends that. */
  readonly onInterrupt: (listener: (signal?: StopSignal) => void) => () => void
  /** Leaves at once, whatever is under way. */
  readonly exit: (code: number) => void
}

/** What one run has to do with: the process, and what the run itself keeps account of. */
export interface Environment extends ProcessEnvironment {
  /** A line of stderr for people, as its terminal shows it. Ends with a line break. */
  readonly prose: (line: string) => string
  /** Tells the user something that is no data, on stderr, in the manner that the command line asks for. */
  readonly tell: (message: Message) => void
  readonly manners: Manners
  readonly files: RunFiles
  readonly results: Results
}
