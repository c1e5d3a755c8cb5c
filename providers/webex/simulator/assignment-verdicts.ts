import type { WriteScript } from '../../../src/simulator-kit/index.ts'
import type { LicenseOperation } from './assignment-request.ts'
import { isRemoval } from './assignment-rules.ts'
import type { AssignedPerson } from './assignment-state.ts'
import type { Issue } from './errors.ts'
import type { WebexOrganisation } from './organisation.ts'

/** How the simulator deals with changes of assignments where the vendor's ways are not certain. */
export interface AssignmentBehaviour {
  readonly writes: WriteScript
  /** `limited`: nobody gets a seat that was not bought. `overage`: more can be assigned than was bought. */
  readonly seats: 'limited' | 'overage'
  /** What an answer lists where a write was ignored: what is held, or what was asked for. */
  readonly ignoredWrites: 'leftOut' | 'claimed'
}

/** Free licenses have no subscription, and seats for everybody. */
const hasSeat = (organisation: WebexOrganisation, licenseId: string): boolean => {
  const license = organisation.license(licenseId)
  if (license?.subscriptionId === undefined) return true
  return organisation.holderCount(licenseId) + (license.workspaces ?? 0) < Number(license.totalUnits)
}

/** A write that is not done, and what is said of it. */
interface Failure {
  readonly issue: Issue
  /** Whether a partial answer says so too, or leaves it to whoever compares. */
  readonly isTold: boolean
}

/** What becomes of one operation of a request that is sound as a whole. */
export interface Verdict {
  readonly operation: LicenseOperation
  readonly failure?: Failure
  readonly ignored?: true
}

export const judge =
  (organisation: WebexOrganisation, person: AssignedPerson, { writes, seats }: AssignmentBehaviour) =>
  (operation: LicenseOperation): Verdict => {
    const { id } = operation
    const effect = writes.meet({
      userId: person.id,
      licenseId: id,
      action: isRemoval(operation) ? 'remove' : 'assign',
    })
    if (effect?.kind === 'ignore') return { operation, ignored: true }
    if (effect?.kind === 'refuse') {
      const { code, message = 'The license could not be changed.' } = effect
      const errorCode = code === undefined ? {} : { errorCode: /^\d+$/.test(code) ? Number(code) : code }
      const issue = { ...errorCode, description: `${message} (${id})` }
      return { operation, failure: { issue, isTold: code !== undefined || effect.message !== undefined } }
    }
    const needsSeat = !isRemoval(operation) && !person.licenses.includes(id)
    if (seats === 'limited' && needsSeat && !hasSeat(organisation, id)) {
      return { operation, failure: { issue: { description: 'There are no licenses left.' }, isTold: false } }
    }
    return { operation }
  }
