import { errorCodeOf } from './error-code.ts'
import { UsageError } from './usage-error.ts'

/** A disk has no room: nothing that the user has typed is wrong. */
export class OutOfRoom extends Error {
  override readonly name = 'OutOfRoom'
  readonly lines: readonly string[]

  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.lines = lines
  }
}

const NO_ROOM = new Set(['ENOSPC', 'EDQUOT'])

/** What to throw where something cannot be written: a wrong name is the user's mistake, a full disk is not. */
export const cannotWrite = (error: unknown, lines: readonly string[]): Error =>
  NO_ROOM.has(errorCodeOf(error) ?? '') ? new OutOfRoom(lines) : new UsageError(lines)
