import type { AssignmentChange, AssignmentOutcome, ChangeRequest, LicenseError } from '../provider-kit/index.ts'
import { must } from './must.ts'
import { checkError, inTime, mustBe, readWhole } from './readings.ts'
import type { Stage } from './stage.ts'
import { compareUsers } from './truth.ts'

/** A change for people. */
const show = ({ action, licenseId, userId }: AssignmentChange): string => `${action} ${licenseId} ${userId}`

/** What becomes of the changes, as it comes. */
export const changesOf = (
  { provider }: Stage,
  changes: readonly AssignmentChange[],
  request?: ChangeRequest,
): AsyncIterable<AssignmentOutcome> => {
  must(provider.changeAssignments !== undefined, 'the provider has no method changeAssignments')
  return provider.changeAssignments(changes, request)
}

/** What became of the changes, in their order: one outcome for each, and no other. */
export const outcomesOf = async (
  stage: Stage,
  changes: readonly AssignmentChange[],
  request?: ChangeRequest,
): Promise<readonly AssignmentOutcome[]> => {
  const unmatched: AssignmentOutcome[] = []
  const reading = async () => {
    for await (const outcome of changesOf(stage, changes, request)) {
      must(unmatched.length < changes.length, `there are more outcomes than the ${changes.length} changes`)
      if ('reason' in outcome) checkError(stage, outcome.reason)
      unmatched.push(outcome)
    }
  }
  await inTime(reading(), 'changing')
  return changes.map((change) => {
    const place = unmatched.findIndex((outcome) => show(outcome.change) === show(change))
    const [outcome] = place < 0 ? [] : unmatched.splice(place, 1)
    must(outcome !== undefined, `there is no outcome for "${show(change)}"`)
    return outcome
  })
}

/** Every outcome is one of the given kinds. */
export const mustAllBe = (
  outcomes: readonly AssignmentOutcome[],
  results: readonly AssignmentOutcome['result'][],
): void => {
  for (const outcome of outcomes) {
    const why = 'reason' in outcome ? ` (${outcome.reason.message})` : ''
    must(
      results.includes(outcome.result),
      `"${show(outcome.change)}" is ${outcome.result}${why}, not ${results.join(' or ')}`,
    )
  }
}

/** Every change was refused, for one of the given reasons. */
export const mustBeRefused = (outcomes: readonly AssignmentOutcome[], tags: readonly LicenseError['_tag'][]): void => {
  mustAllBe(outcomes, ['refused'])
  for (const outcome of outcomes) if ('reason' in outcome) mustBe(outcome.reason, tags, `"${show(outcome.change)}"`)
}

/** The same changes, in whatever order. */
export const mustBeSame = (
  actual: readonly AssignmentChange[],
  expected: readonly AssignmentChange[],
  what: string,
): void => {
  const list = (changes: readonly AssignmentChange[]) => changes.map(show).sort().join(', ') || 'nothing'
  must(list(actual) === list(expected), `${what}: ${list(actual)}; not ${list(expected)}`)
}

const changed = (licenseIds: readonly string[], { action, licenseId }: AssignmentChange): readonly string[] => {
  const others = licenseIds.filter((id) => id !== licenseId)
  return action === 'assign' ? [...others, licenseId] : others
}

/** The stage with the world as it is after some changes. */
export const stageAfter = (stage: Stage, changes: readonly AssignmentChange[]): Stage => {
  const users = stage.world.users.map((user) => ({
    ...user,
    licenseIds: changes.filter(({ userId }) => userId === user.id).reduce(changed, user.licenseIds),
  }))
  return { ...stage, world: { ...stage.world, users } }
}

/** These changes have taken effect, and no others, as the list of users has it. */
export const compareChanged = async (stage: Stage, changes: readonly AssignmentChange[]): Promise<void> => {
  const after = stageAfter(stage, changes)
  const { items } = await readWhole(after, after.provider.listUsers())
  compareUsers(after, items)
}
