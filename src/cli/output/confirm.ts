import type { Environment } from '../environment.ts'
import { UsageError } from '../usage-error.ts'
import { canAsk, openQuestions } from './questions.ts'

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
  environment: Environment,
  { text, expected, unanswered }: Question,
  signal: AbortSignal,
): Promise<boolean> => {
  if (!canAsk(environment)) throw new UsageError([unanswered])
  const questions = openQuestions(environment, signal)
  try {
    const answer = (await questions.ask(expected === undefined ? `${text} [y/N]` : text)) ?? ''
    return expected === undefined ? /^\s*y(es)?\s*$/i.test(answer) : answer.replaceAll(',', '').trim() === expected
  } finally {
    questions.close()
  }
}
