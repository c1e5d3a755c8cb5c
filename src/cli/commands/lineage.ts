import type { Command } from 'commander'

/** A command, the one that it is part of, and so on up to the program. */
export const lineageOf = (command: Command): readonly Command[] =>
  command.parent === null ? [command] : [command, ...lineageOf(command.parent)]
