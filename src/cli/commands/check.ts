import { Command, InvalidArgumentError, Option } from 'commander'
import type { FindingRule } from '../../index.ts'
import { type CheckFormat, checkFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatByName } from './format-by-name.ts'
import { formatOption, providerOption, repeatable, wholeNumber } from './options.ts'

export interface CheckOptions {
  readonly maxUtilization?: number
  readonly minAvailable?: number
  readonly failOn?: readonly (FindingRule | 'any')[]
  readonly failOnUnknown?: boolean
  readonly dormantDays: number
  readonly suppressions?: string
  readonly baseline?: string
  readonly provider?: readonly string[]
  readonly format: CheckFormat
  readonly output?: string
}

/** All rules of findings, which the type sees to: the library itself is not loaded for help. */
const RULES = Object.keys({
  'unassigned-seats': true,
  'over-assigned': true,
  'inactive-holder': true,
  'dormant-holder': true,
  'included-license': true,
  'undefined-license': true,
  'several-providers': true,
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

const ruleOrAny = (text: string, previous: readonly string[] = []): readonly string[] => {
  const names = [...RULES, 'any']
  if (names.includes(text)) return repeatable(text, previous)
  throw new InvalidArgumentError(`Expected one of ${names.join(', ')}.`)
}

export const checkCommand = (run: RunAction): Command =>
  new Command('check')
    .description('Holds all licenses against limits and rules, for scheduled jobs: exits with 3 where one is breached.')
    .addOption(
      new Option('--max-utilization <percent>', 'no license has more of what was bought in use').argParser(percent),
    )
    .addOption(
      new Option(
        '--min-available <seats>',
        'every license that anything was bought or is used of has so many seats left',
      ).argParser(wholeNumber(0, 1_000_000_000)),
    )
    .addOption(
      new Option('--fail-on <rule>', `this rule finds nothing (repeatable): ${RULES.join(', ')}, or any`).argParser(
        ruleOrAny,
      ),
    )
    .option('--fail-on-unknown', 'what could not be judged counts as breached')
    .addOption(
      new Option('--dormant-days <days>', `without activity, from 1 to ${MAX_DAYS}, for dormant-holder`)
        .argParser(wholeNumber(1, MAX_DAYS))
        .default(90),
    )
    .option('--suppressions <file>', 'what may stay as it is, with a reason, from a JSON or CSV file')
    .option('--baseline <file>', 'only what is new or worse since then: the JSON that an earlier check has written')
    .addOption(providerOption())
    .addOption(formatOption(checkFormats))
    .option(
      '--output <file>',
      'write it there, in the format that its name ends with, instead of to stdout; the file appears as a whole or not at all',
    )
    .hook('preAction', formatByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens check --max-utilization 90
  seatlens check --min-available 5 --fail-on over-assigned --fail-on inactive-holder
  seatlens check --fail-on any --suppressions accepted.csv --format junit --output licenses.xml
  seatlens check --fail-on any --format json --output baseline.json
  seatlens check --fail-on any --baseline baseline.json

A file of suppressions is a list of objects, or CSV with these headings: rule (or the id of a finding), provider,
license, user, reason, until. Reasons are required. What is suppressed stays visible as accepted; after its last day
(until) it counts again.

What is in the baseline counts again when it has become worse: more seats than then. Where either number is not
known, it stays in the baseline.

What could not be judged, because the vendor does not tell or a list has a gap, is said, and has not passed. It fails
the check only with --fail-on-unknown, and what is suppressed of it then is accepted.

Exit codes: 0 nothing is breached, 3 something is, 5 something could not be read (the output still says what is
breached), and those of every command.`,
    )
    .action((options: CheckOptions) =>
      run(async (invocation) => (await import('../actions/check.ts')).check(invocation, options)),
    )
