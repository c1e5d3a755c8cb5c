import { createInterface } from 'node:readline/promises'
import type { Environment } from '../environment.ts'

/** Questions on the terminal, one after the other. */
export interface Questions {
  /**
   * Asks for a line. Undefined where there is none: the run was interrupted, or the input has ended. `text`: one line or several;
   * the answer is typed behind the last one.
   */
  readonly ask: (text: string) => Promise<string | undefined>
  readonly close: () => void
}

/** Whether there is a user who can be asked. */
export const canAsk = ({ stdin, stderr }: Pick<Environment, 'stdin' | 'stderr'>): boolean =>
  stdin.isTTY === true && stderr.isTTY === true

export const openQuestions = ({ stdin, stderr, prose }: Environment, signal: AbortSignal): Questions => {
  // Not as a terminal: then Ctrl-C stays the interruption that it is everywhere else.
  const terminal = createInterface({ input: stdin, output: stderr, terminal: false })
  // Each line as it is asked for: what is typed ahead is not lost.
  const lines = terminal[Symbol.asyncIterator]()
  const interrupted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  return {
    ask: async (text) => {
      stderr.write(`${text.split('\n').map(prose).join('').trimEnd()} `)
      const line = await Promise.race([lines.next(), interrupted])
      return line === undefined || line.done === true ? undefined : line.value
    },
    close: () => terminal.close(),
  }
}
