import { once } from 'node:events'
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
  // Not as a terminal: then Ctrl-C stays the interruption that it is everywhere else.
  const terminal = createInterface({ input: stdin, output: stderr, terminal: false })
  try {
    const closed = once(terminal, 'close').then(() => '')
    const answer = await Promise.race([terminal.question(`${question} [y/N] `, { signal }), closed])
    return /^\s*y(es)?\s*$/i.test(answer)
  } catch (error) {
    if (signal.aborted) return false
    throw error
  } finally {
    terminal.close()
  }
}
