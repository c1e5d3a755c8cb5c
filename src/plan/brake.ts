import { demand } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import { quantity } from '../model/quantity.ts'
import type { Plan, PlannedBrake } from './plan.ts'

/** Seats that a plan may take away without a confirmation. */
const MAX_SEATS = 10
/** The part of the holders of a license who may lose it without a confirmation. */
const MAX_SHARE = 1 / 5

/** A plan comes out of the stores of callers. Only what is used here is looked at. */
const demandLists = (plan: unknown, ...lists: readonly (keyof Plan)[]): void =>
  demand(isRecord(plan) && lists.every((list) => Array.isArray(plan[list])), 'plan', 'a plan, as readPlan gives it')

/**
 * Seats that a plan takes away, including the old seat of each swap. Throws a `LicenseException` with `InvalidInput` if it is
 * no plan.
 */
export const removalsOf = (plan: Pick<Plan, 'changes'>): number => {
  demandLists(plan, 'changes')
  return plan.changes.filter(({ action }) => action === 'remove').length
}

/**
 * What a plan takes away, where the number of seats must be confirmed before it is applied: more than 10 seats, and more
 * than a fifth of the holders of any license. Where the number of holders is unknown, it counts as more than a fifth. Throws
 * a `LicenseException` with `InvalidInput` if it is no plan.
 */
export const brakeOf = (plan: Pick<Plan, 'changes' | 'licenses'>): PlannedBrake | undefined => {
  demandLists(plan, 'changes', 'licenses')
  const { changes, licenses } = plan
  const removals = removalsOf(plan)
  if (removals <= MAX_SEATS) return undefined
  const holdersOf = new Map(licenses.map(({ id, holders }) => [id, holders.before]))
  const lost = new Map<string, { readonly name: string; removals: number }>()
  for (const { action, licenseId, license } of changes) {
    if (action === 'assign') continue
    const known = lost.get(licenseId) ?? { name: license, removals: 0 }
    known.removals++
    lost.set(licenseId, known)
  }
  const braking = [...lost].flatMap(([id, { name, removals }]): PlannedBrake['licenses'] => {
    const holders = holdersOf.get(id) ?? { kind: 'unknown', reason: 'the license is not listed' }
    if (holders.kind !== 'known') return [{ id, name, removals, holders }]
    const share = removals / Math.max(holders.value, removals)
    return share > MAX_SHARE ? [{ id, name, removals, holders, share }] : []
  })
  return braking.length === 0 ? undefined : { removals, licenses: braking }
}

/** `1,497 of 1,500 holders lose CX 3`. */
const lossText = ({ name, removals, holders }: PlannedBrake['licenses'][number]): string =>
  holders.kind === 'known'
    ? `${removals} of ${quantity(holders.value, 'holder')} lose ${name}`
    : `${quantity(removals, 'user')} of an unknown number of holders lose ${name}`

/** What a plan takes away, in one line: the number of seats, and the share of the holders of each license. */
export const brakeText = ({ removals, licenses }: PlannedBrake): string =>
  `the plan takes away ${quantity(removals, 'seat')}: ${licenses.map(lossText).join(', ')}`
