import { Command, Option } from 'commander'
import { type ReportFormat, type ReportLayout, reportFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatByName } from './format-by-name.ts'
import { formatOption, layoutOption, providerOption, wholeNumber } from './options.ts'

export interface ReportOptions {
  readonly format: ReportFormat
  readonly by: ReportLayout
  readonly detail?: boolean
  readonly output?: string
  readonly open?: boolean
  readonly provider?: readonly string[]
  readonly people?: string
  readonly dormantDays?: number
  readonly suppressions?: string
  readonly verify?: boolean
}

export const reportCommand = (run: RunAction): Command =>
  new Command('report')
    .description(
      'The unified report: what is bought, used, held and free in every provider, the people across them, findings, cost.',
    )
    .addOption(formatOption(reportFormats))
    .addOption(layoutOption())
    .option('--detail', 'with users, overlaps and findings also where the format does not need them (json, table)')
    .option(
      '--output <file>',
      'write it there, in the format that its name ends with, instead of to stdout; the file appears as a whole or not at all',
    )
    .option('--open', 'with --format html: open it; without --output, as a file of its own')
    .addOption(providerOption())
    .option(
      '--people <file>',
      'who is who where addresses do not tell, from a CSV or JSON file: person, provider, user',
    )
    .addOption(
      new Option(
        '--dormant-days <days>',
        'without activity, for the finding dormant-holder: 1 to 36500 (default: 90)',
      ).argParser(wholeNumber(1, 36_500)),
    )
    .option('--suppressions <file>', 'findings that may stay, with a reason, from a JSON or CSV file')
    .option('--verify', 'read everything until two readings agree: sees what a single one cannot')
    .hook('preAction', formatByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens report
  seatlens report --provider webex --provider genesys
  seatlens report --format html --open
  seatlens report --format xlsx --output licenses.xlsx
  seatlens report --format csv --by assignment --output seats.csv
  seatlens report --format json | jq '.licenses[] | select(.available.value < 0)'
  seatlens report --format json --detail | jq '.findings[] | select(.rule == "inactive-holder")'

In CSV, a count is two columns: the value (a number, "unlimited" or empty) and a note that says why it is empty
("not applicable", "unknown: ..."). A cost is a column for each currency and a note. A cell that a spreadsheet would
run as a formula gets a leading apostrophe; so does a text after a ";", a tab or a line break within a cell, where
spreadsheets with another list separator begin a new one. A CSV file of --output begins with a byte order mark, so that
Excel reads its names as they are; what is piped does not. Ids with leading zeros and phone numbers are text in xlsx
only: in CSV, spreadsheets take them for numbers.

By user, a license's column has how many seats of it the person has, "pending", nothing for none, or "unknown" where not
all holders could be read. By assignment, a license of which nobody has a seat has a row too.

With --output, an interrupted run (exit 130) and one in which every provider failed (exit 4 or 7, or 5 where the reasons
are others) leave the file as it was and say so on stderr. A report of what could be read (exit 5) is written.`,
    )
    .action((options: ReportOptions) =>
      run(async (invocation) => (await import('../actions/report.ts')).report(invocation, options)),
    )
