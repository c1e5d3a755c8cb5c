import { loadProse, visibleText } from '../../render/index.ts'
import type { Environment, OutputStream } from '../environment.ts'
import { columnsOf } from './surface.ts'

/**
 * Makes the lines of stderr: of any length, or on a terminal as many as a line takes, cut between words. Only a terminal
 * needs what that takes, and it is loaded before anything is said: an interruption is told at once.
 */
export const openProse = async (stderr: OutputStream): Promise<Environment['prose']> => {
  if (stderr.isTTY !== true) return (line) => `${visibleText(line)}\n`
  const prose = await loadProse()
  return (line) => prose(line, columnsOf(stderr))
}

/** What messages need. */
type Told = Pick<Environment, 'stderr' | 'prose'>

/** Tells the user something that is not data, on stderr. */
export const notify = ({ stderr, prose }: Told, line: string): void => {
  stderr.write(prose(line))
}

/** Warns the user, on stderr. */
export const warn = (environment: Told, warning: string): void => notify(environment, `warning: ${warning}`)
