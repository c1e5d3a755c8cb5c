import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import { type Capacity, type Count, known, notApplicable, unknown } from '../../model/count.ts'
import { type Ledger, shortfallsOf } from '../../model/ledger.ts'
import { createPricing, type Pricing } from '../../report/cost/pricing.ts'
import type { LicenseRow } from '../../report/license-report.ts'
import { licenseRows } from '../../report/license-rows.ts'
import { type ProviderReading, readProvider } from '../../report/provider-reading.ts'
import type { SnapshotProvider } from '../manifest.ts'
import type { Snapshot } from '../read-snapshot.ts'
import { reasonNotToCompare, reasonNotToCompareUsers } from './comparable.ts'
import { type ComparedLicense, type CostedSide, compareCosts } from './compare-costs.ts'
import { compareHolders, type ListedHolders } from './compare-holders.ts'
import { addChanges } from './cost-change.ts'
import type { CapacityDiff, LicenseDiff, ProviderDiff, SnapshotDiff, UnknownCostChange } from './snapshot-diff.ts'

/** One provider in one snapshot. */
interface Side {
  readonly rows: ReadonlyMap<string, LicenseRow>
  readonly holders: ListedHolders
  /** Licenses that are defined, and not only held. */
  readonly defined: ReadonlySet<string>
  readonly licensesLedger: Ledger
}

const read = (provider: LicenseProvider, { clock }: Snapshot): Promise<ProviderReading> =>
  readProvider(provider, { scope: {}, clock, verify: false, detail: true, onPage: () => {} })

const sideOf = (reading: ProviderReading): Side => {
  const { licenses, users } = reading
  return {
    rows: new Map(licenseRows(reading).map((row) => [row.id, row])),
    holders: { ledger: users.ledger, users: new Map(users.value.everybody.map((user) => [user.id, user])) },
    defined: new Set(licenses.value.map(({ id }) => id)),
    licensesLedger: licenses.ledger,
  }
}

/** Why a license that one side has may be on the other side too, although it is not listed there. */
const doubtOfAbsence = (id: string, there: Side, absent: Side): string | undefined => {
  const shortfalls = [
    ...shortfallsOf(absent.licensesLedger),
    // Where only its holders show that there is such a license, they must be known.
    ...(there.defined.has(id) ? [] : shortfallsOf(absent.holders.ledger, id)),
  ]
  return shortfalls.join('; ') || undefined
}

/** For a license that one side lacks. */
const doubtOf = (id: string, before: Side, after: Side): string | undefined => {
  if (!before.rows.has(id)) return doubtOfAbsence(id, after, before)
  return after.rows.has(id) ? undefined : doubtOfAbsence(id, before, after)
}

const differenceOf = (before: Capacity, after: Capacity): Count => {
  const doubts = [before, after].flatMap((side) => (side.kind === 'unknown' ? [side.reason] : []))
  if (doubts.length > 0) return unknown([...new Set(doubts)].join('; '))
  if (before.kind === 'known' && after.kind === 'known') return known(after.value - before.value)
  return before.kind === after.kind && before.kind === 'unlimited' ? known(0) : notApplicable
}

/** A side without the license has no seats of it, or nobody knows how many. */
const compareCounts = (
  before: Capacity | undefined,
  after: Capacity | undefined,
  reason: string | undefined,
): CapacityDiff => {
  const absent = reason === undefined ? known(0) : unknown(reason)
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    difference: differenceOf(before ?? absent, after ?? absent),
  }
}

/** What nobody knows, neither before nor after, is no change. */
const isSame = ({ before, after }: CapacityDiff): boolean =>
  (before?.kind === 'unknown' && after?.kind === 'unknown') || JSON.stringify(before) === JSON.stringify(after)

const compareLicense = (
  id: string,
  before: Side,
  after: Side,
  holders: LicenseDiff['holders'],
): LicenseDiff | undefined => {
  const [old, now] = [before.rows.get(id), after.rows.get(id)]
  const row = now ?? old
  if (row === undefined) return undefined
  const reason = doubtOf(id, before, after)
  const change =
    reason !== undefined ? 'unknown' : old === undefined ? 'added' : now === undefined ? 'removed' : 'changed'
  const counts = {
    purchased: compareCounts(old?.purchased, now?.purchased, reason),
    consumed: compareCounts(old?.consumed, now?.consumed, reason),
    assigned: compareCounts(old?.assigned, now?.assigned, reason),
  }
  const isUnchanged =
    change === 'changed' &&
    old?.name === now?.name &&
    Object.values(counts).every(isSame) &&
    Object.values(holders).every((people) => people.length === 0)
  if (isUnchanged) return undefined
  return {
    provider: row.provider,
    id,
    name: row.name,
    change,
    ...(reason === undefined ? {} : { reason }),
    ...(old === undefined || old.name === row.name ? {} : { formerName: old.name }),
    ...(row.siteUrl === undefined ? {} : { siteUrl: row.siteUrl }),
    ...(row.subscriptionId === undefined ? {} : { subscriptionId: row.subscriptionId }),
    ...counts,
    holders,
  }
}

