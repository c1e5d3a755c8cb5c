import { type Command, Option } from 'commander'
import { CommandMistake } from '../usage-error.ts'
import { lineageOf } from './lineage.ts'
import { repeatable, wholeNumber } from './options.ts'

/** An option of the program itself, and the commands that use it. */
interface GlobalOption {
  readonly option: Option
  /** Default: all. */
  readonly commands?: readonly string[]
  /** Other commands refuse it, because the user would think that they use it. Default: they say that they do not use it. */
  readonly isRefusedElsewhere?: true
}

/** Commands that can read a snapshot instead of the providers. */
const FROM_SNAPSHOTS = ['report', 'licenses', 'users', 'user', 'check', 'plan']
/** Commands that read any number of snapshots, and nothing else. */
export const FROM_FOLDERS: readonly string[] = ['query', 'export']
/** Commands that use the configured providers. */
const WITH_PROVIDERS = [...FROM_SNAPSHOTS, 'apply', 'undo', 'snapshot']

/** Commands that can say what they would ask of the vendors. */
const EXPLAINED = [...FROM_SNAPSHOTS, 'snapshot']

/** Commands that read so much that it is worth keeping. */
const RESUMABLE = ['report', 'users', 'check', 'snapshot']

/** Commands whose result has what files say. */
const WITH_FACTS = [...FROM_SNAPSHOTS, 'snapshot']

const globalOptions: readonly GlobalOption[] = [
  {
    option: new Option('--quiet', 'say only what went wrong: no remarks, no progress').conflicts('verbose'),
  },
  {
    option: new Option('--verbose', 'say each request on stderr: provider, operation, status, time, attempt'),
    commands: [...WITH_PROVIDERS, 'login', 'orgs', 'demo', 'doctor'],
  },
  {
    option: new Option('--config <file>', 'configuration file (default: seatlens.json in the working folder)'),
    commands: [...WITH_PROVIDERS, 'init', 'login', 'config', 'orgs', 'simulate', 'schema', 'doctor'],
  },
  {
    option: new Option(
      '--deadline <seconds>',
      'stop reading after this many seconds, and say what is missing',
    ).argParser(wholeNumber(1, 86_400)),
    commands: [...WITH_PROVIDERS, 'login', 'orgs', 'demo', 'doctor'],
  },
  {
    option: new Option('--explain', 'only say what it would ask of the vendors, which scopes that needs, and how long'),
    commands: EXPLAINED,
    isRefusedElsewhere: true,
  },
  {
    option: new Option('--resume <file>', 'keep what was read in this file, and go on from it after a run was stopped'),
    commands: RESUMABLE,
    isRefusedElsewhere: true,
  },
  {
    option: new Option('--stats', 'then say on stderr what it took: requests, repeats, waits, bytes, time, memory'),
    commands: WITH_PROVIDERS,
  },
  {
    option: new Option(
      '--from <folder>',
      `read this folder of a snapshot instead of the providers (${FROM_FOLDERS.join(', ')}: also a folder of snapshots, repeatable)`,
    ).argParser(repeatable),
    commands: [...FROM_SNAPSHOTS, ...FROM_FOLDERS],
    isRefusedElsewhere: true,
  },
  ...[
    new Option('--purchased <file>', 'seats that were purchased, from a CSV or JSON file (repeatable)').argParser(
      repeatable,
    ),
    new Option('--consumed <file>', 'seats in use as they are billed, from a CSV or JSON file (repeatable)').argParser(
      repeatable,
    ),
    new Option('--activity <file>', 'when users were active, from a CSV or JSON file (repeatable)').argParser(
      repeatable,
    ),
    new Option('--map <field=heading>', 'what a column of these files is called (repeatable)').argParser(repeatable),
    new Option('--as-of <day>', 'the day of these files, where they do not tell it'),
  ].map((option): GlobalOption => ({ option, commands: WITH_FACTS, isRefusedElsewhere: true })),
]

/** The command of the program that is called: `demo` of `demo report`. */
const calledOf = (command: Command): Command => lineageOf(command).at(-2) ?? command

/** Adds them to the program, which then refuses those that a command cannot use, or says that it does not use them. */
export const addGlobalOptions = (program: Command, onRemark: (line: string) => void): Command => {
  for (const { option } of globalOptions) program.addOption(option)
  return program.hook('preAction', (_, command) => {
    const name = calledOf(command).name()
    const foreign = globalOptions.filter(
      ({ option, commands }) => commands?.includes(name) === false && option.attributeName() in program.opts(),
    )
    const refused = foreign.filter(({ isRefusedElsewhere }) => isRefusedElsewhere)
    if (refused.length === 0) {
      for (const { option } of foreign) onRemark(`${option.long}: not used by ${name}`)
      return
    }
    throw new CommandMistake(
      refused.map(
        ({ option, commands = [] }) => `${option.long}: expected with ${commands.join(', ')}, and not with ${name}`,
      ),
    )
  })
}

/** The options of the program that a command uses: its help lists them. */
export const globalOptionsOf = (command: Command): Option[] => {
  const [program] = lineageOf(command).slice(1).reverse()
  const called = calledOf(command).name()
  return (program?.options ?? []).filter(
    (option) => globalOptions.find((one) => one.option === option)?.commands?.includes(called) ?? true,
  )
}

/** Adds to a command what is for `--explain` alone. Not to the program, as other commands have an option of that name. */
export const addExplainOptions = (command: Command): Command =>
  EXPLAINED.includes(command.name())
    ? command.addOption(
        new Option('--users <number>', 'with --explain: so many users in each organization (default: ask)').argParser(
          wholeNumber(0, 100_000_000),
        ),
      )
    : command

/** Of the commands that read one snapshot, none takes a second one for the first. */
export const checkFrom = (program: Command, command: Command): void => {
  const { from = [] } = program.opts<{ readonly from?: readonly string[] }>()
  if (from.length < 2 || FROM_FOLDERS.includes(calledOf(command).name())) return
  throw new CommandMistake([`--from: expected one snapshot; found ${from.join(', ')}`])
}

/** What is for `--explain` means nothing without it, and a snapshot asks nothing. */
export const checkExplain = (program: Command, command: Command): void => {
  const { explain, from, resume } = program.opts()
  if (resume !== undefined && from !== undefined) {
    throw new CommandMistake(['--resume: expected without --from; a snapshot is read at once'])
  }
  if (explain === true && from !== undefined) {
    throw new CommandMistake(['--explain: expected without --from; reading a snapshot asks nothing of the vendors'])
  }
  if (explain !== true && EXPLAINED.includes(command.name()) && command.opts().users !== undefined) {
    throw new CommandMistake(['--users: expected with --explain'])
  }
}
