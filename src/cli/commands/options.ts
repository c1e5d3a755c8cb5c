import { InvalidArgumentError, Option } from 'commander'
import type { Grouping } from '../../index.ts'
import { type FailureFormat, failureFormats, reportLayouts } from '../../render/index.ts'

/** `--format`, one of these; `table` by default. */
export const formatOption = (formats: readonly string[]): Option =>
  new Option('--format <format>', 'output format').choices(formats).default('table')

/** `--output`, for what is printed. */
export const outputOption = (): Option =>
  new Option(
    '--output <file>',
    'write to this file instead of stdout, in the format of its name; the file appears whole or not at all',
  )

/** By what a report becomes several files. */
const SPLITS = ['provider'] as const
export type Split = (typeof SPLITS)[number]

/** `--split-by`, for a folder of reports. */
export const splitByOption = (): Option =>
  new Option('--split-by <what>', 'a report of its own for each provider, in the folder of --output').choices(SPLITS)

/** The file of `--failures`, in the format that its name promises. */
export interface NamedFailures {
  readonly file: string
  readonly format: FailureFormat
}

/** `--failures`, a file beside what is printed. */
export const failuresOption = (): Option =>
  new Option(
    '--failures <file>',
    'write what could not be read, why, and what to do about it to this file too: .csv or .json',
  ).argParser((file: string): NamedFailures => {
    const format = failureFormats.find((one) => file.toLowerCase().endsWith(`.${one}`))
    if (format !== undefined) return { file, format }
    throw new InvalidArgumentError('Expected a name that ends with .csv or .json.')
  })

/** `--journals`, for what compares snapshots. */
export const journalsOption = (meaning: string): Option => new Option('--journals <folder>', meaning)

/** Rows that have an option of their own. */
const BY: readonly string[] = reportLayouts.filter((layout) => layout !== 'group')

const MOST_CHARACTERS = 200

/** `--title`, of a page. */
export const titleOption = (): Option =>
  new Option('--title <text>', 'with --format html: the title of the page (default: License report)').argParser(
    (text: string): string => {
      if (text.length <= MOST_CHARACTERS) return text
      throw new InvalidArgumentError(`Expected ${MOST_CHARACTERS} characters at most.`)
    },
  )

/** `--logo`, of a page. */
export const logoOption = (): Option =>
  new Option(
    '--logo <file>',
    'with --format html: an image beside the title, which becomes part of the page: PNG, JPEG or SVG',
  )

/** `--by`, one of the layouts of a report. */
export const layoutOption = (): Option =>
  new Option(
    '--by <rows>',
    'one row for each license, each person (with a column for each license), each seat, each product that was bought, each finding, or each product of each organization; html always shows all but the last one',
  )
    .choices(BY)
    .default('license')

/** All groupings, which the type sees to: the library itself is not loaded for help. */
const GROUPINGS = Object.keys({
  department: true,
  division: true,
  manager: true,
  location: true,
  costCenter: true,
  provider: true,
  license: true,
} satisfies Record<Grouping, true>)

const isGrouping = (text: string): text is Grouping => GROUPINGS.includes(text)

/** `--group-by`, once. */
export const groupByOption = (meaning: string): Option =>
  new Option('--group-by <field>', meaning)
    .choices(GROUPINGS)
    .argParser((text: string, previous: Grouping | undefined): Grouping => {
      if (previous !== undefined && previous !== text) {
        throw new InvalidArgumentError(`Expected one field; it is given as ${previous} too. One run has one grouping.`)
      }
      if (isGrouping(text)) return text
      throw new InvalidArgumentError(`Allowed choices are ${GROUPINGS.join(', ')}.`)
    })

/** For an option that may be given several times. */
export const repeatable = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value]

/** `--provider`, which may be given several times. */
export const providerOption = (): Option =>
  new Option(
    '--provider <provider>',
    "only this provider: an id, a name, a group of the configuration, or a pattern such as 'genesys-*' (repeatable; default: all)",
  ).argParser(repeatable)

/** For each command that looks for findings. Default: that of the library. */
export const graceDaysOption = (): Option =>
  new Option(
    '--grace-days <days>',
    'a seat, account or hire younger than this is too new to judge by activity, 0 to 36500 (default: 30)',
  ).argParser(wholeNumber(0, 36_500))

