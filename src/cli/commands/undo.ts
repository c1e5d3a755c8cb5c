import { Command } from 'commander'
import { type ChangesFormat, changesFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { jsonByName } from './format-by-name.ts'
import { formatOption, waitOption } from './options.ts'

export interface UndoOptions {
  readonly yes?: boolean
  readonly allowDrift?: boolean
  /** Seconds. */
  readonly wait: number
  readonly format: ChangesFormat
  readonly output?: string
}

export const undoCommand = (run: RunAction): Command =>
  new Command('undo')
    .description('Takes back exactly what a journal says was applied. Safe to run again.')
    .argument('<journal>', 'the journal that apply wrote')
    .option('--yes', 'do not ask; required without a terminal')
    .option('--allow-drift', 'leave out users who have changed since then, and do the rest')
    .addOption(waitOption())
    .addOption(formatOption(changesFormats))
    .option('--output <file>', 'also write the result to this file, as JSON')
    .hook('preAction', jsonByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens undo plan.json.journal
  seatlens undo plan.json.journal --yes --format json

What is done is added to the same journal. If the run stops, the same command
continues it. Licenses that the vendor also took are given back first. A
calling seat comes back with its number, extension and location; other settings
that the vendor deleted with the license do not. Exit codes: as those of apply.`,
    )
    .action((journal: string, options: UndoOptions) =>
      run(async (invocation) => (await import('../actions/undo.ts')).undo(invocation, journal, options)),
    )
