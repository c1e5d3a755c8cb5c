import type { LicenseWrite, WriteScript, WriteVerdict } from '../../../src/simulator-kit/index.ts'
import type { LicenseOperation } from './assignment-request.ts'
import { isRemoval } from './assignment-rules.ts'
import type { AssignedPerson } from './assignment-state.ts'
import type { Issue } from './errors.ts'
import type { WebexOrganization } from './organization.ts'
import type { WebexPersonWithLicenses } from './world.ts'

/** How the simulator deals with changes of assignments where the vendor's ways are not certain. */
export interface AssignmentBehavior {
  readonly writes: WriteScript
  /** `limited`: no more seats can be assigned than were purchased. `overage`: more can. */
  readonly seats: 'limited' | 'overage'
  /** What an answer lists where a write was ignored: what is held, or what was asked for. */
  readonly ignoredWrites: 'leftOut' | 'claimed'
}

/** Free licenses have no subscription, and seats for all users. */
const hasSeat = (organization: WebexOrganization, licenseId: string): boolean => {
  const license = organization.license(licenseId)
  if (license?.subscriptionId === undefined) return true
  return organization.holderCount(licenseId) + (license.workspaces ?? 0) < Number(license.totalUnits)
}

/** A write that is not done, and what is said of it. */
interface Failure {
  readonly issue: Issue
  /** Whether a partial answer says so too, or leaves it to the caller to compare. */
  readonly isTold: boolean
}

/** What becomes of one operation of a request that is sound as a whole. */
export interface Judged {
  readonly operation: LicenseOperation
  readonly failure?: Failure
  readonly ignored?: true
  /** Where it is done: when, in milliseconds from now, and what is done implicitly. */
  readonly afterMs?: number
  readonly besides?: readonly LicenseOperation[]
}

export const writeOf = ({ id }: WebexPersonWithLicenses, operation: LicenseOperation): LicenseWrite => ({
  userId: id,
  licenseId: operation.id,
  action: isRemoval(operation) ? 'remove' : 'assign',
})

const silently = (description: string): Failure => ({ issue: { description }, isTold: false })
const outOfSeats = (message: string | undefined): Failure => ({
  issue: { description: message ?? 'There are no licenses left.' },
  isTold: message !== undefined,
})

const refusal = ({ code, message }: Extract<WriteVerdict, { kind: 'refuse' }>, licenseId: string): Failure => {
  const errorCode = code === undefined ? {} : { errorCode: /^\d+$/.test(code) ? Number(code) : code }
  const issue = { ...errorCode, description: `${message ?? 'The license could not be changed.'} (${licenseId})` }
  return { issue, isTold: code !== undefined || message !== undefined }
}

export const judge =
  (organization: WebexOrganization, person: AssignedPerson, seats: AssignmentBehavior['seats']) =>
  (operation: LicenseOperation, verdict: WriteVerdict): Judged => {
    const { id } = operation
    switch (verdict.kind) {
      case 'ignore':
        return { operation, ignored: true }
      case 'leaveOut':
        return { operation, failure: silently('The license could not be changed.') }
      case 'seatsOut':
        return { operation, failure: outOfSeats(verdict.message) }
      case 'refuse':
        return { operation, failure: refusal(verdict, id) }
      case 'do': {
        const needsSeat = !isRemoval(operation) && !person.licenses.includes(id)
        if (seats === 'limited' && needsSeat && !hasSeat(organization, id))
          return { operation, failure: outOfSeats(undefined) }
        const besides = [
          ...verdict.takes.map((taken) => ({ id: taken, operation: 'remove' as const })),
          ...verdict.gives.map((given) => ({ id: given, operation: 'add' as const })),
        ]
        return { operation, afterMs: verdict.afterMs, besides }
      }
    }
  }
