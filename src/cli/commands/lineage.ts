import type { Command } from 'commander'

/** A command, the one that it is part of, and so on up to the program. */
export const lineageOf = (command: Command): readonly Command[] =>
  command.parent === null ? [command] : [command, ...lineageOf(command.parent)]

/** The command that the user has named: where none of a group is named, one of it runs all the same. */
export const namedOf = (command: Command): Command => {
  const { parent: group } = command
  const isNamed = group === null || group.parent === null || group.args[0] === command.name()
  return isNamed ? command : group
}

/** `seatlens report`. */
export const nameOf = (command: Command): string => {
  const [, ...names] = lineageOf(namedOf(command))
    .map((one) => one.name())
    .reverse()
  return ['seatlens', ...names].join(' ')
}
