import * as E from 'fp-ts/lib/Either.js'
import type { Capacity } from '../model/count.ts'
import { digitsOf } from '../model/currency.ts'
import { minorUnitsOf } from '../model/decimal.ts'
import type { Cost, Utilization } from '../report/license-report.ts'

/** What a column is called, and what its values are. */
export interface FilterField {
  /** As it is written in an expression, in any case. */
  readonly key: string
  /** What people read above the column. */
  readonly heading: string
  readonly holds: 'text' | 'number' | 'count' | 'part' | 'cost' | 'time'
  /** Its text is a list, and these stand between its elements: `=` and `in` are about single elements. */
  readonly separator?: string | undefined
}

/** A value of a row. An empty text: there is none. */
export type FilterValue =
  | string
  | number
  | { readonly count: Capacity }
  | { readonly part: Utilization }
  | { readonly cost: Cost }
  | { readonly time: string }
  | { readonly text: string }

/** What a number may be: the least and the most. `none`: there is no number. */
export type Extent = readonly [least: number, most: number] | 'none' | 'empty'

const ANY: Extent = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]

const extentOfCount = (count: Capacity): Extent => {
  switch (count.kind) {
    case 'known':
      return [count.value, count.value]
    case 'unlimited':
      return [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    case 'notApplicable':
      return 'none'
    case 'unknown':
      return [count.atLeast ?? Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  }
}

/** An amount of money that a cost is compared with. Without a currency: that of the cost, if it has only one. */
export interface ComparedMoney {
  readonly amount: string
  readonly currency?: string | undefined
}

/** The amount in the smallest unit of the currency, with a fraction where there is no such unit. */
const minorUnits = (amount: string, currency: string): number => {
  const exact = minorUnitsOf(amount, currency)
  return E.isRight(exact) ? exact.right : Number(amount) * 10 ** digitsOf(currency)
}

/** A cost less what it is compared with, so that it is compared with 0. */
const extentOfCost = (cost: Cost, { amount, currency }: ComparedMoney): Extent => {
  if (cost.kind === 'notApplicable') return 'none'
  const amounts = cost.kind === 'known' ? cost.amounts : (cost.atLeast ?? [])
  const [only, another] = amounts
  if (currency === undefined && another !== undefined) return ANY
  const chosen = currency ?? only?.currency ?? ''
  const found = amounts.find((money) => money.currency === chosen)?.amount ?? 0
  const difference = found - minorUnits(amount, chosen)
  if (cost.kind === 'known') return [difference, difference]
  return cost.atLeast === undefined ? ANY : [difference, Number.POSITIVE_INFINITY]
}

/** What a value may be as a number: a time in milliseconds, a cost as its difference to `money`. */
export const extentOf = (value: FilterValue, money: ComparedMoney): Extent => {
  if (value === '') return 'empty'
  if (typeof value === 'number') return [value, value]
  // The word for a number that is not known.
  if (typeof value === 'string' || 'text' in value) return ANY
  if ('count' in value) return extentOfCount(value.count)
  if ('part' in value) return extentOfCount(value.part)
  if ('cost' in value) return extentOfCost(value.cost, money)
  const time = Date.parse(value.time)
  return Number.isNaN(time) ? ANY : [time, time]
}

/** What a value is as a text; empty where there is none. */
export const textOfValue = (value: FilterValue): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if ('text' in value) return value.text
  return 'time' in value ? value.time : ''
}

/** `text`: a text, a time, or a number that is not counted. */
export const kindOfValue = (value: FilterValue): 'text' | Capacity['kind'] => {
  if (typeof value !== 'object') return typeof value === 'number' ? 'known' : 'text'
  if ('count' in value) return value.count.kind
  if ('part' in value) return value.part.kind
  return 'cost' in value ? value.cost.kind : 'text'
}
