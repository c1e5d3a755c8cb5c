import { type CallingProperties, didYouMean, type Intent } from '../../index.ts'
import { quantity } from '../../render/index.ts'
import type { PlanOptions } from '../commands/plan.ts'
import { CommandMistake, UsageError } from '../usage-error.ts'
import type { ChangeRow } from './change-rows.ts'

/** What is to be done with every user who is named without saying what. */
type Order =
  | { readonly action: 'assign' | 'remove'; readonly license: string }
  | { readonly action: 'swap'; readonly license: string; readonly to: string }

const pairsOf = (licenses: readonly string[]): readonly (readonly [string, string])[] => {
  if (licenses.length % 2 === 1) {
    throw new CommandMistake([`--swap: expected two licenses, FROM and TO, found ${licenses.join(' ')}`])
  }
  return licenses.flatMap((license, index) => (index % 2 === 0 ? [[license, licenses[index + 1] ?? ''] as const] : []))
}

const ordersOf = ({ assign = [], remove = [], swap = [] }: PlanOptions): readonly Order[] => [
  ...remove.map((license) => ({ action: 'remove', license }) as const),
  ...pairsOf(swap).map(([license, to]) => ({ action: 'swap', license, to }) as const),
  ...assign.map((license) => ({ action: 'assign', license }) as const),
]

const callingOf = ({ locationId, phoneNumber, extension }: ChangeRow): CallingProperties | undefined =>
  locationId === undefined && phoneNumber === undefined && extension === undefined
    ? undefined
    : {
        ...(locationId === undefined ? {} : { locationId }),
        ...(phoneNumber === undefined ? {} : { phoneNumber }),
        ...(extension === undefined ? {} : { extension }),
      }

const ACTIONS = ['assign', 'remove', 'swap'] as const

/** The order that a row gives itself, or one line that says what is wrong with it. */
const ownOrder = ({ source, action, license, to }: ChangeRow): Order | string => {
  const known = ACTIONS.find((one) => one === action?.toLowerCase())
  if (known === undefined) {
    return `${source}: action: expected one of ${ACTIONS.join(', ')}, found ${JSON.stringify(action)}${didYouMean(action ?? '', ACTIONS)}`
  }
  if (license === undefined)
    return `${source}: license: expected a license, as the line has an action; to change all lines alike, leave out the column action`
  if (known !== 'swap') return { action: known, license }
  return to === undefined ? `${source}: to: expected the license to get` : { action: 'swap', license, to }
}

/** What would be ignored silently. */
const pointless = ({ source, action, to, locationId, phoneNumber, extension }: ChangeRow): readonly string[] => [
  ...(action !== undefined && action.toLowerCase() !== 'swap' && to !== undefined
    ? [`${source}: to: expected only with the action swap`]
    : []),
  ...(action?.toLowerCase() === 'remove' && (locationId ?? phoneNumber ?? extension) !== undefined
    ? [`${source}: calling properties: expected only where a license is given`]
    : []),
]

/** One line for what is wrong with many rows alike. */
const inRows = (rows: readonly ChangeRow[], problem: string): readonly string[] => {
  const [first, ...others] = rows
  if (first === undefined) return []
  const elsewhere = others.length === 0 ? '' : ` (and so ${quantity(others.length, 'other row')})`
  return [`${first.source}: ${problem}${elsewhere}`]
}

const ACTION = `action: expected one of ${ACTIONS.join(', ')}`

const checkActions = (orders: readonly Order[], rows: readonly ChangeRow[]): void => {
  const without = rows.filter(({ action }) => action === undefined)
  const meant = without.filter(({ license, to }) => license !== undefined || to !== undefined)
  const problems = [
    ...inRows(meant, `${ACTION} beside a license`),
    ...(orders.length === 0 && without.length < rows.length && meant.length === 0 ? inRows(without, ACTION) : []),
  ]
  if (problems.length > 0) throw new UsageError(problems)
  if (orders.length === 0 && without.length > 0) {
    throw new CommandMistake(['expected a change: --assign, --remove or --swap, or a file with a column "action"'])
  }
}

const checkFlags = (options: PlanOptions, orders: readonly Order[], rows: readonly ChangeRow[]): void => {
  const { exactly = false, addOnly = false, removeOnly = false, location, phone, extension } = options
  const hasCalling = location !== undefined || phone !== undefined || extension !== undefined
  const problems = [
    ...(exactly && (orders.length === 0 || orders.some(({ action }) => action !== 'assign'))
      ? ['--exactly: expected with --assign, and without --remove and --swap']
      : []),
    ...(exactly && rows.some(({ action }) => action !== undefined)
      ? ['--exactly: expected a file of users only, without actions']
      : []),
    ...((addOnly || removeOnly) && !exactly ? ['--add-only and --remove-only: expected with --exactly'] : []),
    ...(addOnly && removeOnly ? ['--add-only and --remove-only: expected one of them'] : []),
    ...(hasCalling && (exactly || !orders.some(({ action }) => action !== 'remove'))
      ? ['--location, --phone and --extension: expected with --assign or --swap, and without --exactly']
      : []),
    ...(hasCalling && (options.user ?? []).length !== 1
      ? ['--location, --phone and --extension: expected with a single --user; for several of them use --file']
      : []),
    ...(rows.length === 0 ? ['expected the users to change: --user or --file'] : []),
  ]
  if (problems.length > 0) throw new CommandMistake(problems)
}

/** What the command line and the file together ask for, or a `UsageError` with all that is wrong with it. */
export const intentsOf = (options: PlanOptions, fileRows: readonly ChangeRow[]): readonly Intent[] => {
  const { location: locationId, phone: phoneNumber, extension } = options
  const calling = Object.fromEntries(
    Object.entries({ locationId, phoneNumber, extension }).filter(([, value]) => value !== undefined),
  )
  const rows: readonly ChangeRow[] = [
    ...(options.user ?? []).map((user) => ({ source: '--user', user, ...calling })),
    ...fileRows,
  ]
  const orders = ordersOf(options)
  checkFlags(options, orders, rows)
  checkActions(orders, rows)

  const problems = rows.flatMap((row) => [
    ...(row.user === undefined ? [`${row.source}: user: expected an e-mail address or an id`] : []),
    ...pointless(row),
  ])
  const intents: Intent[] = []
  for (const row of rows) {
    const { source, user = '' } = row
    const own = row.action === undefined ? undefined : ownOrder(row)
    if (typeof own === 'string') {
      problems.push(own)
      continue
    }
    const calling = callingOf(row)
    if (options.exactly) continue
    for (const order of own === undefined ? orders : [own]) {
      const asked = { source, licenseSource: own === undefined ? `--${order.action}` : undefined, user }
      intents.push(order.action === 'remove' ? { ...asked, ...order } : { ...asked, ...order, calling })
    }
  }
  if (problems.length > 0) throw new UsageError(problems)
  if (!options.exactly) return intents
  const only = options.addOnly ? 'add' : options.removeOnly ? 'remove' : undefined
  const users = rows.map(({ user = '' }) => user)
  const userSources = rows.map(({ source }) => source)
  const userCallings = rows.map(callingOf)
  return orders.map(({ license }) => ({
    source: '--exactly',
    licenseSource: '--assign',
    action: 'exactly',
    license,
    users,
    userSources,
    userCallings,
    only,
  }))
}
