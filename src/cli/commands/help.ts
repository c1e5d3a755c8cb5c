import { Command } from 'commander'
import { CommandMistake } from '../usage-error.ts'

/** Replaces commander's own, which shows the help of the program if there is no such command. */
export const helpCommand = (): Command => {
  const help = new Command('help')
    .description('Shows the help of a command.')
    .argument('[command]', 'the command (default: all)')
    .action(async (name: string | undefined) => {
      const program = help.parent
      const commands = (program?.commands ?? []).filter((one) => one !== help)
      const command = name === undefined ? program : commands.find((one) => one.name() === name)
      if (command) return command.outputHelp()
      const names = commands.map((one) => one.name())
      const { didYouMean, shownText } = await import('../../render/index.ts')
      const meant = didYouMean(name ?? '', names)
      throw new CommandMistake([`expected one of ${names.join(', ')}, found ${shownText(name ?? '')}${meant}`])
    })
  return help
}
