import { Command } from 'commander'
import { type TrendFormat, trendFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatByName } from './format-by-name.ts'
import { formatOption, journalsOption, outputOption } from './options.ts'

export interface TrendOptions {
  readonly format: TrendFormat
  readonly output?: string
  readonly journals?: string
}

export const trendCommand = (run: RunAction): Command =>
  new Command('trend')
    .description('Utilization of licenses over a folder of snapshots, oldest first. Offline.')
    .argument('<folder>', 'the folder that contains the snapshots')
    .addOption(formatOption(trendFormats))
    .addOption(outputOption())
    .addOption(journalsOption('mark where plans were applied, whose journals are in this folder'))
    .hook('preAction', formatByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens snapshot --output "snapshots/$(date +%F)"
  seatlens trend snapshots
  seatlens trend snapshots --format html --output trend.html
  seatlens trend snapshots --journals plans

An unknown value is a gap, never a zero. If something is missing (exit code 5),
the output begins with it: damaged snapshots, which are left out, and providers
that were not read completely, with the reason.

CSV: snapshotStatus and providerStatus say whether a row is complete, and
problem says why not. There is a row for each damaged snapshot, and for each
provider of which no license could be read. plansSince: with --journals, the
plans that changed the license since the snapshot before.

With --journals, a line marks where plans were applied, and a list says what
each of them changed by its journal. seatlens diff says whether it lasted.`,
    )
    .action((folder: string, options: TrendOptions) =>
      run(async (invocation) => (await import('../actions/trend.ts')).trend(invocation, folder, options)),
    )
