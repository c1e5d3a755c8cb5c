import { Command } from 'commander'
import { diffFormats, trendFormats } from '../../render/index.ts'
import type { StoryFolder } from '../actions/story-folder.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Action, Invocation, RunAction } from '../invocation.ts'
import { checkCommand } from './check.ts'
import type { DiffOptions } from './diff.ts'
import { formatByName } from './format-by-name.ts'
import { licensesCommand } from './licenses.ts'
import { formatOption, outputOption, seedOption, usersOption } from './options.ts'
import { type QueryOptions, withQueryOptions } from './query.ts'
import { reportCommand } from './report.ts'
import type { TrendOptions } from './trend.ts'
import { userCommand } from './user.ts'
import { usersCommand } from './users.ts'

/** Which simulated organizations there are. */
export interface SimulatedSize {
  readonly users: number
  readonly seed: number
}

type UseOfPast = (invocation: Invocation, past: StoryFolder) => Promise<readonly ProviderOutcome[]>

/** A command on snapshots, which names no folders. */
const pastCommand = <Options>(
  name: string,
  description: string,
  formats: readonly string[],
  act: (options: Options) => Promise<void>,
): Command =>
  new Command(name)
    .description(description)
    .addOption(formatOption(formats))
    .addOption(outputOption())
    .hook('preAction', formatByName)
    .action(act)

/** Its commands have the options of their own: what is an option of this one is none of theirs. */
export const demoCommand = (run: RunAction): Command => {
  const demo = new Command('demo')
    .description('Shows what other commands do, on simulated organizations. Without a command: the report.')
    .addOption(usersOption())
    .addOption(seedOption())
    .addHelpText(
      'after',
      `
Examples:
  seatlens demo
  seatlens demo --format html --open
  seatlens demo report --detail
  seatlens demo check --fail-on any
  seatlens demo trend
  seatlens demo diff
  seatlens demo query "SELECT rule, count(*) FROM newest.findings GROUP BY ALL"
  seatlens demo --users 20000 --seed 7 --format json

It needs no credentials. The organizations have prices, a term that ends in 70
days, users who have been idle for months, and three months of snapshots. They
are the same all day.

To change seats: seatlens simulate --help`,
    )
  const onSimulators = (action: Action): Promise<void> =>
    run(async (invocation) =>
      (await import('../actions/demo.ts')).onSimulators(invocation, demo.opts<SimulatedSize>(), action),
    )
  const onPast = (use: UseOfPast): Promise<void> =>
    run(async (invocation) => (await import('../actions/demo.ts')).onPast(invocation, demo.opts<SimulatedSize>(), use))

  demo.addCommand(reportCommand(onSimulators), { isDefault: true })
  for (const define of [checkCommand, licensesCommand, usersCommand, userCommand]) {
    demo.addCommand(define(onSimulators))
  }
  demo.addCommand(
    pastCommand<TrendOptions>('trend', 'Utilization of licenses over three months.', trendFormats, (options) =>
      onPast(async (invocation, { snapshots, plans }) =>
        (await import('../actions/trend.ts')).trend(invocation, snapshots, { ...options, journals: plans }),
      ),
    ),
  )
  demo.addCommand(
    withQueryOptions(new Command('query').description('Asks three months of snapshots something, in SQL.'))
      .argument('[sql]', 'one SELECT, in the SQL of DuckDB')
      .action((sql: string | undefined, options: Omit<QueryOptions, 'keep'>) =>
        onPast(async (invocation, { snapshots }) =>
          (await import('../actions/query.ts')).query({ ...invocation, snapshotFolders: [snapshots] }, sql, [], {
            ...options,
            keep: false,
          }),
        ),
      ),
  )
  return demo.addCommand(
    pastCommand<DiffOptions>(
      'diff',
      'What changed within a month, in which a plan was applied.',
      diffFormats,
      (options) =>
        onPast(async (invocation, { taken: [, before, newest], plans }) =>
          (await import('../actions/diff.ts')).diff(invocation, before, newest, { ...options, journals: plans }),
        ),
    ),
  )
}
