import type { LicenseService } from '../../model/license.ts'
import type { ContractPrice, Origin, Term } from '../../model/purchase.ts'
import type { LicenseRow } from '../../report/license-report.ts'
import type { ContractDiff, FactDiff } from './snapshot-diff.ts'

/** What makes facts differ, as text. The same source is read on another day, and for another period, every time. */
const originKey = ({ source, name }: Origin): string => JSON.stringify([source, name])
const termKey = ({ start, end, noticeDays }: Term): string => JSON.stringify([start, end, noticeDays])
const pricesKey = (prices: readonly ContractPrice[]): string =>
  JSON.stringify(
    prices.map(({ amount, currency, per, validFrom, validTo }) => [amount, currency, per, validFrom, validTo]),
  )

const differing = <A>(
  before: A | undefined,
  after: A | undefined,
  keyOf: (fact: A) => string,
): FactDiff<A> | undefined => {
  const keys = [before, after].map((fact) => (fact === undefined ? undefined : keyOf(fact)))
  if (keys[0] === keys[1]) return undefined
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }
}

/** In another order, they are the same. */
const servicesKey = (services: readonly LicenseService[]): string => JSON.stringify([...new Set(services)].sort())

/** Only where both sides tell them: older versions knew of no services, and snapshots of theirs tell none. */
const differingServices = (old: LicenseRow, now: LicenseRow): ContractDiff['services'] =>
  old.services === undefined || now.services === undefined
    ? undefined
    : differing(old.services, now.services, servicesKey)

/** What differs in a license that both snapshots have. One that came or went has no such difference. */
export const compareContracts = (old: LicenseRow | undefined, now: LicenseRow | undefined): ContractDiff => {
  if (old === undefined || now === undefined) return {}
  const purchasedFrom = differing(old.purchasedFrom, now.purchasedFrom, originKey)
  const consumedFrom = differing(old.consumedFrom, now.consumedFrom, originKey)
  const term = differing(old.term, now.term, termKey)
  const committedPrices = differing(old.committedPrices, now.committedPrices, pricesKey)
  const services = differingServices(old, now)
  const overagePrices = differing(old.overagePrices, now.overagePrices, pricesKey)
  return {
    ...(purchasedFrom === undefined ? {} : { purchasedFrom }),
    ...(consumedFrom === undefined ? {} : { consumedFrom }),
    ...(term === undefined ? {} : { term }),
    ...(committedPrices === undefined ? {} : { committedPrices }),
    ...(services === undefined ? {} : { services }),
    ...(overagePrices === undefined ? {} : { overagePrices }),
  }
}
