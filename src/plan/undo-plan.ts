import * as E from 'fp-ts/lib/Either.js'
import type { LicenseProvider } from '../contract/license-provider.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { type ApplyPlanOptions, applyPlan, type PlanResult } from './apply-plan.ts'
import { changeOf, sealed } from './create-plan.ts'
import type { Journal, JournalEntry, JournalledChange, JournalState } from './journal.ts'
import { type Phase, type Plan, type PlannedChange, type PlanWarning, phases } from './plan.ts'
import type { PlanFailures } from './plan-failure.ts'

const inversePhase: Readonly<Record<Phase, Phase>> = { removal: 'addition', swap: 'swap', addition: 'removal' }

/** What was given is taken, and what was taken is given back. Calling properties of old are not known. */
const inverse = ({ phase, action, calling: _, ...names }: PlannedChange): PlannedChange => ({
  ...names,
  phase: inversePhase[phase],
  action: action === 'assign' ? 'remove' : 'assign',
})

/** How to take back what a journal says was applied, and nothing else. */
export interface Undo {
  readonly plan: Plan
  /** For each change of it, the place of the one that it takes back in the plan of the journal. */
  readonly places: readonly number[]
  /** Places in it of what was only taken on by the vendor: no list tells of that, so that it is taken back unseen. */
  readonly unlisted: ReadonlySet<number>
  /** What cannot be taken back and why, one line each. */
  readonly left: readonly string[]
}

/** The plan's users as the plan has left them. */
const usersAfter = ({ plan, changes }: JournalState): Plan['users'] => {
  const held = new Map(plan.users.map(({ id, licenseIds }) => [id, new Set(licenseIds)]))
  for (const [place, { userId, licenseId, action }] of plan.changes.entries()) {
    if (changes.get(place)?.result !== 'applied') continue
    if (action === 'assign') held.get(userId)?.add(licenseId)
    else held.get(userId)?.delete(licenseId)
  }
  return plan.users.map((user) => ({ ...user, licenseIds: [...(held.get(user.id) ?? [])] }))
}

const asLicensedUser = (provider: string, { id, licenseIds }: Plan['users'][number]): LicensedUser => ({
  provider,
  id,
  kind: 'unknown',
  status: 'unknown',
  licenseIds,
  pendingLicenseIds: [],
})

/** Why a change that was begun is not among those that are taken back; undefined where it is, or nothing was begun. */
const reasonToLeave = ({ result, sent }: JournalledChange): string | undefined => {
  if (result === 'unknown' || (result === undefined && sent > 0)) {
    return 'it is not known whether it was made; apply the plan again to find out'
  }
  return undefined
}

/** Whether a change was made, or taken on by the vendor, for this plan. */
const isOurs = (journalled: JournalledChange | undefined): boolean =>
  journalled?.result === 'applied' || journalled?.result === 'pending'

/** Works out, without a request, how to take back what a journal says was applied. */
export const createUndo = async (state: JournalState, provider: LicenseProvider): Promise<Undo> => {
  const { plan, changes } = state
  const users = usersAfter(state)

  const applied = [...plan.changes.entries()].filter(([place]) => isOurs(changes.get(place)))
  const problems = new Map<string, string>()
  const warnings: PlanWarning[] = []
  const remarks = provider.reviewChanges?.(
    applied.map(([, change]) => changeOf(inverse(change))),
    { licenses: new Map(), users: new Map(users.map((user) => [user.id, asLicensedUser(provider.id, user)])) },
  )
  const people = new Map(plan.changes.map(({ userId, user }) => [userId, user]))
  for (const { severity, rule, change, message } of remarks ?? []) {
    const { userId, licenseId } = change
    if (severity === 'problem') problems.set(userId, message)
    else warnings.push({ rule, message: `${people.get(userId)}: ${message}`, userId, licenseId })
  }
  // Where a part of what was done for a user cannot be taken back, the rest stays too: nobody is left with neither.
  const possible = applied
    .filter(([, { userId }]) => !problems.has(userId))
    .map(([place, change]) => ({ place, change: inverse(change) }))
  const inOrder = phases.flatMap((phase) => possible.filter(({ change }) => change.phase === phase))

  const left = [...plan.changes.entries()].flatMap(([place, { user, license, userId }]) => {
    const journalled = changes.get(place)
    const reason =
      journalled === undefined ? undefined : isOurs(journalled) ? problems.get(userId) : reasonToLeave(journalled)
    return reason === undefined ? [] : [`${user}, ${license}: ${reason}`]
  })
  const { hash: _, brake: __, cost: _____, skipped: ___, limit: ____, ...content } = plan
  return {
    plan: await sealed({
      ...content,
      intents: [],
      changes: inOrder.map(({ change }) => change),
      alreadySo: [],
      users,
      licenses: [],
      warnings,
    }),
    places: inOrder.map(({ place }) => place),
    unlisted: new Set(inOrder.flatMap(({ place }, index) => (changes.get(place)?.result === 'pending' ? [index] : []))),
    left,
  }
}

/** Writes into the journal of the plan what becomes of taking it back. */
const journalOfUndo = (journal: Journal, places: readonly number[], hash: string): Journal => {
  const placeOf = (change: number) => places[change] ?? change
  const translate = (entry: JournalEntry): JournalEntry => {
    switch (entry.entry) {
      case 'begin':
      case 'resume':
        return { entry: 'resume', plan: hash }
      case 'sending':
        return { entry: 'takingBack', changes: entry.changes.map(placeOf) }
      case 'outcome':
        return { ...entry, entry: 'takenBack', change: placeOf(entry.change) }
      default:
        return entry
    }
  }
  return { append: (entry) => journal.append(translate(entry)) }
}

/** Takes back what {@link createUndo} has worked out, as carefully as it was applied. */
export const applyUndo = async (
  { plan, places, unlisted }: Undo,
  { plan: original, changes }: JournalState,
  provider: LicenseProvider,
  options: Omit<ApplyPlanOptions, 'journalled'>,
): Promise<E.Either<PlanFailures, PlanResult>> => {
  const begun = new Map(
    places.flatMap((place, change) => {
      const { takingBack } = changes.get(place) ?? {}
      return takingBack === undefined ? [] : [[change, { sent: takingBack }] as const]
    }),
  )
  const journal = journalOfUndo(options.journal, places, original.hash)
  const result = await applyPlan(plan, provider, {
    ...options,
    // Taking back what was done is not braked.
    maxRemovals: Number.POSITIVE_INFINITY,
    journal,
    journalled: begun,
    unlisted,
  })
  return E.map((takenBack: PlanResult): PlanResult => ({ ...takenBack, plan: original.hash, undo: true }))(result)
}
