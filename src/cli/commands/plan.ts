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
  /** Leave out users who are not known. */
  readonly skipUnknown?: boolean
  /** At most so many changes. */
  readonly limit?: number
  /** A file of seats that must not be changed. */
  readonly protected?: string
  readonly validFor: number
  readonly format: PlanFormat
  readonly output?: string
}

export const planCommand = (run: RunAction): Command =>
  new Command('plan')
    .description('Works out a file of changes and what they would do. Changes nothing; see apply.')
    .option('--provider <id>', 'the provider to change (default: the only one that is configured)')
    .option('--assign <license>', 'give this license (repeatable): its id, else its product code or name', repeatable)
    .option('--remove <license>', 'take this license (repeatable)', repeatable)
    .option('--swap <licenses...>', 'FROM TO: take the one and give the other (repeatable)')
    .option('--user <user>', 'an e-mail address, or an id of the provider (repeatable)', repeatable)
    .option('--file <file>', 'users, or whole changes, from a CSV or JSON file')
    .option('--exactly', 'with --assign: these users hold it, and nobody else')
    .option('--add-only', 'with --exactly: nobody loses it')
    .option('--remove-only', 'with --exactly: nobody gets it')
    .option('--location <id>', 'for licenses to make calls with: the location')
    .option('--phone <number>', 'for licenses to make calls with: the number, +15551234567')
    .option('--extension <digits>', 'for licenses to make calls with: the extension')
    .option('--skip-unknown', 'leave out users who are not known, list them with file and line, and plan the rest')
    .addOption(limitOption())
    .addOption(protectedOption())
    .addOption(validForOption())
    .addOption(formatOption(planFormats))
    .option('--output <file>', 'keep the plan there, to be applied')
    .hook('preAction', jsonByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens plan --provider webex --assign "Webex Suite" --user ada@example.com --output plan.json
  seatlens plan --provider genesys --swap cloudCX3 cloudCX2 --file agents.csv --output plan.json
  seatlens plan --provider webex --assign MS --exactly --remove-only --file staff.csv --output plan.json
  seatlens plan --provider webex --remove MS --file leavers.csv --skip-unknown --limit 100 --output plan.json
  seatlens plan --provider genesys --swap cloudCX3 cloudCX2 --file agents.csv --protected vip.csv

A CSV file has a line of headings: user, and, where the lines differ, action (assign, remove, swap), license, to,
locationId, phoneNumber, extension. A JSON file is a list of objects with these members. Users are also taken from what
"users" and "report --by user" or "--by assignment" print, and from the users that Control Hub and Genesys Cloud export.

A file of protected seats has the columns user, license (empty: every license of the user), reason, and provider where it
matters; "protected" in the configuration is a list of the same. A plan that would change one of them is refused.

A plan that takes away more than 10 seats and more than a fifth of the holders of any license says so first; see apply.

The plan holds names and addresses and is readable by its owner only.`,
    )
    .action((options: PlanOptions) =>
      run(async (invocation) => (await import('../actions/plan.ts')).plan(invocation, options)),
    )
