import { Command, Option } from 'commander'
import type { Grouping } from '../../index.ts'
import { type ReportFormat, type ReportLayout, reportFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatByName } from './format-by-name.ts'
import {
  columnsOption,
  failuresOption,
  formatOption,
  graceDaysOption,
  groupByOption,
  historyOption,
  layoutOption,
  logoOption,
  type NamedFailures,
  outputOption,
  providerOption,
  type RowsOptions,
  renewalDaysOption,
  rowLimitOption,
  type Split,
  sortOption,
  splitByOption,
  titleOption,
  whereOption,
  wholeNumber,
} from './options.ts'

export interface ReportOptions extends RowsOptions {
  readonly format: ReportFormat
  readonly by: ReportLayout
  readonly groupBy?: Grouping
  readonly detail?: boolean
  /** `output` is then a folder. */
  readonly splitBy?: Split
  readonly output?: string
  readonly failures?: NamedFailures
  readonly open?: boolean
  readonly title?: string
  readonly logo?: string
  readonly provider?: readonly string[]
  readonly history?: string
  readonly people?: string
  readonly dormantDays?: number
  readonly graceDays?: number
  readonly renewalDays?: number
  readonly suppressions?: string
  readonly verify?: boolean
}

export const reportCommand = (run: RunAction): Command =>
  new Command('report')
    .description(
      'The report over all providers: seats that are purchased, in use and available, people, findings, cost.',
    )
    .addOption(formatOption(reportFormats))
    .addOption(layoutOption())
    .addOption(groupByOption('one row for each group of users who hold a license, with their seats and cost'))
    .option(
      '--detail',
      'add what can be saved, the most valuable actions and the findings to the table; json has the users too',
    )
    .addOption(splitByOption())
    .addOption(outputOption())
    .addOption(failuresOption())
    .option('--open', 'with --format html: open the page; without --output, a temporary file')
    .addOption(titleOption())
    .addOption(logoOption())
    .addOption(providerOption())
    .addOption(historyOption())
    .option('--people <file>', 'users who are one person, from a CSV or JSON file: person, provider, user')
    .addOption(
      new Option(
        '--dormant-days <days>',
        'days without activity for the rule dormant-holder, 1 to 36500 (default: 90)',
      ).argParser(wholeNumber(1, 36_500)),
    )
    .addOption(graceDaysOption())
    .addOption(renewalDaysOption())
    .option('--suppressions <file>', 'accepted findings, with reasons, from a CSV or JSON file')
    .option('--verify', 'read everything until two readings agree, to see changes during the reading')
    .addOption(whereOption('rows'))
    .addOption(columnsOption())
    .addOption(sortOption())
    .addOption(rowLimitOption('rows'))
    .hook('preAction', formatByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens report
  seatlens report --detail
  seatlens report --provider webex --provider genesys
  seatlens report --format html --open
  seatlens report --format html --title "ACME" --logo acme.svg --open
  seatlens report --format xlsx --output licenses.xlsx
  seatlens report --format csv --by assignment --output seats.csv
  seatlens report --by finding --format csv --output findings.csv
  seatlens report --group-by department --format csv
  seatlens report --split-by provider --format html --output customers
  seatlens report --by organization --output organizations.xlsx
  seatlens report --purchased contract.csv --activity control-hub-users.csv
  seatlens report --format csv --output licenses.csv --failures failures.csv
  seatlens report --history snapshots --format csv --by assignment
  seatlens report --where 'available < 5 or utilization > 90%' --sort available
  seatlens report --by user --where 'department = Sales and seats > 3'
  seatlens report --explain
  seatlens report --format json | jq '.licenses[] | select(.discrepancy)'
  seatlens report --format json --detail | jq '.findings[].message'

Your organizations: GENESYS_REGION, GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET
for Genesys Cloud, or WEBEX_ACCESS_TOKEN for Webex, in the environment; or a
file seatlens.json, for several and for more. See docs/administrators.

CSV: a count has two columns: the value (a number, "unlimited" or empty), and a
note that says why it is empty ("not applicable", "unknown: ..."). A cost has a
column for each currency and a note. A cell that a spreadsheet would run as a
formula gets a leading apostrophe; so does a text after a ";", a tab or a line
break within a cell, because some spreadsheets begin a new cell there. A file of
--output begins with a byte order mark, so that Excel reads names correctly; a
pipe gets none. Ids with leading zeros and phone numbers are text in xlsx only:
in CSV, spreadsheets read them as numbers.

--by user: the column of a license has the number of seats, "pending", nothing
for none, or "unknown" if not all holders could be read.
--by assignment: a license without holders has a row too.
--by finding: the most valuable first. "plan --file" reads the CSV: "action" is
"remove" where the seat can be given up, and empty where there is nothing to do.

--by organization: the licenses of several organizations of a vendor are one
product if they have the same product code, or the same name if they have none.
The sums say what they lack, and add no currency to another one.

--group-by: each seat that a user holds is in one group. "none": the vendor's
records of these users name nothing. "unknown": it was not read, or the vendor
does not provide it; the reason is beside it. An account whose record names
nothing is in the group of the person's other account. A seat is at stake if an
open finding is about it. With --by user or --by assignment, the groups are a
section of their own. CSV is one table, and has one of the two.

--where, --columns, --sort, --limit: the rows of --by, and no other list; totals
stay those of everything. See docs/administrators/filters.md.

--history: "≤ 2026-03-01" means held since that day or longer. A snapshot in
which the user is listed without the license starts the time anew. A snapshot
with a gap proves only what it shows.

--output: a report of what could be read (exit code 5) is written. An
interrupted run (130) and a run in which every provider failed (4, 7, or 5)
leave the file as it was and say so on stderr.

--split-by provider: a folder for --output, and in it for each provider the file
that --provider would write for it alone: customers/webex-emea.html. No file has
anything of another provider. Printed are the files that were written; a failed
provider gets none. Other files of the folder stay as they are.

--failures: one row for each list, or part of one, that could not be read. The
file is written in every run that is not interrupted, also where nothing failed:
CSV then has its headings alone, JSON an empty list.`,
    )
    .action((options: ReportOptions) =>
      run(async (invocation) => (await import('../actions/report.ts')).report(invocation, options)),
    )
