import { Command } from 'commander'
import { type DiffFormat, diffFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatByName } from './format-by-name.ts'
import { formatOption, outputOption } from './options.ts'

export interface DiffOptions {
  readonly format: DiffFormat
  readonly output?: string
}

export const diffCommand = (run: RunAction): Command =>
  new Command('diff')
    .description('What changed between two snapshots: licenses, users who joined or left, seats, cost. Offline.')
    .argument('<before>', 'the folder of the earlier snapshot')
    .argument('<after>', 'the folder of the later snapshot')
    .addOption(formatOption(diffFormats))
    .addOption(outputOption())
    .hook('preAction', formatByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens diff snapshots/2026-10-20 snapshots/2026-11-20
  seatlens diff old new --format md --output changes.md
  seatlens diff old new --format message
  seatlens diff old new --format json | jq '.licenses[].holders.out[].email'

The cost of each snapshot uses the prices that were configured when it was made.
The difference is known only for licenses whose cost is known in both snapshots.
It has three parts, which add up exactly:
  seats  more or fewer seats, at the average cost of a seat before
  price  the present seats at their new prices; another currency is a new price
  mix    the rest: seats that moved to more or less expensive licenses

--format message: a title and a few lines of plain text, for a mail or a chat;
nothing at all if nothing changed.

If a list was incomplete, what depends on it is unknown (exit code 5).`,
    )
    .action((before: string, after: string, options: DiffOptions) =>
      run(async (invocation) => (await import('../actions/diff.ts')).diff(invocation, before, after, options)),
    )
