import { Command } from 'commander'
import { type PlanFormat, planFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { jsonByName } from './format-by-name.ts'
import { formatOption, limitOption, protectedOption, repeatable, validForOption } from './options.ts'

export interface PlanOptions {
  readonly provider?: string
  readonly assign?: readonly string[]
  readonly remove?: readonly string[]
  /** Pairs: the license to give up, the license to get. */
  readonly swap?: readonly string[]
  readonly user?: readonly string[]
  readonly file?: string
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

export const planCommand = (run: RunAction): Command =>
  new Command('plan')
    .description('Makes a plan of changes and shows their effect. Changes nothing; see apply.')
    .option('--provider <id>', 'the provider to change (default: the only configured one)')
    .option('--assign <license>', 'give this license (repeatable): an id, product code or name', repeatable)
    .option('--remove <license>', 'remove this license (repeatable)', repeatable)
    .option('--swap <licenses...>', 'FROM TO: replace the first license by the second (repeatable)')
    .option('--user <user>', 'an e-mail address or a user id (repeatable)', repeatable)
    .option('--file <file>', 'users, or whole changes, from a CSV or JSON file')
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
  seatlens plan --assign "Webex Suite" --user ada@example.com --output plan.json
  seatlens plan --provider genesys --swap cloudCX3 cloudCX2 --file agents.csv
  seatlens plan --remove MS --file leavers.csv --skip-unknown --limit 100
  seatlens plan --assign MS --exactly --remove-only --file staff.csv
  seatlens plan --swap cloudCX3 cloudCX2 --file a.csv --protected vip.csv

--file: CSV with the heading user and, if the lines differ, action (assign,
remove, swap), license, to, locationId, phoneNumber, extension. Or JSON, a list
of objects with these members. Users are also read from the output of "users",
"report --by user" and "report --by assignment", and from the exports of Control
Hub and Genesys Cloud.

--protected: the columns user, license (empty: all licenses of the user), reason
and, if needed, provider. "protected" in the configuration is a list of the
same. A plan that would change a protected seat is refused.

A plan that removes more than 10 seats and more than a fifth of the holders of
any license says so; see apply.

The plan holds names and addresses. Only its owner can read the file.`,
    )
    .action((options: PlanOptions) =>
      run(async (invocation) => (await import('../actions/plan.ts')).plan(invocation, options)),
    )
