import { Command } from 'commander'
import { type ChangesFormat, changesFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { jsonByName } from './format-by-name.ts'
import { formatOption, maxRemovalsOption, protectedOption, waitOption } from './options.ts'

export interface ApplyOptions {
  readonly yes?: boolean
  readonly journal?: string
  readonly allowDrift?: boolean
  /** Seats that may be removed. */
  readonly maxRemovals?: number
  /** A file of seats that must not be changed. */
  readonly protected?: string
  /** Seconds. */
  readonly wait: number
  readonly format: ChangesFormat
  readonly output?: string
}

export const applyCommand = (run: RunAction): Command =>
  new Command('apply')
    .description('Carries out a plan: removals, swaps, additions. Reads back each change. Safe to run again.')
    .argument('<plan>', 'the file of plan --output')
    .option('--yes', 'do not ask; required without a terminal')
    .option('--journal <file>', 'write what was done to this file (default: the name of the plan and .journal)')
    .option('--allow-drift', 'leave out what has changed since the plan was made, and do the rest')
    .addOption(maxRemovalsOption())
    .addOption(protectedOption())
    .addOption(waitOption())
    .addOption(formatOption(changesFormats))
    .option('--output <file>', 'also write the result to this file, as JSON')
    .hook('preAction', jsonByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens apply plan.json
  seatlens apply plan.json --yes --output result.json
  seatlens apply plan.json --yes --max-removals 40
  seatlens undo plan.json.journal

A plan that removes more than 10 seats and more than a fifth of the holders of
any license needs a confirmation: type the number of removed seats, or give
--max-removals with at least that number. --yes is not enough. A swap removes
one seat.

If the run stops, the same command continues it: nothing is done twice. Each
entry of the journal has a hash of itself and of all before it, so that damage
and careless edits show. It is a checksum and no signature.

If undo has taken changes back, apply asks before it makes them again. With
--yes, or without a terminal, it sends nothing: make a new plan.

Exit codes: 0 everything is applied or pending; 6 something was refused, is
unknown or had drifted, or a user lost a license that was not in the plan; 130
you did not agree, or the run was stopped; 2 a mistake, or another run is at
work: nothing was sent.`,
    )
    .action((plan: string, options: ApplyOptions) =>
      run(async (invocation) => (await import('../actions/apply.ts')).apply(invocation, plan, options)),
    )