const costedSide = (row: LicenseRow | undefined, doubt: string | undefined, { priceOf }: Pricing): CostedSide => {
  if (row !== undefined) return { kind: 'there', purchased: row.purchased, price: priceOf(row.provider, row.id) }
  return doubt === undefined ? { kind: 'absent' } : { kind: 'missing', reason: doubt }
}

const pricingOf = ({ providers, manifest }: Snapshot): Pricing => createPricing(providers, manifest.generatedAt)

const providersOf = (before: Snapshot, after: Snapshot): readonly ProviderDiff[] => {
  const byId = (providers: readonly SnapshotProvider[]) => new Map(providers.map((provider) => [provider.id, provider]))
  const [old, now] = [byId(before.manifest.providers), byId(after.manifest.providers)]
  return [...new Map([...now, ...old]).keys()].flatMap((id) => {
    const provider = now.get(id) ?? old.get(id)
    if (provider === undefined) return []
    const { vendor, displayName } = provider
    const [was, is] = [old.get(id)?.status, now.get(id)?.status]
    return [
      {
        id,
        vendor,
        displayName,
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      },
    ]
  })
}

const isUndecided = ({ change, holders }: LicenseDiff): boolean => change === 'unknown' || holders.undecided.length > 0

/**
 * What changed from one snapshot to another. What one of them cannot tell for want of data is said, and is no change. A
 * `Left` is one line: the two are not of the same organisations, or nobody can be found in both.
 */
export const diffSnapshots =
  (before: Snapshot, after: Snapshot): TaskEither<string, SnapshotDiff> =>
  async () => {
    const incomparable = reasonNotToCompare(before, after)
    if (incomparable !== undefined) return E.left(incomparable)
    const providers = providersOf(before, after)
    const [oldPricing, newPricing] = [pricingOf(before), pricingOf(after)]
    const licenses: LicenseDiff[] = []
    const costs: { provider: string; changes: ReturnType<typeof compareCosts>['changes'] }[] = []
    const unknownCosts: UnknownCostChange[] = []
    let unchanged = 0
    for (const { id } of providers) {
      const [old, now] = [before, after].map(({ providers: all }) => all.find((provider) => provider.id === id))
      if (old === undefined || now === undefined) {
        unknownCosts.push({ provider: id, reason: 'the provider is in one of the snapshots only' })
        continue
      }
      const [was, is] = [sideOf(await read(old, before)), sideOf(await read(now, after))]
      const foreign = reasonNotToCompareUsers(id, was.holders.users, is.holders.users)
      if (foreign !== undefined) return E.left(foreign)
      const holdersOf = compareHolders(was.holders, is.holders)
      const compared: ComparedLicense[] = []
      for (const licenseId of new Map([...is.rows, ...was.rows]).keys()) {
        const [oldRow, newRow] = [was.rows.get(licenseId), is.rows.get(licenseId)]
        const doubt = doubtOf(licenseId, was, is)
        const diff = compareLicense(licenseId, was, is, holdersOf(licenseId))
        if (diff === undefined) unchanged++
        else licenses.push(diff)
        compared.push({
          provider: id,
          id: licenseId,
          name: (newRow ?? oldRow)?.name ?? licenseId,
          before: costedSide(oldRow, doubt, oldPricing),
          after: costedSide(newRow, doubt, newPricing),
        })
      }
      const { changes, unknown: untold } = compareCosts(compared)
      costs.push({ provider: id, changes })
      for (const one of untold) unknownCosts.push(one)
    }
    const hasPrices = oldPricing.hasPrices || newPricing.hasPrices
    const isRead = providers.every(({ before: was, after: is }) => was !== undefined && is !== undefined)
    const summaryOf = ({ manifest: { generatedAt, complete } }: Snapshot) => ({ generatedAt, complete })
    return E.right({
      schemaVersion: 1,
      before: summaryOf(before),
      after: summaryOf(after),
      complete: before.manifest.complete && after.manifest.complete && isRead && !licenses.some(isUndecided),
      providers,
      licenses,
      unchanged,
      ...(hasPrices
        ? {
            cost: {
              total: addChanges(costs.flatMap(({ changes }) => changes)),
              providers: costs,
              unknown: unknownCosts,
            },
          }
        : {}),
    })
  }
