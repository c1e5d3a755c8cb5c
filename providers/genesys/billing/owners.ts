import { type Count, unknown } from '../../../src/provider-kit/index.ts'
import type { BillingPlan } from './codecs.ts'
import type { Quantity } from './quantities.ts'
import { toldText } from './told.ts'

/** The organizations that a plan or a charge names. */
export type Organizations = BillingPlan['organizations']

/** Whose the seats of a plan or a charge are. */
export interface Owners {
  readonly kind: 'own' | 'shared' | 'others'
  readonly names: readonly string[]
}

const idsOf = (organizations: Organizations): readonly string[] =>
  (organizations ?? []).flatMap(({ id }) => toldText(id) ?? [])

/** Whose the lines of a contract are. A line that names no organization is of all that `lines`, all of them, name. */
export const ownersIn = (
  lines: readonly { readonly organizations?: Organizations }[],
  organizationId: string,
): ((organizations: Organizations) => Owners) => {
  const everywhere = lines.flatMap(({ organizations }) => organizations ?? [])
  return (organizations) => {
    const named = idsOf(organizations).length > 0 ? (organizations ?? []) : everywhere
    const ids = new Set(idsOf(named))
    const isOwn = ids.size === 0 || ids.has(organizationId)
    const names = [...new Map(named.map(({ id, name }) => [id, toldText(name) ?? id ?? ''])).values()]
    if (!isOwn) return { kind: 'others', names }
    return { kind: ids.size > 1 ? 'shared' : 'own', names }
  }
}

/** A reason must stay readable. */
const NAMED = 3

/**
 * What several organizations share: how many of it are this one's, the vendor does not say. Of none, each has none. `instead`:
 * what to do, for people.
 */
export const sharedAmong = (owners: Owners, total: Quantity, what: string, instead: string): Count => {
  if (total.kind === 'known' && total.value === 0) return total
  const number = total.kind === 'known' ? `a total of ${total.value}` : 'an unknown number'
  const others = owners.names.length - NAMED
  const names = [...owners.names.slice(0, NAMED), ...(others > 0 ? [`${others} more`] : [])].join(', ')
  return unknown(`${what} has ${number} for ${owners.names.length} organizations together (${names}); ${instead}`)
}
