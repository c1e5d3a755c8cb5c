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
    .argument('<journal>', 'the file that apply has written')
    .option('--yes', 'do not ask; needed where nobody can answer')
    .option('--allow-drift', 'leave out users who have changed since, and do the rest')
    .addOption(waitOption())
    .addOption(formatOption(changesFormats))
    .option('--output <file>', 'write the result there as JSON, besides showing it')
    .hook('preAction', jsonByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens undo plan.json.journal
  seatlens undo plan.json.journal --yes --format json

What was done is added to the same journal; stopped at any point, the same command goes on where it was.
What users lost besides is given back first. A calling seat comes back with its number, extension and location; other
settings that a vendor has wiped with a license do not. Exit codes: as those of apply.`,
    )
    .action((journal: string, options: UndoOptions) =>
      run(async (invocation) => (await import('../actions/undo.ts')).undo(invocation, journal, options)),
    )
