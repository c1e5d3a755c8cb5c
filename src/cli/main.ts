import { Command, CommanderError } from 'commander'
import type { RequestOptions, Snapshot } from '../index.ts'
import { OutsideFailure } from './cannot-write.ts'
import { applyCommand } from './commands/apply.ts'
import { checkCommand } from './commands/check.ts'
import { completionCommand } from './commands/completion.ts'
import { configCommand } from './commands/config.ts'
import { demoCommand } from './commands/demo.ts'
import { diffCommand } from './commands/diff.ts'
import { doctorCommand } from './commands/doctor.ts'
import { refuseEmptyValues } from './commands/empty-values.ts'
import { exportCommand } from './commands/export.ts'
import {
  addExplainOptions,
  addGlobalOptions,
  checkExplain,
  checkFrom,
  FROM_FOLDERS,
  globalOptionsOf,
} from './commands/global-options.ts'
import { helpCommand } from './commands/help.ts'
import { initCommand } from './commands/init.ts'
import { licensesCommand } from './commands/licenses.ts'
import { nameOf } from './commands/lineage.ts'
import { loginCommand } from './commands/login.ts'
import type { MistakeText } from './commands/mistake-text.ts'
import { orgsCommand } from './commands/orgs.ts'
import { planCommand } from './commands/plan.ts'
import { queryCommand, withCommentsInSql } from './commands/query.ts'
import { reportCommand } from './commands/report.ts'
import { schemaCommand } from './commands/schema.ts'
import { simulateCommand } from './commands/simulate.ts'
import { snapshotCommand } from './commands/snapshot.ts'
import { trendCommand } from './commands/trend.ts'
import { undoCommand } from './commands/undo.ts'
import { userCommand } from './commands/user.ts'
import { usersCommand } from './commands/users.ts'
import { CONFIGURATION_FILE, configurationPath } from './configuration/configuration-path.ts'
import type { Environment, ProcessEnvironment } from './environment.ts'
import { exitCodeOf, outcomesOfSnapshot, type ProviderOutcome } from './exit-code.ts'
import type { FactFiles } from './facts/read-facts.ts'
import type { RunAction } from './invocation.ts'
import { complain, notify, openProse } from './output/notify.ts'
import { privacyNotice } from './output/privacy-notice.ts'
import { openResults } from './output/results.ts'
import { mannersOf, openVoice } from './output/voice.ts'
import type { Registry } from './registry-entry.ts'
import { CommandMistake, UsageError } from './usage-error.ts'
import { readVersion } from './version.ts'

const DEFAULT_HELP_WIDTH = 80
/** What the scripts of `seatlens completion` call. No command of the program: its help does not list it. */
const COMPLETE = '__complete'
/** A progress display that is left at once had hidden it. */
const SHOW_CURSOR = '\u001b[?25h'

const commands = [
  reportCommand,
  checkCommand,
  licensesCommand,
  usersCommand,
  userCommand,
  planCommand,
  applyCommand,
  undoCommand,
  snapshotCommand,
  diffCommand,
  trendCommand,
  queryCommand,
  exportCommand,
  initCommand,
  doctorCommand,
  configCommand,
  orgsCommand,
  loginCommand,
  demoCommand,
  simulateCommand,
  schemaCommand,
  completionCommand,
]

/** Nothing is read twice from a snapshot, so nothing must seem to have been. */
const checkVerify = (program: Command, command: Command): void => {
  if (program.opts().from === undefined || command.opts().verify !== true) return
  throw new CommandMistake([
    '--verify: expected without --from; a snapshot says how it was read: seatlens snapshot --verify',
  ])
}

/** What commander has found wrong with a command line, and the command that it is about. */
interface Mistake {
  readonly text: string
  readonly command: Command
}

/** What a program does with a command line, and tells of it. */
interface ProgramHost {
  readonly run: RunAction
  /** The command that is called, before anything else is told. */
  readonly onCall: (command: Command) => void
  readonly onRemark: (line: string) => void
  readonly onMistake: (mistake: Mistake) => void
}

