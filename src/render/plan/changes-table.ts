import { groupedBy } from '../../model/grouped-by.ts'
import { describeError } from '../../model/license-error.ts'
import { numberText } from '../../model/quantity.ts'
import { firstOf, moreOf } from '../../model/some-of.ts'
import type { AppliedChange, ImplicitSeat, PlanResult } from '../../plan/index.ts'
import type { Surface } from '../text/surface.ts'
import { createTableWriter } from '../text/text-table.ts'
import { visibleText } from '../text/visible-text.ts'
import { actionText } from './plan-table.ts'

/** Of changes without a reason to give; those with one are all shown. */
const MAX_SHOWN = 20

const words: Readonly<Record<AppliedChange['result'], string>> = {
  applied: 'applied',
  alreadySo: 'already so',
  pending: 'pending',
  refused: 'refused',
  unknown: 'unknown',
  drifted: 'drifted',
  notSent: 'not sent',
}

const wordFor = (result: AppliedChange['result'], { undo }: PlanResult): string =>
  undo && result === 'applied' ? 'taken back' : words[result]

const reasonOf = (change: AppliedChange): string => {
  if (change.result === 'refused' || change.result === 'unknown') return describeError(change.reason)
  return change.result === 'drifted' ? change.drift : ''
}

const colorOf = ({ result }: AppliedChange, { paint }: Surface): ((text: string) => string) => {
  if (result === 'applied') return paint.green
  if (result === 'refused' || result === 'unknown' || result === 'drifted') return paint.red
  return paint.yellow
}

const RESULTS = ['applied', 'alreadySo', 'pending', 'refused', 'unknown', 'drifted', 'notSent'] as const

const summaryOf = (of: PlanResult): string => {
  const { counts, verified, complete, changes, undo } = of
  const results = RESULTS.flatMap((result) =>
    counts[result] === 0 ? [] : [`${numberText(counts[result])} ${wordFor(result, of)}`],
  )
  const unverified = verified ? '' : '; not everything could be read back'
  const what = results.length === 0 ? 'nothing to change' : results.join(', ')
  // What an undo cannot take back has its own line.
  const isAll = !undo && complete && changes.length > 0 && counts.pending === 0
  return `${what}${unverified}${isAll ? '; all of it is as planned' : ''}`
}

/** What the vendor changed implicitly, the purchased seats that users lost first; of the others, the first few. */
const besidesLines = ({ implicit = [] }: PlanResult, { paint }: Surface): readonly string[] => {
  const isLoss = ({ effect, free }: ImplicitSeat) => effect === 'lost' && !free
  const textOf = ({ user, license, effect, free }: ImplicitSeat) => {
    const fact = `${user}, ${license}: the vendor ${effect === 'lost' ? 'also took it from' : 'also gave it to'} the user`
    return free ? `${fact} (it is free)` : effect === 'lost' ? `${fact}; an undo gives it back` : fact
  }
  const { shown, others } = firstOf(
    implicit.filter((seat) => !isLoss(seat)),
    MAX_SHOWN,
  )
  return [
    ...implicit.filter(isLoss).map((seat) => paint.red(visibleText(textOf(seat)))),
    ...shown.map((seat) => visibleText(textOf(seat))),
    ...(others > 0 ? [`and ${moreOf(others)} that the vendor also gave or took`] : []),
  ]
}

/** What became of a plan, change by change, for people. Reasons stand below, as long as they are. */
export const renderChangesTable = (result: PlanResult, surface: Surface): string => {
  const explained = result.changes.filter((change) => reasonOf(change) !== '')
  const unexplained = firstOf(
    result.changes.filter((change) => reasonOf(change) === ''),
    MAX_SHOWN,
  )
  const shown = [...explained, ...unexplained.shown]
  const table = createTableWriter(
    [
      { heading: 'Result' },
      { heading: 'Change' },
      { heading: 'License', minimum: 12 },
      { heading: 'User', minimum: 12 },
    ],
    surface,
  )
  const rows = table(
    shown.map((change) => [
      colorOf(change, surface)(wordFor(change.result, result)),
      actionText(change),
      visibleText(change.license),
      visibleText(change.user),
    ]),
  )
  const more = unexplained.others > 0 ? `and ${moreOf(unexplained.others)}\n` : ''
  const reasons = [...groupedBy(explained, reasonOf)].map(([reason, [first, ...alike]]) => {
    const more = alike.length === 0 ? '' : ` and ${moreOf(alike.length)}`
    return `${first?.user}, ${first?.license}${more}: ${reason}`
  })
  const parts = [
    ...(shown.length === 0 ? [] : [`${rows}${more}`.trimEnd()]),
    ...(reasons.length === 0 ? [] : [reasons.map((line) => visibleText(line)).join('\n')]),
    ...(result.implicit === undefined ? [] : [besidesLines(result, surface).join('\n')]),
    summaryOf(result),
  ]
  return `${parts.join('\n\n')}\n`
}
