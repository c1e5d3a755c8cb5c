import { Command } from 'commander'
import { type DiffFormat, diffFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatByName } from './format-by-name.ts'
import { formatOption, journalsOption, outputOption } from './options.ts'

export interface DiffOptions {
  readonly format: DiffFormat
  readonly output?: string
  readonly journals?: string
}

export const diffCommand = (run: RunAction): Command =>
  new Command('diff')
    .description('What changed between two snapshots: licenses, users who joined or left, seats, cost. Offline.')
    .argument('<before>', 'the folder of the earlier snapshot')
    .argument('<after>', 'the folder of the later snapshot')
    .addOption(formatOption(diffFormats))
    .addOption(outputOption())
    .addOption(
      journalsOption(
        'say which plans, whose journals are in this folder, gave seats or took them back, and what others did',
      ),
    )
    .hook('preAction', formatByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens diff snapshots/2026-10-20 snapshots/2026-11-20
  seatlens diff old new --format md --output changes.md
  seatlens diff old new --format message
  seatlens diff old new --format json | jq '.licenses[].holders.out[].email'
  seatlens diff snapshots/2026-10-20 snapshots/2026-11-20 --journals plans

The cost of each snapshot uses the prices that were configured when it was made.
The difference is known only for licenses whose cost is known in both snapshots.
It has three parts, which add up exactly:
  seats  more or fewer seats, at the average cost of a seat before
  price  the present seats at their new prices; another currency is a new price
  mix    the rest: seats that moved to more or less expensive licenses

With --journals, each seat that changed counts once:
  plan          its journal says so, between the two snapshots; of several
                plans, the last one
  others        no journal explains it
  came or left  the user is in one of the snapshots only, or is deleted
A change that the later snapshot does not show did not last, and is told apart.
Pseudonymized snapshots cannot be attributed to plans.

--format message: a title and a few lines of plain text, for a mail or a chat;
nothing at all if nothing changed.

If a list was incomplete, what depends on it is unknown (exit code 5). So is
whose change it was if a journal is damaged or has no outcome of a change.`,
    )
    .action((before: string, after: string, options: DiffOptions) =>
      run(async (invocation) => (await import('../actions/diff.ts')).diff(invocation, before, after, options)),
    )
