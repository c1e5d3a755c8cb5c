import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { LIST_NAMES } from '../../report/report-problems.ts'
import { gapOf } from '../../report/uncertainty.ts'
import { problemsInJournals, problemsInSnapshot } from '../caller-input.ts'
import type { KnownJournals } from '../journals.ts'
import type { SnapshotProvider } from '../manifest.ts'
import { accountKept } from '../provider-account.ts'
import type { Snapshot } from '../read-snapshot.ts'
import { invalidIn, type SnapshotFailure } from '../snapshot-failure.ts'
import { attributionOf, type PlansBetween, type ProviderAttribution, plansBetween } from './attribute-changes.ts'
import { attributeSeats } from './attribute-seats.ts'
import { reasonNotToCompare, reasonNotToCompareUsers } from './comparable.ts'
import { compareCosts, type ProviderCosts } from './compare-costs.ts'
import { compareLicenses } from './compare-licenses.ts'
import { compareWorkspaces } from './compare-workspaces.ts'
import { type LicenseCost, licenseCost } from './license-cost.ts'
import { type ProviderSide, readSide } from './provider-side.ts'
import type { LicenseDiff, ProviderDiff, SnapshotDiff, SnapshotSummary, WorkspaceDiff } from './snapshot-diff.ts'

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

/** At least one license has a price. */
const hasPricesIn = ({ providers }: Snapshot): boolean =>
  providers.some(({ declaredLicenses }) =>
    [...(declaredLicenses?.values() ?? [])].some(({ prices = [] }) => prices.length > 0),
  )

/** Reads a provider in a snapshot; undefined where it is not in there. */
const sidesIn = (snapshot: Snapshot): ((id: string) => Promise<ProviderSide | undefined>) => {
  const providers = new Map(snapshot.providers.map((provider) => [provider.id, provider]))
  return async (id) => {
    const provider = providers.get(id)
    return provider === undefined ? undefined : readSide(provider, snapshot)
  }
}

/** What changed of one provider. */
interface ProviderChanges {
  /** As in {@link SnapshotDiff}. */
  readonly licenses: readonly LicenseDiff[]
  readonly workspaces: readonly WorkspaceDiff[]
  readonly unchanged: number
  readonly costs: ProviderCosts
  /** Undefined where nothing is to be attributed. */
  readonly attribution?: ProviderAttribution | undefined
}

/** What all providers are compared by. */
interface Comparison {
  readonly hasPrices: boolean
  /** Undefined where nothing is to be attributed. */
  readonly plans: PlansBetween | undefined
}

const compareProvider = (
  diff: ProviderDiff,
  before: ProviderSide,
  after: ProviderSide,
  { hasPrices, plans }: Comparison,
): ProviderChanges => {
  const provider = diff.id
  const workspaces = compareWorkspaces(
    before.workspaces,
    after.workspaces,
    (id) => (after.rows.get(id) ?? before.rows.get(id))?.name ?? id,
  )
  const attributed =
    plans === undefined || plans.impossible !== undefined
      ? undefined
      : attributeSeats({ provider, before, after, workspaces, changes: plans.changesIn(diff), ...plans })
  const compared = compareLicenses(before, after, hasPrices, attributed)
  const licenses = compared.flatMap((one) => (one.diff === undefined ? [] : [one.diff]))
  return {
    licenses,
    workspaces,
    ...(attributed === undefined
      ? {}
      : {
          attribution: {
            licenses: compared.flatMap(({ attribution }) => (attribution === undefined ? [] : [attribution])),
            passing: attributed.passing,
          },
        }),
    unchanged: compared.length - licenses.length,
    costs: {
      provider,
      licenses: compared.map(({ costed }) => costed),
      gaps: {
        before: gapOf(before.licensesLedger, LIST_NAMES.licenses),
        after: gapOf(after.licensesLedger, LIST_NAMES.licenses),
      },
    },
  }
}

const NOT_THERE = 'the provider is not in this snapshot'

/** A provider that one snapshot does not have: what it cost in the other one is known, and nothing can be compared. */
const costsOfOne = (provider: string, there: ProviderSide, side: 'before' | 'after'): ProviderCosts => {
  const other: LicenseCost = { cost: { kind: 'unknown', reason: NOT_THERE }, isListed: false }
  const gap = gapOf(there.licensesLedger, LIST_NAMES.licenses)
  return {
    provider,
    licenses: [...there.rows.values()].map((row) => {
      const own = licenseCost(row, undefined, there.pricing)
      const costs = side === 'before' ? { before: own, after: other } : { before: other, after: own }
      return { id: row.id, name: row.name, ...costs }
    }),
    gaps: side === 'before' ? { before: gap, after: NOT_THERE } : { before: NOT_THERE, after: gap },
    incomparable: 'the provider is in one of the snapshots only',
  }
}

