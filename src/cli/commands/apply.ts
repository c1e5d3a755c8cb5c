import { Command } from 'commander'
import { type ChangesFormat, changesFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { jsonByName } from './format-by-name.ts'
import { formatOption, maxRemovalsOption, protectedOption, waitOption } from './options.ts'

export interface ApplyOptions {
  readonly yes?: boolean
  readonly journal?: string
  readonly allowDrift?: boolean
  /** Seats that may be taken away. */
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
    .description('Carries out a plan: removals, then swaps, then additions, each read back. Safe to run again.')
    .argument('<plan>', 'the file that plan has written')
    .option('--yes', 'do not ask; needed where nobody can answer')
    .option('--journal <file>', 'what was done is written there (default: the name of the plan and .journal)')
    .option('--allow-drift', 'leave out what is no longer as the plan found it, and do the rest')
    .addOption(maxRemovalsOption())
    .addOption(protectedOption())
    .addOption(waitOption())
    .addOption(formatOption(changesFormats))
    .option('--output <file>', 'write the result there as JSON, besides showing it')
    .hook('preAction', jsonByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens apply plan.json
  seatlens apply plan.json --yes --output result.json
  seatlens apply plan.json --yes --max-removals 40
  seatlens undo plan.json.journal

A plan that takes away more than 10 seats and more than a fifth of the holders of any license says so. To carry it out,
type the number of seats that it takes away, or give --max-removals with at least that number; --yes is not enough. A
swap takes one seat away.

Stopped at any point, the same command goes on where it was: what is done is not done twice. Each entry of the journal
has a hash of itself and of all before it, so that damage and careless edits show; it is a checksum and no signature.
Exit codes: 0 all of it is so or pending, 6 something was refused, is not known or had drifted, or a user lost a license
besides, 130 not agreed or stopped, 2 a mistake or another run is at work, and nothing was sent.`,
    )
    .action((plan: string, options: ApplyOptions) =>
      run(async (invocation) => (await import('../actions/apply.ts')).apply(invocation, plan, options)),
    )
