import { Command, InvalidArgumentError, Option } from 'commander'
import type { FindingRule } from '../../index.ts'
import { type PlanFormat, planFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { RULES } from './check.ts'
import { jsonByName } from './format-by-name.ts'
import {
  formatOption,
  historyOption,
  limitOption,
  protectedOption,
  renewalDaysOption,
  repeatable,
  validForOption,
  wholeNumber,
} from './options.ts'

export interface PlanOptions {
  readonly provider?: string
  readonly assign?: readonly string[]
  readonly remove?: readonly string[]
  /** Pairs: the license to give up, the license to get. */
  readonly swap?: readonly string[]
  readonly user?: readonly string[]
  readonly file?: string
  /** Rules, and ids of findings or of their groups, whose seats are to be removed. */
  readonly fix?: readonly FindingRule[]
  readonly finding?: readonly string[]
  readonly license?: readonly string[]
  readonly department?: readonly string[]
  readonly dormantDays?: number
  readonly graceDays?: number
  readonly renewalDays?: number
  readonly mostIdleFirst?: boolean
  readonly keepFree?: number
  readonly suppressions?: string
  readonly people?: string
  readonly history?: string
  readonly exactly?: boolean
  readonly addOnly?: boolean
  readonly removeOnly?: boolean
  readonly location?: string
  readonly phone?: string
  readonly extension?: string
  /** Leave out unknown users. */
  readonly skipUnknown?: boolean
  /** At most this many changes. */
  readonly limit?: number
  /** A file of seats that must not be changed. */
  readonly protected?: string
  readonly validFor: number
  readonly format: PlanFormat
  readonly output?: string
}

const isRule = (text: string): text is FindingRule => RULES.some((rule) => rule === text)

const aRule = (text: string, previous: readonly FindingRule[] = []): readonly FindingRule[] => {
  if (isRule(text)) return [...previous, text]
  throw new InvalidArgumentError(`Expected one of ${RULES.join(', ')}.`)
}

export const planCommand = (run: RunAction): Command =>
  new Command('plan')
    .description('Makes a plan of changes and shows their effect. Changes nothing; see apply.')
    .option(
      '--provider <id>',
      'the provider to change (default: the only configured one; with --fix, that of the most valuable seat)',
    )
    .option('--assign <license>', 'give this license (repeatable): an id, product code or name', repeatable)
    .option('--remove <license>', 'remove this license (repeatable)', repeatable)
    .option('--swap <licenses...>', 'FROM TO: replace the first license by the second (repeatable)')
    .option('--user <user>', 'an e-mail address or a user id (repeatable)', repeatable)
    .option('--file <file>', 'users, or whole changes, from a CSV or JSON file')
    .addOption(
      new Option('--fix <rules...>', 'remove the seats that findings of these rules name')
        .choices(RULES)
        .argParser(aRule),
    )
    .option('--finding <ids...>', 'remove the seats of these findings, or groups of findings, by id', repeatable)
    .option('--license <license>', 'with --fix: only seats of this license (repeatable)', repeatable)
    .option('--department <name>', 'with --fix: only users of this department (repeatable)', repeatable)
    .addOption(
      new Option(
        '--dormant-days <days>',
        'with --fix: days without activity for dormant-holder (default: 90)',
      ).argParser(wholeNumber(1, 36_500)),
    )
    .addOption(
      new Option(
        '--grace-days <days>',
        'with --fix: a seat that began less than so many days ago is too new to judge (default: 30)',
      ).argParser(wholeNumber(0, 36_500)),
    )
    .addOption(renewalDaysOption())
    .option('--most-idle-first', 'with --fix: who has been idle longest first (default: the most valuable seat)')
    .addOption(
      new Option('--keep-free <number>', 'with --fix: stop when so many seats of the license are free').argParser(
        wholeNumber(0, 1_000_000_000),
      ),
    )
    .option('--suppressions <file>', 'with --fix: accepted findings, from a CSV or JSON file')
    .option('--people <file>', 'with --fix: users who are one person, from a CSV or JSON file')
    .addOption(historyOption())
    .option('--exactly', 'with --assign: make these users the only holders')
    .option('--add-only', 'with --exactly: only give the license, remove it from no user')
    .option('--remove-only', 'with --exactly: only remove the license, give it to no user')
    .option('--location <id>', 'for calling licenses: the location')
    .option('--phone <number>', 'for calling licenses: the number, such as +15551234567')
    .option('--extension <digits>', 'for calling licenses: the extension')
    .option('--skip-unknown', 'leave out unknown users, and list them with file and line')
    .addOption(limitOption())
    .addOption(protectedOption())
    .addOption(validForOption())
    .addOption(formatOption(planFormats))
    .option('--output <file>', 'write the plan to this file, for apply')
    .hook('preAction', jsonByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens plan --provider webex --assign MS --user ada@example.com
  seatlens plan --provider genesys --swap cloudCX3 cloudCX2 --file agents.csv
  seatlens plan --provider webex --remove MS --file leavers.csv --skip-unknown
  seatlens plan --provider webex --assign MS --exactly --file staff.csv
  seatlens plan --provider webex --remove MS --file a.csv --protected vip.csv
  seatlens plan --fix dormant-holder --limit 20 --output plan.json
  seatlens plan --fix inactive-holder dormant-holder --license cloudCX3
  seatlens plan --finding f1a2b3c4d5e6f708 --output plan.json
  seatlens plan --provider genesys --file findings.csv --output plan.json

--fix: the findings of "report" as a plan. Only open findings are acted on, and
only where it is certain that the seat can go: accepted findings stay, and so do
users of whom something is unknown. Protected seats and users who have changed
since are left out, and counted. The most valuable seats come first; --limit
counts seats. Without --provider, the plan is for the provider of the first one.

--file: CSV with the heading user and, if the lines differ, action (assign,
remove, swap), license, to, locationId, phoneNumber, extension. Or JSON, a list
of objects with these members. Users are also read from the output of "users",
"report --by user" and "report --by assignment", and from the exports of Control
Hub and Genesys Cloud. Of "report --by finding" and "check --format csv", the
rows with an action are planned, and the others skipped.

--protected: the columns user, license (empty: all licenses of the user), reason
and, if needed, provider. "protected" in the configuration is a list of the
same. A plan that would change a protected seat is refused; with --fix, the seat
is left out.

The plan says what it saves: at once, for seats in use beyond those purchased;
at the renewal, for purchased ones.

A plan that removes more than 10 seats and more than a fifth of the holders of
any license says so; see apply.

The plan holds names and addresses. Only its owner can read the file.`,
    )
    .action((options: PlanOptions) =>
      run(async (invocation) => (await import('../actions/plan.ts')).plan(invocation, options)),
    )