/** All commands with their options and help: the one description of the command line. */
export const createProgram = (
  { stdout, stderr }: Pick<ProcessEnvironment, 'stdout' | 'stderr'>,
  { run, onCall, onRemark, onMistake }: ProgramHost,
): Command => {
  const program = new Command('seatlens')
    .description("One lens over every vendor's license seats.")
    .version(readVersion())
  // First of all, as what is checked next is told with the command.
  program.hook('preAction', (_, command) => onCall(command))
  addGlobalOptions(program, onRemark)
    .hook('preAction', (_, command) => refuseEmptyValues(command))
    .hook('preAction', checkFrom)
    .hook('preAction', checkVerify)
    .hook('preAction', checkExplain)
    .addHelpText(
      'after',
      `
Examples:
  seatlens demo                          the report, without credentials
  seatlens demo --help                   check, trend, diff and more of it
  seatlens report                        who holds what; seats and their use
  seatlens report --format csv --output licenses.csv
  seatlens users --license "Advanced Messaging" --format csv
  seatlens user ada@example.com
  seatlens plan --fix dormant-holder --limit 20 --output plan.json
  seatlens apply plan.json

Your organizations: GENESYS_REGION, GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET
for Genesys Cloud, or WEBEX_ACCESS_TOKEN for Webex, in the environment; or a
file seatlens.json, for several, for vendors of other packages, and for more.
See docs/administrators.

Exit codes: 0 complete, 1 unexpected error, 2 usage or configuration, 3 a limit
is breached (check), 4 every provider failed by authentication or permission,
5 incomplete, 6 a plan failed in part or something had changed since, 7 every
provider failed by rate limit or deadline, 8 no provider knows the user (user),
130 interrupted (Ctrl-C, SIGTERM, SIGHUP). They do not depend on who reads the
output.`,
    )
  for (const define of commands) program.addCommand(addExplainOptions(define(run)))
  program.helpCommand(false).addCommand(helpCommand())
  for (const command of withCommandsOf(program)) {
    command
      .exitOverride()
      .showSuggestionAfterError(false)
      .configureHelp({ showGlobalOptions: true, visibleGlobalOptions: globalOptionsOf })
      .configureOutput({
        writeOut: (text) => stdout.write(text),
        writeErr: (text) => stderr.write(text),
        outputError: (text) => onMistake({ text, command }),
        getOutHelpWidth: () => stdout.columns ?? DEFAULT_HELP_WIDTH,
        getErrHelpWidth: () => stderr.columns ?? DEFAULT_HELP_WIDTH,
      })
  }
  return program
}

/** A command and all commands within it. */
const withCommandsOf = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(withCommandsOf)]

interface GlobalOptions extends FactFiles {
  readonly config?: string
  readonly deadline?: number
  readonly from?: readonly string[]
  readonly stats?: boolean
  readonly explain?: boolean
  readonly resume?: string
}

const openSnapshot = async (name: string, environment: Environment): Promise<Snapshot> => {
  const { requireSnapshot } = await import('./snapshot/load-snapshot.ts')
  return requireSnapshot(name, environment)
}

const textsOf = async ({ text, command }: Mistake): Promise<readonly MistakeText[]> => {
  const { textsOfCommander } = await import('./commands/mistake-text.ts')
  return textsOfCommander(text, command)
}

/** What is said of mistakes; of those in the command line itself, with the command that was called. */
const textsOfUsage = async (error: UsageError, called: Command): Promise<readonly MistakeText[]> => {
  if (!(error instanceof CommandMistake)) return error.lines.map((message) => ({ message }))
  const { mistakeTexts } = await import('./commands/mistake-text.ts')
  return mistakeTexts(error.lines, called)
}

/** What calls are bounded by that are made from now on. `deadline` in seconds. */
const boundsFrom = (signal: AbortSignal, deadline: number | undefined): (() => RequestOptions) => {
  if (deadline === undefined) return () => ({ signal })
  const end = performance.now() + deadline * 1_000
  return () => ({ signal, deadlineMs: end - performance.now() })
}

