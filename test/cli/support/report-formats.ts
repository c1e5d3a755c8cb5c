import { expect } from 'vitest'
import type { Capacity } from '../../../src/model/count.ts'
import type { Cost, LicenseReport, LicenseRow, UserRow, Utilization } from '../../../src/report/license-report.ts'

const DIGITS: Readonly<Record<string, number>> = { EUR: 2, USD: 2, JPY: 0 }
const CURRENCIES = ['EUR', 'JPY', 'USD']

/** What a spreadsheet shows, taken back to what it was made from. */
export const unguarded = (text: string): string => text.replace(/^'/, '')

export type CsvRow = Readonly<Record<string, string>>

const notKnown = (note: string): Capacity => {
  if (note === 'not applicable') return { kind: 'notApplicable' }
  const [, atLeast, reason = ''] = /^unknown(?:, at least (\d+))?: (.*)$/s.exec(note) ?? []
  return { kind: 'unknown', reason, ...(atLeast === undefined ? {} : { atLeast: Number(atLeast) }) }
}

export const csvCount = (row: CsvRow, key: string): Capacity => {
  const value = row[key] ?? ''
  if (value === 'unlimited') return { kind: 'unlimited' }
  return value === '' ? notKnown(row[`${key}Note`] ?? '') : { kind: 'known', value: Number(value) }
}

const minor = (text: string | number, currency: string): number =>
  Math.round(Number(text) * 10 ** (DIGITS[currency] ?? 2))

export const csvCost = (row: CsvRow): Cost | undefined => {
  const amounts = CURRENCIES.flatMap((currency) => {
    const text = row[`cost${currency}`] ?? ''
    return text === '' ? [] : [{ amount: minor(text, currency), currency }]
  })
  const note = row.costNote ?? ''
  if (note === '') return amounts.length === 0 ? undefined : { kind: 'known', amounts }
  expect(amounts).toEqual([])
  if (note === 'not applicable') return { kind: 'notApplicable' }
  const [, least, reason = ''] = /^unknown(?:, at least ([^:]*))?: (.*)$/s.exec(note) ?? []
  const atLeast = least?.split(' + ').map((money) => {
    const [currency = '', amount = ''] = money.split(' ')
    return { amount: minor(amount, currency), currency }
  })
  return { kind: 'unknown', reason, ...(atLeast === undefined ? {} : { atLeast }) }
}

/** What a workbook has for a number: itself or a word. */
export const word = (count: Capacity | Utilization): string | number => {
  switch (count.kind) {
    case 'known':
      return count.value
    case 'unknown':
      return count.atLeast === undefined ? 'unknown' : `at least ${count.atLeast}`
    case 'unlimited':
      return 'unlimited'
    case 'notApplicable':
      return 'not applicable'
  }
}

/** What people read for a number. */
export const shown = (count: Capacity): string => {
  switch (count.kind) {
    case 'known':
      return count.value.toLocaleString('en-US')
    case 'unknown':
      return count.atLeast === undefined ? 'unknown' : `≥ ${count.atLeast.toLocaleString('en-US')}`
    case 'unlimited':
      return 'unlimited'
    case 'notApplicable':
      return '–'
  }
}

export const shownCost = (cost: Cost): string => {
  if (cost.kind === 'notApplicable') return '–'
  const amounts = (cost.kind === 'known' ? cost.amounts : (cost.atLeast ?? [])).map(({ amount, currency }) => {
    const digits = DIGITS[currency] ?? 2
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits }
    return `${currency} ${(amount / 10 ** digits).toLocaleString('en-US', options)}`
  })
  const text = amounts.join(' + ')
  return cost.kind === 'known' ? text : text === '' ? 'unknown' : `≥ ${text}`
}

export const expectSheetCost = (row: Readonly<Record<string, string | number>>, cost: Cost | undefined): void => {
  for (const currency of CURRENCIES) {
    const heading = `Cost per month (${currency})`
    if (!(heading in row)) continue
    const money = cost?.kind === 'known' ? cost.amounts.find((amount) => amount.currency === currency) : undefined
    if (money !== undefined) expect(minor(row[heading] ?? '', currency)).toBe(money.amount)
    else
      expect(row[heading]).toBe(
        cost === undefined || cost.kind === 'known' ? '' : cost.kind === 'unknown' ? 'unknown' : 'not applicable',
      )
  }
}

