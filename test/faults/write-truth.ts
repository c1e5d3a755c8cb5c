import type { ImplicitSeat, PlanResult } from '../../src/plan/index.ts'

/** Who holds what at one moment, as the vendor has it. */
export type Holdings = ReadonlyMap<string, ReadonlySet<string>>

/** One seat that somebody lost or gained. */
export interface MovedSeat {
  readonly userId: string
  readonly licenseId: string
  readonly effect: 'lost' | 'gained'
}

export const keyOf = ({ userId, licenseId }: Pick<MovedSeat, 'userId' | 'licenseId'>): string =>
  JSON.stringify([userId, licenseId])

const NOTHING: ReadonlySet<string> = new Set()

/** What is another than it was. */
export const movedBetween = (before: Holdings, after: Holdings): readonly MovedSeat[] =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((userId) => {
    const [was, is] = [before.get(userId) ?? NOTHING, after.get(userId) ?? NOTHING]
    const lost = [...was].filter((id) => !is.has(id))
    const gained = [...is].filter((id) => !was.has(id))
    return [
      ...lost.map((licenseId): MovedSeat => ({ userId, licenseId, effect: 'lost' })),
      ...gained.map((licenseId): MovedSeat => ({ userId, licenseId, effect: 'gained' })),
    ]
  })

/** What is said of single changes and is not so. `done`: what was said to be done is looked at too. */
const wrongChanges = ({ changes }: PlanResult, now: Holdings, when: string, done: boolean): readonly string[] =>
  changes.flatMap((change) => {
    const { userId, user, licenseId, license, action, result } = change
    const so = (now.get(userId)?.has(licenseId) ?? false) === (action === 'assign')
    const why = change.result === 'drifted' ? ` (${change.drift})` : ''
    const what = `${action} ${license} ${user} is ${result}${why}`
    if (done && (result === 'applied' || result === 'alreadySo') && !so) return [`${what}, and ${when} it is not so`]
    const isNotDone = result === 'refused' || result === 'notSent' || result === 'drifted'
    return isNotDone && so ? [`${what}, and ${when} it is so`] : []
  })

/** What earlier runs of a plan have told. */
export interface ToldBefore {
  /** Of seats that moved besides. */
  readonly told: readonly MovedSeat[]
  /** Users of whom something was not known. */
  readonly undecided: ReadonlySet<string>
}

/** What is wrong with what is said of a plan: nothing. */
export const wrongIn = (
  result: PlanResult,
  before: Holdings,
  now: Holdings,
  { told, undecided: undecidedBefore }: ToldBefore = { told: [], undecided: new Set() },
): readonly string[] => {
  const planned = new Set(result.changes.map(keyOf))
  const known = new Set([...told, ...(result.implicit ?? [])].map((seat) => `${seat.effect} ${keyOf(seat)}`))
  // What could not be read after a request cannot be compared with what was before it.
  const unknown = result.changes.flatMap(({ userId, result: of }) => (of === 'unknown' ? [userId] : []))
  const undecided = new Set([...undecidedBefore, ...unknown])
  const findings = [...wrongChanges(result, now, 'at once', true)]
  const moved = movedBetween(before, now).filter((seat) => !planned.has(keyOf(seat)))
  for (const seat of moved) {
    if (known.has(`${seat.effect} ${keyOf(seat)}`) || undecided.has(seat.userId)) continue
    findings.push(`${seat.userId} ${seat.effect} ${seat.licenseId} besides, and it is not told`)
  }
  const really = new Set(moved.map((seat) => `${seat.effect} ${keyOf(seat)}`))
  for (const seat of result.implicit ?? []) {
    if (!really.has(`${seat.effect} ${keyOf(seat)}`)) {
      findings.push(`it is told that ${seat.user} ${seat.effect} ${seat.license} besides, and it is not so`)
    }
  }
  const { counts, complete, verified, implicit = [] } = result
  const fine = counts.applied + counts.alreadySo + counts.pending
  const isWhole =
    verified && fine === result.changes.length && !implicit.some(({ effect, free }) => effect === 'lost' && !free)
  if (complete !== isWhole) findings.push(complete ? 'complete without being so' : 'not complete although it is')
  return findings
}

/** What was said not to be done, and arrived later all the same. */
export const wrongLater = (result: PlanResult, now: Holdings): readonly string[] =>
  wrongChanges(result, now, 'later', false)

/**
 * What is another than it was before, once all was taken back. Not given back is what the vendor gave besides, what costs
 * nothing, what somebody has to accept first, and what nobody could see go.
 */
export const leftAfterUndo = (
  { changes }: PlanResult,
  before: Holdings,
  now: Holdings,
  told: readonly ImplicitSeat[],
  undecided: ReadonlySet<string>,
): readonly MovedSeat[] => {
  const stays = told.filter(({ effect, free }) => effect === 'gained' || free)
  const pending = changes.filter(({ result }) => result === 'pending')
  const allowed = new Set([...stays, ...pending].map(keyOf))
  const planned = new Set(changes.map(keyOf))
  return movedBetween(before, now).filter(
    (seat) => !allowed.has(keyOf(seat)) && (planned.has(keyOf(seat)) || !undecided.has(seat.userId)),
  )
}
