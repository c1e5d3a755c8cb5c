import type { License } from '../../model/license.ts'
import { type ContractPrice, noticeDayOf, type Origin } from '../../model/purchase.ts'
import { originName, sourcesOf } from '../../report/purchase-words.ts'
import type { Cell } from '../grid/grid.ts'
import { countText } from './count-text.ts'

/** A price per this is what a seat costs a month. Of any other, only the amount is certain. */
const SEAT_MONTH = 'seat-month'

/** What a price buys, where that is not certain. */
export const UNIT_NOT_CERTAIN = 'per unit of the contract, not certain to be per month'

/** What the price is of: `per seat and month`. */
export const unitText = ({ per }: ContractPrice): string => {
  if (per === SEAT_MONTH) return 'per seat and month'
  return per === undefined ? UNIT_NOT_CERTAIN : `${UNIT_NOT_CERTAIN} (the contract says: ${per})`
}

/** As the contract writes it, but never with one decimal: `EUR 19.9` is read as a mistake for another amount. */
const moneyText = ({ amount, currency }: ContractPrice): string => `${currency} ${amount.replace(/\.\d$/, '$&0')}`

/** `from 2026-01-01 to 2026-12-31`; nothing where the contract does not say it. */
const validText = ({ validFrom, validTo }: ContractPrice): readonly string[] => {
  const parts = [
    ...(validFrom === undefined ? [] : [`from ${validFrom}`]),
    ...(validTo === undefined ? [] : [`${validFrom === undefined ? 'until' : 'to'} ${validTo}`]),
  ]
  return parts.length === 0 ? [] : [parts.join(' ')]
}

/** `EUR 75.50 from 2026-01-01 to 2026-12-31`. */
const amountOfPrice = (price: ContractPrice): string => [moneyText(price), ...validText(price)].join(' ')

/** Prices with what each is of: `EUR 75.50 per seat and month`. */
export const pricesText = (prices: readonly ContractPrice[] = []): string =>
  prices.map((price) => `${amountOfPrice(price)} ${unitText(price)}`).join('; ')

/** Prices with what each is of in a note. Several are told apart by when they are valid; of a single one, that is in its note. */
export const pricesCell = (prices: readonly ContractPrice[] = []): Cell => {
  const [first, ...others] = prices
  if (first === undefined) return ''
  return others.length === 0
    ? { text: moneyText(first), notes: [[unitText(first), ...validText(first)].join(', ')] }
    : { text: prices.map(amountOfPrice).join('; '), notes: [...new Set(prices.map(unitText))] }
}

type Facts = Omit<License, 'raw' | 'metric' | 'includes' | 'requires' | 'consumedByUsers' | 'holders'>

interface PurchaseFact {
  /** For machines: the heading in CSV. */
  readonly key: string
  readonly heading: string
  readonly holds: 'text' | 'number'
  /** Its text is a list, and this stands between the elements. */
  readonly separator?: string
  readonly factOf: (license: Facts) => string | number
}

type Field = 'purchased' | 'consumed'

/** Each thing once, in their order. */
const distinct = (texts: readonly (string | undefined)[]): string =>
  [...new Set(texts.filter((text) => text !== undefined))].join('; ')

const ofSources =
  (field: Field, textOf: (origin: Origin) => string | undefined) =>
  (license: Facts): string =>
    distinct(sourcesOf(license, field).map(textOf))

const originFacts = (field: Field, heading: string): readonly PurchaseFact[] => [
  {
    key: `${field}Source`,
    heading: `${heading}: source`,
    holds: 'text',
    factOf: ofSources(field, ({ source }) => source),
  },
  {
    key: `${field}SourceName`,
    heading: `${heading}: which`,
    holds: 'text',
    factOf: ofSources(field, ({ name }) => name),
  },
  { key: `${field}AsOf`, heading: `${heading}: as of`, holds: 'text', factOf: ofSources(field, ({ at }) => at) },
]

/**
 * What contracts, bills, files and the configuration say of a license, and what it is for, one fact a column, for machines. An
 * empty text: the number is of the vendor's list of licenses, or the fact is not told.
 */
export const purchaseFacts: readonly PurchaseFact[] = [
  ...originFacts('purchased', 'Purchased'),
  ...originFacts('consumed', 'Consumed'),
  {
    key: 'billingPeriodStart',
    heading: 'Billing period start',
    holds: 'text',
    factOf: ofSources('consumed', ({ period }) => period?.start),
  },
  {
    key: 'billingPeriodEnd',
    heading: 'Billing period end',
    holds: 'text',
    factOf: ofSources('consumed', ({ period }) => period?.end),
  },
  {
    key: 'billingPeriodStatus',
    heading: 'Billing period',
    holds: 'text',
    factOf: ofSources('consumed', ({ period }) => period?.status),
  },
  {
    key: 'committedPrice',
    heading: 'Committed price',
    holds: 'text',
    factOf: ({ committedPrices }) => pricesText(committedPrices),
  },
  {
    key: 'overagePrice',
    heading: 'Overage price',
    holds: 'text',
    factOf: ({ overagePrices }) => pricesText(overagePrices),
  },
  { key: 'termStart', heading: 'Term start', holds: 'text', factOf: ({ term }) => term?.start ?? '' },
  { key: 'termEnd', heading: 'Term end', holds: 'text', factOf: ({ term }) => term?.end ?? '' },
  { key: 'noticeDays', heading: 'Notice in days', holds: 'number', factOf: ({ term }) => term?.noticeDays ?? '' },
  {
    key: 'noticeDay',
    heading: 'Cancel by',
    holds: 'text',
    factOf: ({ term }) => (term === undefined ? '' : (noticeDayOf(term) ?? '')),
  },
  {
    key: 'boughtOnly',
    heading: 'Bought only',
    holds: 'text',
    factOf: ({ boughtOnly }) => (boughtOnly ? 'bought, mapped to no license' : ''),
  },
  {
    key: 'overridden',
    heading: 'Not counted',
    holds: 'text',
    factOf: ({ overridden = [] }) =>
      overridden.map(({ field, value, from }) => `${field} ${countText(value)}: ${originName(from)}`).join('; '),
  },
  {
    key: 'services',
    heading: 'Services',
    holds: 'text',
    separator: ' ',
    factOf: ({ services }) => (services?.length === 0 ? 'none' : (services ?? []).join(' ')),
  },
]
