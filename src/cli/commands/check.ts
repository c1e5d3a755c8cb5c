import { Command, InvalidArgumentError, Option } from 'commander'
import type { FindingRule, Grouping } from '../../index.ts'
import { type CheckFormat, checkFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatByName } from './format-by-name.ts'
import {
  columnsOption,
  formatOption,
  graceDaysOption,
  groupByOption,
  outputOption,
  providerOption,
  type RowsOptions,
  renewalDaysOption,
  repeatable,
  rowLimitOption,
  sortOption,
  whereOption,
  wholeNumber,
} from './options.ts'

export interface CheckOptions extends RowsOptions {
  readonly maxUtilization?: number
  readonly minAvailable?: number
  readonly maxFindings?: number
  readonly groupBy?: Grouping
  readonly failOn?: readonly (FindingRule | 'any')[]
  readonly failOnUnknown?: boolean
  readonly dormantDays: number
  readonly graceDays?: number
  readonly renewalDays?: number
  readonly suppressions?: string
  readonly baseline?: string
  readonly provider?: readonly string[]
  readonly format: CheckFormat
  readonly output?: string
}

/** All rules of findings, which the type sees to: the library itself is not loaded for help. */
export const RULES = Object.keys({
  'unassigned-seats': true,
  'over-assigned': true,
  'inactive-holder': true,
  'dormant-holder': true,
  'included-license': true,
  'undefined-license': true,
  'several-providers': true,
  'never-active': true,
  'waiting-for-seat': true,
  'renewal-due': true,
  'billed-not-held': true,
  'bought-not-mapped': true,
  'idle-workspace': true,
} satisfies Record<FindingRule, true>)

/** Of a percentage: the smallest part of one by which limits are judged. */
const MAX_DECIMALS = 6
const MAX_PERCENT = 10_000
const MAX_DAYS = 36_500

const PERCENT = new RegExp(`^\\d+(?:\\.\\d{1,${MAX_DECIMALS}})?$`)

const percent = (text: string): number => {
  const value = PERCENT.test(text) ? Number(text) : Number.NaN
  if (value <= MAX_PERCENT) return value
  throw new InvalidArgumentError(
    `Expected a number of percent from 0 to ${MAX_PERCENT} with at most ${MAX_DECIMALS} decimals, such as 90.`,
  )
}

const RULES_OR_ANY = [...RULES, 'any']

const ruleOrAny = (text: string, previous: readonly string[] = []): readonly string[] => {
  if (RULES_OR_ANY.includes(text)) return repeatable(text, previous)
  throw new InvalidArgumentError(`Expected one of ${RULES_OR_ANY.join(', ')}.`)
}

export const checkCommand = (run: RunAction): Command =>
  new Command('check')
    .description('Compares all licenses with limits and rules, for scheduled jobs. Exit code 3: one is breached.')
    .addOption(
      new Option('--max-utilization <percent>', 'fail if a license is used more than this percentage').argParser(
        percent,
      ),
    )
    .addOption(
      new Option('--min-available <seats>', 'fail if a license has fewer available seats than this').argParser(
        wholeNumber(0, 1_000_000_000),
      ),
    )
    .addOption(
      new Option('--max-findings <number>', 'fail if a group of --group-by has more open findings than this').argParser(
        wholeNumber(0, 1_000_000_000),
      ),
    )
    .addOption(groupByOption('with --max-findings: what users who hold a license are grouped by'))
    .addOption(
      new Option('--fail-on <rule>', 'fail if this rule finds something (repeatable)')
        .choices(RULES_OR_ANY)
        .argParser(ruleOrAny),
    )
    .option('--fail-on-unknown', 'fail if a limit or rule is unknown')
    .addOption(
      new Option('--dormant-days <days>', `days without activity for the rule dormant-holder, 1 to ${MAX_DAYS}`)
        .argParser(wholeNumber(1, MAX_DAYS))
        .default(90),
    )
    .addOption(graceDaysOption())
    .addOption(renewalDaysOption())
    .option('--suppressions <file>', 'accepted findings, with reasons, from a CSV or JSON file')
    .option('--baseline <file>', 'fail only if something is new or worse than in this JSON of an earlier check')
    .addOption(whereOption('items', "judge only items of which this is true, such as 'license = cloudCX3'"))
    .addOption(columnsOption())
    .addOption(sortOption())
    .addOption(rowLimitOption('rows'))
    .addOption(providerOption())
    .addOption(formatOption(checkFormats))
    .addOption(outputOption())
    .hook('preAction', formatByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens check --max-utilization 90
  seatlens check --min-available 5 --fail-on over-assigned
  seatlens check --max-findings 5 --group-by department
  seatlens check --fail-on any --where 'provider = webex and seats > 1'
  seatlens check --fail-on any --sort -cost,-seats --limit 10
  seatlens check --fail-on any --suppressions accepted.csv
  seatlens check --fail-on dormant-holder --activity sign-ins.csv
  seatlens check --fail-on any --format junit --output licenses.xml
  seatlens check --fail-on any --format csv --output findings.csv
  seatlens check --fail-on any --format json --output baseline.json
  seatlens check --fail-on any --baseline baseline.json
  seatlens check --fail-on any --baseline baseline.json --format message

Limits of single licenses are in the configuration ("limits"), and are checked
without any option. For all other licenses, --max-utilization and
--min-available count, in place of what is under "*".

Suppressions are a list of objects, or CSV with these headings: rule (or the id
of a finding or of its group), provider, license, user, reason, until. A reason
is required. What is suppressed stays visible as accepted. It counts again after
the day "until".

What is in the baseline counts again if it has become worse: more seats than
then. If one of the two numbers is unknown, it stays in the baseline.

Findings of one rule about one user are counted and shown as one. JSON has one
item for each seat, and names its group (findingGroup).

--max-findings counts all open findings about seats that users of a group hold.
Accepted findings do not count. Seats that are not assigned are in no group.
--max-utilization and --min-available have no meaning for a group: seats are
purchased for all of them.

--where: by the columns of --format csv; see docs/administrators/filters.md. The
output says how many items were judged. Other items breach nothing.

--columns, --sort and --limit: only these rows, in table, json and csv. Verdict,
counts and exit code are of all items. Unless sorted, what is breached is first.

--format message: a title and at most about ten lines of plain text, for a mail
or a chat. With --baseline, nothing at all if nothing changed since.

A limit or rule is unknown if the vendor does not provide the data, or if a list
has a gap. Unknown is shown and is no pass. It fails the check only with
--fail-on-unknown, unless a suppression accepts it.

Exit codes: 0 nothing is breached, 3 something is breached, 5 some data could
not be read, or a limit in the configuration fits no license (the output still
shows what is breached), and those of every command.`,
    )
    .action((options: CheckOptions) =>
      run(async (invocation) => (await import('../actions/check.ts')).check(invocation, options)),
    )
