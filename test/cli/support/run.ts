import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import type { OutputStream, StopSignal } from '../../../src/cli/environment.ts'
import { main } from '../../../src/cli/main.ts'
import type { Registry } from '../../../src/cli/registry-entry.ts'
import type { ProviderDefinition } from '../../../src/provider-kit/index.ts'
import { newFolder } from '../../node/new-folder.ts'
import { type AcmeWorld, createAcme } from './acme.ts'

/** A stream that keeps what is written to it. */
interface Capture {
  readonly stream: OutputStream
  readonly text: () => string
}

export interface CaptureOptions {
  /** Makes it a terminal of that many columns. */
  readonly columns?: number | undefined
  /** Makes it that open file, for what is asked about it: what is written is captured all the same. */
  readonly fd?: number
  /** Takes each piece in its own time. */
  readonly take?: (text: string) => Promise<void>
}

const capture = ({ columns, take, fd }: CaptureOptions = {}): Capture => {
  const chunks: string[] = []
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      const text = String(chunk)
      chunks.push(text)
      if (take === undefined) done()
      else take(text).then(() => done(), done)
    },
  })
  const terminal = { isTTY: true, columns, cursorTo: () => true, moveCursor: () => true, clearLine: () => true }
  return {
    stream: Object.assign(stream, columns === undefined ? {} : terminal, fd === undefined ? {} : { fd }),
    text: () => chunks.join(''),
  }
}

export const registryOf = (...definitions: readonly ProviderDefinition[]): Registry =>
  definitions.map((definition) => ({ type: definition.type, load: async () => definition }))

export interface RunOptions {
  /** What the organization of each provider id is like. */
  readonly worlds?: Readonly<Record<string, AcmeWorld>>
  readonly registry?: Registry
  /** Written as `seatlens.json` into the working folder; a text as it is. Default: one Acme provider. */
  readonly configuration?: unknown
  readonly variables?: Readonly<Record<string, string>>
  /** What is typed, on a terminal, or what is answered once it is asked for; absent: no user can answer. */
  readonly typed?: string | (() => string)
  readonly stdout?: CaptureOptions
  readonly stderr?: CaptureOptions
  /** Given a function that interrupts the run as Ctrl-C does. */
  readonly onStart?: (interrupt: (signal?: StopSignal) => void) => void
  readonly folder?: string
  /** The operating system, as Node names it. Default: this one. */
  readonly platform?: string
  /** The zone of the user. Default: UTC. */
  readonly timeZone?: string
}

export interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** The working folder. */
  readonly folder: string
  /** The codes that the process was told to leave with at once. */
  readonly exits: readonly number[]
}

export { newFolder }

/** A folder with a configuration of these providers, for a command line in a process of its own. */
export const folderWith = async (...providers: readonly object[]): Promise<string> => {
  const folder = await newFolder()
  await writeFile(join(folder, 'seatlens.json'), JSON.stringify({ providers }))
  return folder
}

/** A configuration of Acme providers with these ids. */
export const acmes = (...ids: readonly string[]) => ({
  providers: ids.map((id) => ({ id, type: 'acme', token: 'sesame' })),
})

/** Read as late as it is asked for. */
function* typing(typed: string | (() => string) = '') {
  yield typeof typed === 'string' ? typed : typed()
}

/** Runs the command line in this process, in a folder of its own, with the real thing all the way but for the vendor. */
export const run = async (args: readonly string[], options: RunOptions = {}): Promise<Run> => {
  const { worlds = {}, configuration = acmes('acme') } = options
  const folder = options.folder ?? (await newFolder())
  if (configuration !== null) {
    const text = typeof configuration === 'string' ? configuration : JSON.stringify(configuration)
    await writeFile(join(folder, 'seatlens.json'), text)
  }
  const stdout = capture(options.stdout)
  const stderr = capture(options.stderr)
  const exits: number[] = []
  const code = await main(
    args,
    {
      stdin: Object.assign(Readable.from(typing(options.typed)), { isTTY: options.typed !== undefined }),
      stdout: stdout.stream,
      stderr: stderr.stream,
      variables: options.variables ?? {},
      workingDirectory: folder,
      platform: options.platform ?? process.platform,
      ...(options.timeZone === undefined ? {} : { timeZone: () => options.timeZone ?? '' }),
      onInterrupt: (listener) => {
        options.onStart?.(listener)
        return () => {}
      },
      exit: (exitCode) => exits.push(exitCode),
    },
    options.registry ?? registryOf(createAcme((id) => worlds[id] ?? {})),
  )
  return { code, stdout: stdout.text(), stderr: stderr.text(), folder, exits }
}
