import { createLicenseReport, type LicenseProvider, type LicenseReportOptions, type Price } from '../../src/index.ts'
import type { PriceTable } from '../../src/report/cost/pricing.ts'
import { atTime } from './at-time.ts'

/** When the reports of these tests are made. */
export const NOW = '2026-11-20T10:00:00.000Z'

export const seatPrice = (amount: number, more: Partial<Price> = {}): Price => ({
  amount,
  currency: 'EUR',
  per: 'seat-month',
  ...more,
})

export const packPrice = (amount: number, packSize: number, more: Partial<Price> = {}): Price => ({
  ...seatPrice(amount, more),
  per: 'pack-month',
  packSize,
})

/** Prices by provider and license. */
export const priceTable = (
  prices: Readonly<Record<string, Readonly<Record<string, Price | readonly Price[]>>>>,
): PriceTable =>
  new Map(
    Object.entries(prices).map(([provider, licenses]) => [
      provider,
      new Map(Object.entries(licenses).map(([id, price]) => [id, 'amount' in price ? [price] : price])),
    ]),
  )

export const reportOn = (providers: readonly LicenseProvider[], options: LicenseReportOptions = {}) =>
  createLicenseReport({ detail: true, clock: atTime(NOW), ...options })(providers)()
