import { renderProse, visibleText } from '../../render/index.ts'
import type { Environment } from '../environment.ts'
import { columnsOf } from './surface.ts'

/** Tells the user something that is not data: one line on stderr. */
export const notify = ({ stderr }: Pick<Environment, 'stderr'>, line: string): void => {
  stderr.write(`${visibleText(line)}\n`)
}

/** Warns the user, on stderr: one line, or on a terminal as many as it takes, cut between words. */
export const warn = async ({ stderr }: Pick<Environment, 'stderr'>, warning: string): Promise<void> => {
  stderr.write(await renderProse(`warning: ${warning}`, columnsOf(stderr)))
}