const changesOfOne = (provider: string, there: ProviderSide, side: 'before' | 'after'): ProviderChanges => ({
  licenses: [],
  workspaces: [],
  unchanged: 0,
  costs: costsOfOne(provider, there, side),
})

/** Every provider of either snapshot; a `Left` says why they are not of the same organization. */
const compareProviders = async (
  providers: readonly ProviderDiff[],
  before: Snapshot,
  after: Snapshot,
  comparison: Comparison,
): Promise<E.Either<string, readonly ProviderChanges[]>> => {
  const [sideBefore, sideAfter] = [sidesIn(before), sidesIn(after)]
  const all: ProviderChanges[] = []
  for (const provider of providers) {
    const { id } = provider
    const [old, now] = [await sideBefore(id), await sideAfter(id)]
    if (old !== undefined && now !== undefined) {
      const foreign = reasonNotToCompareUsers(id, old.holders.users, now.holders.users)
      if (foreign !== undefined) return E.left(foreign)
      all.push(compareProvider(provider, old, now, comparison))
    } else if (old !== undefined) all.push(changesOfOne(id, old, 'before'))
    else if (now !== undefined) all.push(changesOfOne(id, now, 'after'))
  }
  return E.right(all)
}

const notComparable = (message: string): SnapshotFailure => ({ _tag: 'SnapshotsIncomparable', message })

const isUndecided = ({ change, holders }: LicenseDiff): boolean => change === 'unknown' || holders.undecided.length > 0

const summaryOf = ({ manifest: { generatedAt, complete, providers } }: Snapshot): SnapshotSummary => ({
  generatedAt,
  complete,
  providers: providers.map(accountKept),
})

/**
 * What changed from one snapshot to another. What is unknown because one of them has a gap is said, and is no change.
 * Fails where the two are not of the same organizations, or where their users cannot be found in each other.
 * With `plans`, it also says whose changes of seats they are: see {@link DiffAttribution}.
 */
export const diffSnapshots =
  (before: Snapshot, after: Snapshot, journals: KnownJournals = {}): TaskEither<SnapshotFailure, SnapshotDiff> =>
  async () => {
    const invalid = invalidIn([
      ...problemsInSnapshot('before', before),
      ...problemsInSnapshot('after', after),
      ...problemsInJournals(journals),
    ])
    if (invalid !== undefined) return E.left(invalid)
    const incomparable = await reasonNotToCompare(before, after)
    if (incomparable !== undefined) return E.left(notComparable(incomparable))
    const providers = providersOf(before, after)
    const hasPrices = hasPricesIn(before) || hasPricesIn(after)
    const isAttributed = journals.plans !== undefined || journals.damagedJournals !== undefined
    const plans = isAttributed ? plansBetween(journals.plans ?? [], before, after) : undefined
    const compared = await compareProviders(providers, before, after, { hasPrices, plans })
    if (E.isLeft(compared)) return E.left(notComparable(compared.left))
    const changes = compared.right
    const licenses = changes.flatMap((provider) => provider.licenses)
    const workspaces = changes.flatMap((provider) => provider.workspaces)
    const isKnown = !licenses.some(isUndecided) && !workspaces.some(({ change }) => change === 'unknown')
    const isRead = providers.every(({ before: was, after: is }) => was !== undefined && is !== undefined)
    return E.right({
      schemaVersion: 1,
      before: summaryOf(before),
      after: summaryOf(after),
      complete: before.manifest.complete && after.manifest.complete && isRead && isKnown,
      providers,
      licenses,
      ...(workspaces.length === 0 ? {} : { workspaces }),
      unchanged: changes.reduce((sum, { unchanged }) => sum + unchanged, 0),
      ...(hasPrices ? { cost: compareCosts(changes.map(({ costs }) => costs)) } : {}),
      ...(plans === undefined
        ? {}
        : {
            attribution: attributionOf(
              plans,
              journals,
              providers,
              changes.flatMap(({ attribution }) => attribution ?? []),
            ),
          }),
    })
  }
