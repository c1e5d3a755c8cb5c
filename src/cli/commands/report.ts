import { Command } from 'commander'
import { type ReportFormatName, reportFormats } from '../formats/report-formats.ts'
import type { RunAction } from '../invocation.ts'
import { formatOption, providerOption } from './options.ts'

export interface ReportOptions {
  readonly format: ReportFormatName
  readonly output?: string
  readonly provider?: readonly string[]
  readonly verify?: boolean
}

export const reportCommand = (run: RunAction): Command =>
  new Command('report')
    .description(
      'The unified report: what is bought, used, held and free in every provider, and the people across them.',
    )
    .addOption(formatOption(reportFormats))
    .option('--output <file>', 'write it there instead of to stdout; the file appears as a whole or not at all')
    .addOption(providerOption())
    .option('--verify', 'read everything until two readings agree: sees what a single one cannot')
    .addHelpText(
      'after',
      `
Examples:
  seatlens report
  seatlens report --provider webex --provider genesys
  seatlens report --format json | jq '.licenses[] | select(.available.value < 0)'
  seatlens report --format csv --output licenses.csv

In CSV, a count is two columns: the value (a number, "unlimited" or empty) and a note that says why it is empty
("not applicable", "unknown: ..."). A cell that a spreadsheet would run as a formula gets a leading apostrophe.

With --output, an interrupted run (exit 130) and one in which every provider failed (exit 4 or 7, or 5 where the reasons
are others) leave the file as it was and say so on stderr. A report of what could be read (exit 5) is written.`,
    )
    .action((options: ReportOptions) =>
      run(async (invocation) => (await import('../actions/report.ts')).report(invocation, options)),
    )