const MARKS = /[⁰¹²³⁴⁵⁶⁷⁸⁹]+$/

/** The cells of a Markdown table's lines, as a reader sees them. */
export const mdRows = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .slice(2, -2)
        .split(/(?<!\\)\|/)
        .map((cell) =>
          cell
            .trim()
            .replace(/&#8288;/g, '')
            .replace(/\\([\\`*_[\]<>|~$:.])/g, '$1')
            .replace(/&amp;/g, '&')
            .replace(MARKS, ''),
        ),
    )

/** The lines of a text table as cells: its columns are apart by two spaces at least. */
export const tableRows = (text: string): readonly (readonly string[])[] =>
  text.split('\n').map((line) =>
    line
      .trim()
      .split(/ {2,}/)
      .map((cell) => cell.replace(MARKS, '')),
  )

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' }

/** What a reader sees of a piece of the page, without the marks of footnotes. */
export const seen = (markup: string): string =>
  markup
    .replace(/<svg.*?<\/svg>|<sup>.*?<\/sup>/gs, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&(\w+);/g, (_, entity) => ENTITIES[entity] ?? '?')
    .trim()
    .replace(MARKS, '')

/** What a workbook has beside the notes for a number: what it is at least. */
export const least = (count: Capacity | undefined): string | number => {
  if (count?.kind === 'known') return count.value
  return count?.kind === 'unknown' ? (count.atLeast ?? '') : ''
}

export const expectLeastCost = (row: Readonly<Record<string, string | number>>, cost: Cost | undefined): void => {
  const amounts = cost?.kind === 'known' ? cost.amounts : cost?.kind === 'unknown' ? (cost.atLeast ?? []) : []
  for (const currency of CURRENCIES) {
    const heading = `Cost per month, at least (${currency})`
    if (!(heading in row)) continue
    const amount = amounts.find((money) => money.currency === currency)?.amount
    const cell = row[heading] ?? ''
    expect(cell === '' ? undefined : minor(cell, currency)).toBe(amount)
  }
}

/** What could not be read of the providers of which somebody has no account: they may have one. */
const doubtsElsewhere = ({ providers }: LicenseReport, users: readonly UserRow[]): readonly string[] =>
  providers
    .filter(({ id, status }) => status !== 'complete' && users.every(({ provider }) => provider !== id))
    .map(({ id, error, ledgers }) => {
      const gaps = ledgers.assignments.gaps.map(({ what, reason }) => `the list of users lacks ${what}: ${reason}`)
      return `${id}: ${error?.message ?? gaps.join('; ')}`
    })

/** What a person costs: all accounts together, and maybe more where there may be another account. */
export const costOfPerson = (report: LicenseReport, users: readonly UserRow[]): Cost => {
  const sums = new Map<string, number>()
  const reasons = new Set<string>()
  for (const { cost } of users) {
    const amounts = cost?.kind === 'known' ? cost.amounts : cost?.kind === 'unknown' ? (cost.atLeast ?? []) : []
    for (const { amount, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + amount)
    if (cost?.kind === 'unknown') reasons.add(cost.reason)
  }
  const all = [...reasons, ...doubtsElsewhere(report, users)]
  const amounts = CURRENCIES.flatMap((currency) => {
    const amount = sums.get(currency)
    return amount === undefined ? [] : [{ amount, currency }]
  })
  if (all.length === 0) return amounts.length === 0 ? { kind: 'notApplicable' } : { kind: 'known', amounts }
  return { kind: 'unknown', reason: all.join(', and '), ...(amounts.length === 0 ? {} : { atLeast: amounts }) }
}

/** It comes with the organization: people read it last. */
export const isFree = ({ purchased, cost, boughtOnly, declaredOnly }: LicenseRow): boolean =>
  purchased.kind === 'notApplicable' &&
  (cost === undefined || cost.kind === 'notApplicable') &&
  boughtOnly === undefined &&
  declaredOnly === undefined