/** For each command that looks for findings. Default: that of the library. */
export const renewalDaysOption = (): Option =>
  new Option(
    '--renewal-days <days>',
    'renewal-due: so many days before the last day to cancel, or the end of the term, 0 to 36500 (default: 60)',
  ).argParser(wholeNumber(0, 36_500))

/** `--history`, a folder of snapshots. */
export const historyOption = (): Option =>
  new Option('--history <folder>', 'say since when users have had their licenses, by the snapshots in this folder')

export const wholeNumber =
  (minimum: number, maximum: number) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= minimum && value <= maximum) return value
    throw new InvalidArgumentError(`Expected a whole number from ${minimum} to ${maximum}.`)
  }

/** `--wait`, in seconds: for changes that a vendor accepts and does not show at once. */
export const waitOption = (): Option =>
  new Option('--wait <seconds>', 'how long to look for changes that the vendor accepted and does not show yet')
    .argParser(wholeNumber(0, 3_600))
    .default(60)

/** Which rows of a result are shown, and how. */
export interface RowsOptions {
  readonly where?: string | undefined
  readonly columns?: readonly string[] | undefined
  readonly sort?: readonly string[] | undefined
  readonly limit?: number | undefined
}

const separated = (text: string): readonly string[] => text.split(',')

/** `--where`; `rows`: what it is about. */
export const whereOption = (
  rows: string,
  meaning = `only ${rows} of which this is true, such as 'provider = webex and name ~ calling'`,
): Option => new Option('--where <expression>', meaning)

/** `--columns`, of rows. */
export const columnsOption = (): Option =>
  new Option('--columns <names>', 'only these columns, by their names in CSV, such as provider,name').argParser(
    separated,
  )

/** `--sort`, of rows. */
export const sortOption = (): Option =>
  new Option('--sort <names>', 'sort by these columns; -name: the largest first').argParser(separated)

/** `--limit`, of rows. */
export const rowLimitOption = (rows: string): Option =>
  new Option('--limit <number>', `at most this many ${rows}`).argParser(wholeNumber(1, 1_000_000_000))

/** `--limit`, in changes. */
export const limitOption = (): Option =>
  new Option(
    '--limit <number>',
    'at most this many changes; all changes of a user, or none; with --fix, seats',
  ).argParser(wholeNumber(1, 1_000_000_000))

/** `--protected`: in addition to the seats of the configuration. */
export const protectedOption = (): Option =>
  new Option('--protected <file>', 'seats that must not change, from a CSV or JSON file: user, license, reason')

/** `--max-removals`: for plans that remove many seats. */
export const maxRemovalsOption = (): Option =>
  new Option('--max-removals <number>', 'how many seats the plan may remove; a swap removes one').argParser(
    wholeNumber(0, 1_000_000_000),
  )

export const usersOption = (): Option =>
  new Option('--users <number>', 'people in each simulated organization')
    .argParser(wholeNumber(10, 1_000_000))
    .default(1_000)

export const seedOption = (): Option =>
  new Option('--seed <number>', 'the same seed makes the same organizations')
    .argParser(wholeNumber(0, 2 ** 31 - 1))
    .default(1)

export const organizationsOption = (): Option =>
  new Option(
    '--organizations <number>',
    'organizations of a partner that the Webex simulator has: one entry with "orgs": "all" reads them',
  )
    .argParser(wholeNumber(1, 1_000))
    .default(1)

export const latencyOption = (): Option =>
  new Option('--latency <ms>', 'delay of every answer, in milliseconds').argParser(wholeNumber(0, 600_000)).default(0)

export const portOption = (): Option =>
  new Option(
    '--port <number>',
    'port of the first simulator; the others use the next ports (default: free ports)',
  ).argParser(wholeNumber(1, 65_000))

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text

/** `--cors`, for simulators that pages of other origins call. */
export const corsOption = (): Option =>
  new Option(
    '--cors <origin>',
    'web pages of this origin may call the simulators, as https://admin.example.com, or * for all (repeatable; default: none)',
  ).argParser((text: string, previous?: readonly string[]) => {
    if (text === '*' || isOrigin(text)) return repeatable(text, previous)
    throw new InvalidArgumentError('Expected an origin: scheme and host, with a port if needed, and no path; or *.')
  })

/** `--valid-for`, in hours. */
export const validForOption = (): Option =>
  new Option('--valid-for <hours>', 'how long the plan may be applied').argParser(wholeNumber(1, 24 * 366)).default(24)
