import type { Command, Help, Option } from 'commander'
import { bold, entry, macro, prose, roff, term } from './roff.ts'

/** What a command says below its lists: its help without them. */
const restOf = (command: Command): string => {
  const texts: string[] = []
  const { writeOut, ...output } = command.configureOutput()
  command.configureOutput({ ...output, writeOut: (text) => texts.push(text) })
  command.outputHelp()
  command.configureOutput({ ...output, ...(writeOut === undefined ? {} : { writeOut }) })
  return texts.join('').slice(command.helpInformation().length)
}

const withStop = (sentence: string): string => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`)

const optionsOf = (help: Help, options: readonly Option[]): readonly string[] =>
  options.flatMap((option) => entry(term(help.optionTerm(option)), help.optionDescription(option)))

/** Every command has it, so that it is told once. */
const isHelp = ({ long }: Option): boolean => long === '--help'

const commandPart = (command: Command, ofAll: readonly Option[]): readonly string[] => {
  const help = command.createHelp()
  const used = help.visibleGlobalOptions(command).filter((option) => !ofAll.includes(option))
  return [
    macro('SS', command.name()),
    `${bold(command.parent?.name() ?? '')} ${term(`${command.name()} ${command.usage()}`)}`,
    '.PP',
    roff(command.description()),
    ...help.visibleArguments(command).flatMap((one) => entry(term(`<${one.name()}>`), help.argumentDescription(one))),
    ...optionsOf(
      help,
      help.visibleOptions(command).filter((option) => !isHelp(option)),
    ),
    ...help
      .visibleCommands(command)
      .filter((one) => one.name() !== 'help')
      .flatMap((one) => entry(bold(`${command.name()} ${one.name()}`), withStop(one.description()))),
    ...(used.length === 0 ? [] : ['.PP', `Global options: ${used.map(({ long }) => bold(long ?? '')).join(', ')}.`]),
    ...prose(restOf(command)),
  ]
}

/**
 * The page that `man seatlens` shows: all that the help of the program and of its commands says, so that neither has to be
 * written twice.
 */
export const manPage = (program: Command): string => {
  const help = program.createHelp()
  const name = program.name()
  const ofAll = help.visibleOptions(program).filter(({ long }) => long === '--version' || long === '--help')
  const commands = help.visibleCommands(program)
  return [
    `.\\" Made of the help: npm run man`,
    macro('TH', name.toUpperCase(), '1', '', `${name} ${program.version()}`, 'User Commands'),
    // Neither hyphens within words, which cannot be copied, nor spaces that stretch lines.
    '.nh',
    '.ad l',
    macro('SH', 'NAME'),
    `${name} \\- ${roff(program.description().replace(/\.$/, ''))}`,
    macro('SH', 'SYNOPSIS'),
    `${bold(name)} ${term('<command>')} ${roff('[options]')}`,
    macro('SH', 'DESCRIPTION'),
    ...prose(restOf(program)).slice(1),
    macro('SH', 'GLOBAL OPTIONS'),
    ...optionsOf(help, help.visibleOptions(program)),
    macro('SH', 'COMMANDS'),
    ...commands.flatMap((command) => commandPart(command, ofAll)),
    '',
  ].join('\n')
}
