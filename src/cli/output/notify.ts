import { visibleText } from '../../render/index.ts'
import type { Environment } from '../environment.ts'

/** Tells the user something that is not data: one line on stderr. */
export const notify = ({ stderr }: Pick<Environment, 'stderr'>, line: string): void => {
  stderr.write(`${visibleText(line)}\n`)
}
