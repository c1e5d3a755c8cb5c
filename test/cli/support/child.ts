import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const built = join(import.meta.dirname, '../../../dist/src/cli/bin.js')

/** The command line as it is shipped. */
export const builtCommandLine = (): string => {
  if (!existsSync(built)) throw new Error('there is no build to test: npm run build')
  return built
}

interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Child {
  readonly process: ChildProcess
  readonly finished: Promise<Finished>
  /** Resolves when stderr has said it. */
  readonly says: (text: string) => Promise<void>
}

/** Starts the command line in a process of its own, with nothing in its environment but what is given. */
export const start = (
  args: readonly string[],
  folder: string,
  variables: Readonly<Record<string, string>> = {},
  /** An open file that stdout goes to, as `>` does it. */
  redirect?: number,
): Child => {
  const child = spawn(process.execPath, [builtCommandLine(), ...args], {
    cwd: folder,
    env: variables,
    stdio: ['ignore', redirect ?? 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  return {
    process: child,
    finished: new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr }))),
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = () => stderr.includes(text) && resolve()
        child.stderr?.on('data', look)
        child.on('close', () => reject(new Error(`it never said "${text}" but: ${stderr}`)))
        look()
      }),
  }
}
