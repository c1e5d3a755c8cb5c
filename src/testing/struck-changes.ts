import { type Disturbance, lateChangeMs } from './disturbance.ts'
import type { World } from './world.ts'

/**
 * One way in which changes of assignments misbehave, as plain data. It is a misbehavior of `seatlens/simulator-kit` too.
 */
export interface ChangeMisbehavior {
  readonly match?:
    | { readonly userId?: string | undefined; readonly action?: 'assign' | 'remove' | undefined }
    | undefined
  readonly effect:
    | {
        readonly kind: 'refuse'
        readonly status?: number | undefined
        readonly code?: string | undefined
        readonly message?: string | undefined
      }
    | { readonly kind: 'ignore' | 'half' }
    | { readonly kind: 'late'; readonly afterMs: number }
    | { readonly kind: 'implicit'; readonly takes: readonly string[] }
}

/** The vendor's answer to a request for a user that cannot be changed. */
export type RefusalOfUser = Omit<Extract<ChangeMisbehavior['effect'], { kind: 'refuse' }>, 'kind'>

/**
 * The misbehaviors of a disturbance that strikes single changes, for a simulator of `seatlens/simulator-kit`; none for
 * the others. For the late ones the simulator has to go by the provider's clock.
 */
export const misbehaviorsOf = (
  disturbance: Disturbance | undefined,
  { world, refusal }: { readonly world: World; readonly refusal: RefusalOfUser },
): readonly ChangeMisbehavior[] => {
  switch (disturbance) {
    case 'ignoredChange':
      return [{ effect: { kind: 'ignore' } }]
    case 'lateChange':
      return [{ effect: { kind: 'late', afterMs: lateChangeMs } }]
    case 'implicitChange':
      return [{ match: { action: 'assign' }, effect: { kind: 'implicit', takes: [world.busiestLicenseId] } }]
    case 'halfChange':
      return [{ effect: { kind: 'half' } }]
    case 'refusedUser':
      return [{ match: { userId: world.refusedUserId }, effect: { kind: 'refuse', ...refusal } }]
    default:
      return []
  }
}
