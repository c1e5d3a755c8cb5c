import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../../dist/server/main.js')

export interface ServerProcess {
  readonly process: ChildProcess
  readonly url: string
  /** The lines of its log so far. */
  readonly log: () => readonly Readonly<Record<string, unknown>>[]
}

/** The server as it is run, in a process of its own. */
export const startServer = async (configuration: string): Promise<ServerProcess> => {
  const child = spawn(process.execPath, [main, '--config', configuration], { stdio: ['ignore', 'pipe', 'pipe'] })
  let logged = ''
  child.stdout.on('data', (piece) => {
    logged += piece
  })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (piece) => {
      said += piece
      const found = /is at (\S+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', () => reject(new Error(`it ended: ${said}`)))
  })
  // The last piece may be part of a line.
  const log = () =>
    logged
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  return { process: child, url, log }
}

export const end = async ({ process: child }: ServerProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await ended
}
