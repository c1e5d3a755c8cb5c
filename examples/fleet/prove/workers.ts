import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(
  new URL('../src/main.js', import.meta.url.replace(/\/prove\/workers\.ts$/, '/dist/prove/workers.ts')),
)

/** A worker in a process of its own, as it is shipped, and what it has logged. */
export interface WorkerProcess {
  readonly process: ChildProcess
  readonly lines: readonly string[]
  /** Resolves with the first line that has this text, also one of before. */
  readonly line: (text: string) => Promise<string>
  /** Ends it with a signal. Resolves to its exit code, null where the signal ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>
}

export const startProcess = (args: readonly string[], env: NodeJS.ProcessEnv): WorkerProcess => {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  let rest = ''
  const take = (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    for (const look of [...waiting]) look()
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    process: child,
    lines,
    line: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => line.includes(text))
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        void exited.then(() =>
          reject(new Error(`the process ended before it said "${text}":\n${lines.slice(-5).join('\n')}`)),
        )
        look()
      }),
    end: (signal) => {
      child.kill(signal)
      return exited
    },
  }
}
