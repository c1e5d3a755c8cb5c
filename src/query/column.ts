import type { Capacity } from '../model/count.ts'
import { digitsOf } from '../model/currency.ts'
import { momentOf } from '../model/moment.ts'
import type { Cost, Money, Utilization } from '../report/index.ts'

/** The types of columns, in the words of SQL. A `DECIMAL(20,4)` holds every amount of money exactly. */
export type ColumnType =
  | 'VARCHAR'
  | 'BIGINT'
  | 'DOUBLE'
  | 'BOOLEAN'
  | 'DATE'
  | 'TIMESTAMP WITH TIME ZONE'
  | 'DECIMAL(20,4)'

/** What is in a column of one row, by the type of the column; null where there is nothing. */
export type ColumnValue = string | number | boolean | null

/** One column of a table, as the documents describe it. */
export interface TableColumn {
  readonly name: string
  readonly type: ColumnType
  /** What its numbers count. Absent: it has no unit. */
  readonly unit?: string | undefined
  readonly meaning: string
}

/** A column, and what is in it of a row. */
export interface Column<Row> extends TableColumn {
  readonly of: (row: Row) => ColumnValue
}

const column =
  (type: ColumnType) =>
  <Row>(name: string, meaning: string, of: (row: Row) => ColumnValue | undefined, unit?: string): Column<Row> => ({
    name,
    type,
    ...(unit === undefined ? {} : { unit }),
    meaning,
    of: (row) => of(row) ?? null,
  })

export const text = column('VARCHAR')
export const yesNo = column('BOOLEAN')
/** A day, `2026-01-31`. */
export const day = column('DATE')
/** A whole number that is always known. */
export const whole = column('BIGINT')

const reasonColumn = <Row>(name: string, of: (row: Row) => string | undefined): Column<Row> =>
  text(`${name}_reason`, `Why \`${name}\` is not known; NULL where it is.`, of)

const NOT_PROVIDED = 'the vendor does not provide it'

/** A time, with the reason where there is none. A time that cannot be read as one is none. */
export const time = <Row>(
  name: string,
  meaning: string,
  of: (row: Row) => string | undefined,
  reason: (row: Row) => string = () => NOT_PROVIDED,
): readonly Column<Row>[] => {
  const readable = (row: Row) => {
    const iso = of(row)
    return iso === undefined || momentOf(iso) === undefined ? undefined : iso
  }
  return [
    column('TIMESTAMP WITH TIME ZONE')(name, meaning, readable),
    reasonColumn(name, (row) => (readable(row) === undefined ? reason(row) : undefined)),
  ]
}

/** A text of the vendor's record: it names one, names none, or is not known. */
export const named = <Row>(
  name: string,
  meaning: string,
  of: (row: Row) => string | null | undefined,
): readonly Column<Row>[] => [
  text(name, meaning, of),
  text(`${name}_kind`, `\`named\`, \`none\` (the vendor's record has none), or \`unknown\`.`, (row) => {
    const value = of(row)
    if (value === null) return 'none'
    return value === undefined ? 'unknown' : 'named'
  }),
  reasonColumn(name, (row) => (of(row) === undefined ? NOT_PROVIDED : undefined)),
]

type Quantity = Capacity | Utilization

const kindColumn = <Row>(name: string, kinds: string, of: (row: Row) => string): Column<Row> =>
  text(`${name}_kind`, kinds, of)

const quantityColumns =
  (type: 'BIGINT' | 'DOUBLE', kinds: string) =>
  <Row>(name: string, unit: string, meaning: string, of: (row: Row) => Quantity): readonly Column<Row>[] => {
    const numberColumn = column(type)
    return [
      numberColumn(
        name,
        meaning,
        (row: Row) => {
          const quantity = of(row)
          return quantity.kind === 'known' ? quantity.value : undefined
        },
        unit,
      ),
      kindColumn(name, kinds, (row) => of(row).kind),
      reasonColumn(name, (row) => {
        const quantity = of(row)
        return quantity.kind === 'unknown' ? quantity.reason : undefined
      }),
      numberColumn(
        `${name}_at_least`,
        `A lower bound, where \`${name}\` is unknown and something was counted.`,
        (row: Row) => {
          const quantity = of(row)
          return quantity.kind === 'unknown' ? quantity.atLeast : undefined
        },
        unit,
      ),
    ]
  }

const COUNT_KINDS = '`known`, `unknown`, or `notApplicable`.'

/** A number that was counted: the number, its kind, why it is not known, and what is certain of it. */
export const count = quantityColumns('BIGINT', COUNT_KINDS)
/** The same, where there may be no limit. */
export const capacity = quantityColumns('BIGINT', '`known`, `unknown`, `unlimited`, or `notApplicable`.')
/** A part of something: 1 is all. */
export const part = quantityColumns('DOUBLE', COUNT_KINDS)

const SCALE = 4

/** An amount as decimal text in major units: 11000 EUR is `110.0000`. Text, as a number in floating point is not exact. */
const decimalOf = ({ amount, currency }: Money): string => {
  const digits = digitsOf(currency)
  const all = String(Math.abs(amount)).padStart(digits + 1, '0')
  const wholes = all.slice(0, all.length - digits)
  return `${amount < 0 ? '-' : ''}${wholes}.${all.slice(all.length - digits).padEnd(SCALE, '0')}`
}

const amountsText = (amounts: readonly Money[]): string =>
  amounts.map((money) => `${decimalOf(money)} ${money.currency}`).join(' and ')

/** A cost as one amount, if it is one. */
interface FlatCost {
  readonly kind: Cost['kind'] | 'severalCurrencies'
  readonly amount?: string | undefined
  readonly currency?: string | undefined
  readonly reason?: string | undefined
  readonly atLeast?: string | undefined
}

const flatCost = (cost: Cost): FlatCost => {
  if (cost.kind === 'notApplicable') return { kind: 'notApplicable' }
  const [first, ...others] = cost.kind === 'known' ? cost.amounts : (cost.atLeast ?? [])
  if (cost.kind === 'unknown') {
    if (first === undefined) return { kind: 'unknown', reason: cost.reason }
    if (others.length > 0) {
      return { kind: 'unknown', reason: `${cost.reason}; at least ${amountsText([first, ...others])}` }
    }
    return { kind: 'unknown', reason: cost.reason, currency: first.currency, atLeast: decimalOf(first) }
  }
  if (first === undefined) return { kind: 'notApplicable' }
  if (others.length > 0) return { kind: 'severalCurrencies', reason: amountsText([first, ...others]) }
  return { kind: 'known', amount: decimalOf(first), currency: first.currency }
}

/** What something costs a month. Amounts of several currencies are never added up. */
export const cost = <Row>(meaning: string, of: (row: Row) => Cost): readonly Column<Row>[] => [
  column('DECIMAL(20,4)')('cost', meaning, (row: Row) => flatCost(of(row)).amount, 'a month, in `cost_currency`'),
  text('cost_currency', 'ISO 4217.', (row) => flatCost(of(row)).currency),
  kindColumn(
    'cost',
    '`known`, `unknown`, `notApplicable`, or `severalCurrencies`: then `cost_reason` has the amounts.',
    (row) => flatCost(of(row)).kind,
  ),
  text('cost_reason', 'Why `cost` is not one known amount; NULL where it is.', (row) => flatCost(of(row)).reason),
  column('DECIMAL(20,4)')(
    'cost_at_least',
    'What is known of a cost that is unknown.',
    (row: Row) => flatCost(of(row)).atLeast,
    'a month, in `cost_currency`',
  ),
]
