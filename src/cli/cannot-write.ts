import type { FileFailure } from '../node/index.ts'
import { UsageError } from './usage-error.ts'

/** A disk has no room, or a database went away: nothing that the user has typed is wrong. */
export class OutsideFailure extends Error {
  override readonly name = 'OutsideFailure'
  readonly lines: readonly string[]

  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.lines = lines
  }
}

/** What to throw where something cannot be written: a wrong name is the user's mistake, a full disk is not. */
export const cannotWrite = ({ _tag }: Pick<FileFailure, '_tag'>, lines: readonly string[]): Error =>
  _tag === 'NoRoom' ? new OutsideFailure(lines) : new UsageError(lines)
