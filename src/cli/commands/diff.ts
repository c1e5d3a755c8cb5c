import { Command } from 'commander'
import { type DiffFormat, diffFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatByName } from './format-by-name.ts'
import { formatOption } from './options.ts'

export interface DiffOptions {
  readonly format: DiffFormat
  readonly output?: string
}

export const diffCommand = (run: RunAction): Command =>
  new Command('diff')
    .description('What changed between two snapshots: licenses, who came and who left, seats and cost. Offline.')
    .argument('<before>', 'the folder of the earlier snapshot')
    .argument('<after>', 'the folder of the later snapshot')
    .addOption(formatOption(diffFormats))
    .option(
      '--output <file>',
      'write it there, in the format that its name ends with, instead of to stdout; the file appears as a whole or not at all',
    )
    .hook('preAction', formatByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens diff snapshots/2026-10-20 snapshots/2026-11-20
  seatlens diff old new --format md --output changes.md
  seatlens diff old new --format json | jq '.licenses[].holders.out[].email'

Cost per month is all that each snapshot knows; a difference is known only where both sides are. Of the licenses whose
cost is known in both, the change is split: seats is what so many seats more or fewer come to at the average cost of a
seat before, price is what the seats of now cost more at their new prices (another currency is one too), and mix is the
rest, as seats move to dearer or cheaper licenses. The three add up exactly. Prices are those that were configured when
each snapshot was made.

Where a list was not whole, only what depends on that is left undecided (exit 5).`,
    )
    .action((before: string, after: string, options: DiffOptions) =>
      run(async (invocation) => (await import('../actions/diff.ts')).diff(invocation, before, after, options)),
    )
