import { InvalidArgumentError, Option } from 'commander'
import { reportLayouts } from '../../render/index.ts'

/** `--format`, one of these; `table` where nothing is said. */
export const formatOption = (formats: readonly string[]): Option =>
  new Option('--format <format>', 'how to print it').choices(formats).default('table')

/** `--by`, one of the layouts of a report. */
export const layoutOption = (): Option =>
  new Option(
    '--by <rows>',
    'what a row is: a license, a person with a column for each license, or a single seat; html always shows all of them',
  )
    .choices(reportLayouts)
    .default('license')

/** For an option that may be given as often as one likes. */
export const repeatable = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value]

/** `--provider`, as often as one likes. */
export const providerOption = (): Option =>
  new Option('--provider <id>', 'only this provider (repeatable; default: all)').argParser(repeatable)

export const wholeNumber =
  (minimum: number, maximum: number) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= minimum && value <= maximum) return value
    throw new InvalidArgumentError(`Expected a whole number from ${minimum} to ${maximum}.`)
  }

/** `--wait`: for changes that a vendor accepts and does not show at once. */
export const waitOption = (): Option =>
  new Option('--wait <seconds>', 'how long changes that the vendor accepted are looked for until it shows them')
    .argParser(wholeNumber(0, 3_600))
    .default(60)

/** `--limit`, in changes. */
export const limitOption = (): Option =>
  new Option('--limit <number>', 'at most so many changes; all of a user, or none').argParser(
    wholeNumber(1, 1_000_000_000),
  )

/** `--protected`: besides the seats of the configuration. */
export const protectedOption = (): Option =>
  new Option('--protected <file>', 'seats that must not be changed, from a CSV or JSON file: user, license, reason')

/** `--max-removals`: for plans that take away many seats. */
export const maxRemovalsOption = (): Option =>
  new Option('--max-removals <number>', 'how many seats the plan may take away; a swap takes one').argParser(
    wholeNumber(0, 1_000_000_000),
  )

export const usersOption = (): Option =>
  new Option('--users <number>', 'people in each simulated organization')
    .argParser(wholeNumber(10, 1_000_000))
    .default(1_000)

export const seedOption = (): Option =>
  new Option('--seed <number>', 'organizations of the same seed are the same')
    .argParser(wholeNumber(0, 2 ** 31 - 1))
    .default(1)

export const latencyOption = (): Option =>
  new Option('--latency <ms>', 'added to every answer, in milliseconds').argParser(wholeNumber(0, 600_000)).default(0)

export const portOption = (): Option =>
  new Option('--port <number>', 'port of the first simulator; the others follow (default: any free ones)').argParser(
    wholeNumber(1, 65_000),
  )

/** `--valid-for`, in hours. */
export const validForOption = (): Option =>
  new Option('--valid-for <hours>', 'how long the plan may be applied').argParser(wholeNumber(1, 24 * 366)).default(24)
