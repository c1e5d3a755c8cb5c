import { type Command, Option } from 'commander'
import { UsageError } from '../usage-error.ts'
import { wholeNumber } from './options.ts'

/** An option of the program itself, and the commands that it means something to. */
interface GlobalOption {
  readonly option: Option
  readonly commands: readonly string[]
  /** Elsewhere it is refused, because somebody would think that it was heeded. Default: it does nothing there. */
  readonly isRefusedElsewhere?: true
}

/** What can be done with a snapshot in place of the providers. */
const FROM_SNAPSHOTS = ['report', 'licenses', 'users', 'user', 'check', 'plan']
/** What is done with the configured providers. */
const WITH_PROVIDERS = [...FROM_SNAPSHOTS, 'apply', 'undo', 'snapshot']

const globalOptions: readonly GlobalOption[] = [
  {
    option: new Option('--config <file>', 'read this configuration (default: seatlens.json in the working folder)'),
    commands: WITH_PROVIDERS,
  },
  {
    option: new Option('--deadline <seconds>', 'stop reading after so many seconds, and say what is missing').argParser(
      wholeNumber(1, 86_400),
    ),
    commands: [...WITH_PROVIDERS, 'demo'],
  },
  {
    option: new Option('--from <snapshot>', 'read this folder, which snapshot has made, in place of the providers'),
    commands: FROM_SNAPSHOTS,
    isRefusedElsewhere: true,
  },
]

/** Adds them to the program, which then refuses those that a command cannot heed. */
export const addGlobalOptions = (program: Command): Command => {
  for (const { option } of globalOptions) program.addOption(option)
  return program.hook('preAction', (_, command) => {
    const refused = globalOptions.filter(
      ({ option, commands, isRefusedElsewhere = false }) =>
        isRefusedElsewhere && !commands.includes(command.name()) && option.attributeName() in program.opts(),
    )
    if (refused.length === 0) return
    const name = command.name()
    throw new UsageError(
      refused.map(
        ({ option, commands }) => `${option.long}: expected with ${commands.join(', ')}, and not with ${name}`,
      ),
    )
  })
}

/** The options of the program that mean something to a command: what its help lists. */
export const globalOptionsOf = (command: Command): Option[] =>
  (command.parent?.options ?? []).filter(
    (option) => globalOptions.find((one) => one.option === option)?.commands.includes(command.name()) ?? true,
  )
