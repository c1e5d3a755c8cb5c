import { Command } from 'commander'
import { type TrendFormat, trendFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatByName } from './format-by-name.ts'
import { formatOption } from './options.ts'

export interface TrendOptions {
  readonly format: TrendFormat
  readonly output?: string
}

export const trendCommand = (run: RunAction): Command =>
  new Command('trend')
    .description('How licenses were used over a folder of snapshots, oldest first. Offline.')
    .argument('<folder>', 'the folder that the folders of snapshots are in')
    .addOption(formatOption(trendFormats))
    .option(
      '--output <file>',
      'write it there, in the format that its name ends with, instead of to stdout; the file appears as a whole or not at all',
    )
    .hook('preAction', formatByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens snapshot --output "snapshots/$(date +%F)"
  seatlens trend snapshots
  seatlens trend snapshots --format html --output trend.html

What is not known of a license at some time is a gap, and never a zero. Where something is missing (exit 5), the output
begins with it: snapshots that were damaged and are left out, and providers that had not been read as a whole, and why.

In CSV, snapshotStatus and providerStatus say of each row whether it is whole, and problem why not. A damaged snapshot
has a row, and so has a provider of which a snapshot has no license because something could not be read.`,
    )
    .action((folder: string, options: TrendOptions) =>
      run(async (invocation) => (await import('../actions/trend.ts')).trend(invocation, folder, options)),
    )
