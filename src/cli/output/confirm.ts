import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import type { Environment } from '../environment.ts'
import { UsageError } from '../usage-error.ts'

/** What is asked before something is changed. */
export interface Question {
  readonly text: string
  /** What must be typed. Default: yes, or the first letter of it. */
  readonly expected?: string | undefined
  /** What to do where the user cannot be asked. */
  readonly unanswered: string
}

/** A question that `--yes` answers where the user cannot be asked. */
export const yesOrNo = (text: string): Question => ({
  text,
  unanswered: '--yes: needed to change anything without a terminal to ask on',
})

/** Asks on the terminal whether to go on. Where the user cannot be asked, that is a mistake in the command line. */
export const confirm = async (
  { stdin, stderr, prose }: Environment,
  { text, expected, unanswered }: Question,
  signal: AbortSignal,
): Promise<boolean> => {
  if (stdin.isTTY !== true || stderr.isTTY !== true) throw new UsageError([unanswered])
  // The answer is typed behind the last line of the question.
  const shown = (expected === undefined ? `${text} [y/N]` : text).split('\n').map(prose).join('').trimEnd()
  // Not as a terminal: then Ctrl-C stays the interruption that it is everywhere else.
  const terminal = createInterface({ input: stdin, output: stderr, terminal: false })
  try {
    const closed = once(terminal, 'close').then(() => '')
    const answer = await Promise.race([terminal.question(`${shown} `, { signal }), closed])
    return expected === undefined ? /^\s*y(es)?\s*$/i.test(answer) : answer.replaceAll(',', '').trim() === expected
  } catch (error) {
    if (signal.aborted) return false
    throw error
  } finally {
    terminal.close()
  }
}