/** Runs one command and resolves to its exit code. Never rejects. */
export const main = async (
  args: readonly string[],
  process: ProcessEnvironment,
  registry: Registry,
): Promise<number> => {
  const prose = await openProse(process.stderr)
  let called: Command | undefined
  const manners = mannersOf(args)
  const told = { prose, manners, tell: openVoice(process.stderr, prose, manners, () => nameOf(called ?? program)) }
  const results = openResults((line) => complain(told, line))
  // A reader that has gone is noticed where something is written; without a listener it would end the process.
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})

  const controller = new AbortController()
  const release = process.onInterrupt((signal = 'SIGINT') => {
    if (!controller.signal.aborted) {
      controller.abort()
      const how = signal === 'SIGINT' ? 'stopping (once more to leave at once)' : `stopping by ${signal}`
      return complain(told, `interrupted: ${how}`)
    }
    // Supervisors and shells send several signals for one stop; only a person is in a hurry.
    if (signal !== 'SIGINT' && signal !== 'SIGBREAK') return
    if (process.stderr.isTTY) process.stderr.write(SHOW_CURSOR)
    process.exit(130)
  })
  const mistakes: Mistake[] = []
  let providers: readonly ProviderOutcome[] = []
  const ending = (what: { readonly misused?: boolean; readonly crashed?: boolean } = {}): number =>
    exitCodeOf({
      interrupted: controller.signal.aborted,
      misused: false,
      crashed: false,
      lost: results.areLost(),
      providers,
      ...what,
    })

  const runAction: RunAction = async (action) => {
    const startedAt = performance.now()
    const {
      config,
      deadline,
      from = [],
      stats = false,
      explain = false,
      resume,
      ...others
    } = program.opts<GlobalOptions>()
    const { purchased, consumed, activity, map, asOf } = others
    const factFiles: FactFiles = { purchased, consumed, activity, map, asOf }
    const { signal } = controller
    // Only here, as help needs none of what comes with it.
    const { openRunFiles } = await import('./run-files.ts')
    const environment: Environment = { ...process, ...told, files: openRunFiles(process.platform), results }
    // Also where this command does not read it: no result may take its place.
    environment.files.reads(configurationPath(config, environment), config ?? CONFIGURATION_FILE)
    const bounds = boundsFrom(signal, deadline)
    const readsFolders = FROM_FOLDERS.includes(called?.name() ?? '')
    const [one] = readsFolders ? [] : from
    const snapshot = one === undefined ? undefined : await openSnapshot(one, environment)
    const clock = snapshot?.clock
    const { format, users } = called?.opts<{ readonly format?: string; readonly users?: number }>() ?? {}
    const asJson = format === 'json' || format === 'ndjson'
    const account = { startedAt, stats }
    const explained = explain ? { users, asJson } : undefined
    const invocation = {
      environment,
      registry,
      signal,
      bounds,
      configurationFile: config,
      factFiles,
      snapshot,
      snapshotFolders: readsFolders ? from : [],
      account,
      resume,
      explained,
      clock,
    }
    const outcomes = await action(invocation)
    const { deadlineMs = Number.POSITIVE_INFINITY } = bounds()
    providers = snapshot === undefined ? outcomes : outcomesOfSnapshot(outcomes, deadlineMs <= 0)
    const notice = privacyNotice(environment.files.written(), process)
    if (notice !== undefined) notify(told, notice)
  }
  const onCall = (command: Command) => {
    called = command
  }
  const program = createProgram(process, {
    run: runAction,
    onCall,
    onRemark: (line) => notify(told, line),
    onMistake: (mistake) => mistakes.push(mistake),
  })
  try {
    if (args[0] === COMPLETE) {
      await (await import('./completion/complete.ts')).complete(program, args.slice(1), process, registry)
      return ending()
    }
    await program.parseAsync(withCommentsInSql(args), { from: 'user' })
    return ending()
  } catch (error) {
    if (error instanceof CommanderError) {
      for (const mistake of mistakes) {
        called = mistake.command
        for (const { message, excerpt } of await textsOf(mistake)) complain(told, message, { excerpt })
      }
      return ending({ misused: error.exitCode !== 0 })
    }
    if (error instanceof UsageError) {
      const texts = await textsOfUsage(error, called ?? program)
      for (const { message, excerpt } of texts) complain(told, message, { excerpt })
      return ending({ misused: true })
    }
    if (error instanceof OutsideFailure) {
      for (const line of error.lines) complain(told, line)
      return ending({ crashed: true })
    }
    complain(told, `unexpected error: ${error instanceof Error ? error.message : String(error)}`)
    if (process.variables.SEATLENS_DEBUG === '1' && error instanceof Error) {
      process.stderr.write(`${error.stack}\n`)
    }
    return ending({ crashed: true })
  } finally {
    release()
  }
}
