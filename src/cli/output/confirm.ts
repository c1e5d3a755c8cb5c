import { createInterface } from 'node:readline/promises'
import type { Environment } from '../environment.ts'
import { UsageError } from '../usage-error.ts'

/** Asks on the terminal whether to go on. Where nobody can answer, that is a mistake in the command line. */
export const confirm = async (
  { stdin, stderr }: Environment,
  question: string,
  signal: AbortSignal,
): Promise<boolean> => {
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new UsageError(['--yes: needed to change anything where nobody can be asked'])
  }
  const terminal = createInterface({ input: stdin, output: stderr })
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal })
    return /^\s*y(es)?\s*$/i.test(answer)
  } catch (error) {
    if (signal.aborted) return false
    throw error
  } finally {
    terminal.close()
  }
}
