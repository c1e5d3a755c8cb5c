import { numberText, quantity } from '../../model/quantity.ts'
import { timeText } from '../../model/time-text.ts'
import { labelsOf } from '../../report/license-labels.ts'
import type { CapacityDiff, LicenseDiff, SnapshotDiff } from '../../snapshot/index.ts'
import { amountInWords, messageText, withRest } from '../message/message-text.ts'
import { noticesOfDiff } from '../notices.ts'
import type { Render } from '../rendering.ts'
import { costDifferenceText } from '../text/cost-text.ts'
import { beforeAfterText, countText } from '../text/count-text.ts'
import { attributionSentences } from './diff-attribution.ts'
import { qualityLines } from './diff-sections.ts'

const MAX_LICENSES = 6

/** It comes free with the organization: its seats are no money, and as many as there are users. */
const isFree = ({ attribution, purchased: { before, after } }: LicenseDiff): boolean =>
  attribution?.free === true || (after ?? before)?.kind === 'notApplicable'

/** Seats that came or went, and the users whom they are of. */
const moved = (licenses: readonly LicenseDiff[], way: 'in' | 'out') => {
  const users = new Set<string>()
  let seats = 0
  for (const { provider, holders } of licenses) {
    seats += holders[way].length
    for (const { id } of holders[way]) users.add(JSON.stringify([provider, id]))
  }
  return { seats, users: users.size }
}

const movedText = (licenses: readonly LicenseDiff[], way: 'in' | 'out', words: string): readonly string[] => {
  const { seats, users } = moved(licenses, way)
  return seats === 0 ? [] : [`${quantity(seats, 'seat')} ${words} ${quantity(users, 'user')}`]
}

/** `EUR 120.00 a month less`; undefined where it is as before, or unknown. */
const moneyText = ({ cost }: SnapshotDiff): string | undefined => {
  const difference = cost?.difference
  if (difference === undefined || amountInWords(difference) === undefined) return undefined
  if (difference.kind !== 'known') return undefined
  const [only, ...others] = difference.amounts
  if (only === undefined || others.length > 0) return `${costDifferenceText(difference)} a month`
  const { amount, currency } = only
  const size = amountInWords({ kind: 'known', amounts: [{ amount: Math.abs(amount), currency }] })
  return `${size} a month ${amount < 0 ? 'less' : 'more'}`
}

const withChange = (
  licenses: readonly LicenseDiff[],
  change: LicenseDiff['change'],
  word: string,
): readonly string[] => {
  const many = licenses.filter((license) => license.change === change).length
  return many === 0 ? [] : [`${quantity(many, 'license')} ${word}`]
}

const partsOfTitle = (diff: SnapshotDiff): readonly string[] => {
  const { licenses, workspaces = [] } = diff
  const money = moneyText(diff)
  const paid = licenses.filter((license) => !isFree(license))
  const seats = [
    ...movedText(paid, 'in', 'given to'),
    ...movedText(paid, 'out', 'taken from'),
    ...withChange(licenses, 'added', 'new'),
    ...withChange(licenses, 'removed', 'gone'),
    ...(workspaces.length === 0 ? [] : [`${quantity(workspaces.length, 'workspace')} changed`]),
  ]
  const others = seats.length === 0 ? withChange(licenses, 'changed', 'changed') : []
  return [...seats, ...others, ...(money === undefined ? [] : [money])]
}

/** `purchased 10 → 12`. Nothing where both are the same. */
const capacityText = (what: string, { before, after }: CapacityDiff): readonly string[] => {
  const [old, now] = [before, after].map((side) => (side === undefined ? 'none' : countText(side)))
  return old === undefined || now === undefined || old === now ? [] : [`${what} ${beforeAfterText(old, now)}`]
}

const licenseLine = (license: LicenseDiff, label: string): string => {
  const { provider, change, purchased, assigned, holders, cost } = license
  const undecided = holders.undecided.length
  const facts = [
    ...(change === 'changed' ? [] : [change === 'unknown' ? 'unknown whether it changed' : change]),
    ...capacityText('purchased', purchased),
    ...capacityText('held', assigned),
    ...(holders.in.length === 0 ? [] : [`${numberText(holders.in.length)} in`]),
    ...(holders.out.length === 0 ? [] : [`${numberText(holders.out.length)} out`]),
    ...(undecided === 0 ? [] : [`unknown of ${quantity(undecided, 'user')}`]),
    ...(cost?.difference.kind === 'known' && amountInWords(cost.difference) !== undefined
      ? [`${costDifferenceText(cost.difference)} a month`]
      : []),
  ]
  return `${label} (${provider}): ${facts.length === 0 ? 'sources, terms or prices changed' : facts.join(', ')}`
}

/** What has most holders that came or went comes first. */
const inOrder = (lines: readonly { readonly line: string; readonly moves: number }[]): readonly string[] =>
  [...lines].sort((one, other) => other.moves - one.moves).map(({ line }) => line)

/** How many seats of licenses that come free were given and taken: they are in no other line. */
const freeLine = (licenses: readonly LicenseDiff[]): readonly string[] => {
  const given = moved(licenses, 'in').seats
  const taken = moved(licenses, 'out').seats
  return licenses.length === 0
    ? []
    : [
        `Besides: ${quantity(licenses.length, 'license that comes free', 'licenses that come free')}, ${numberText(given)} in, ${numberText(taken)} out`,
      ]
}

const isUnchanged = (diff: SnapshotDiff): boolean =>
  diff.complete &&
  diff.attribution?.complete !== false &&
  diff.licenses.length === 0 &&
  (diff.workspaces ?? []).length === 0 &&
  moneyText(diff) === undefined

const partialLine = (diff: SnapshotDiff): readonly string[] =>
  diff.complete ? [] : withRest(qualityLines(diff, undefined), 1, 'like it').map((line) => `Not compared: ${line}`)

/** The days of both, or the times where these are of one day. */
const periodText = ({ before, after }: SnapshotDiff): string => {
  const [first, last] = [before, after].map(({ generatedAt }) => generatedAt)
  const [firstDay, lastDay] = [first, last].map((time) => time?.slice(0, 'YYYY-MM-DD'.length))
  return firstDay === lastDay ? `${timeText(first ?? '')} to ${timeText(last ?? '')}` : `${firstDay} to ${lastDay}`
}

/** Whose changes they were, where plans were looked for. */
const attributedLines = ({ attribution }: SnapshotDiff): readonly string[] => {
  if (attribution === undefined) return []
  const { impossible, journals } = attribution
  if (impossible !== undefined) return [`Nothing can be attributed to plans: ${impossible}`]
  const damaged = journals.filter(({ kind }) => kind === 'damaged').map(({ message }) => message)
  return [...withRest(damaged, 1, 'like it'), ...attributionSentences(attribution)]
}

/** A title and a few lines that say what changed in seats, users and money; nothing at all where nothing did. */
export const renderDiffMessage: Render<SnapshotDiff> = (diff, surface) => {
  if (isUnchanged(diff)) return ''
  const { licenses } = diff
  const labels = labelsOf(licenses)
  const lines = licenses
    .map((license, place) => ({
      license,
      line: licenseLine(license, labels[place] ?? license.name),
      moves: license.holders.in.length + license.holders.out.length,
    }))
    .filter(({ license }) => !isFree(license))
  const parts = partsOfTitle(diff)
  const what = parts.length === 0 ? 'no change is known' : parts.join(', ')
  const partial = diff.complete ? '' : ' (not everything can be compared)'
  return messageText(
    `Seatlens, ${periodText(diff)}: ${what}${partial}`,
    [
      ...noticesOfDiff(diff),
      ...partialLine(diff),
      ...attributedLines(diff),
      ...withRest(inOrder(lines), MAX_LICENSES, ['license', 'licenses']),
      ...freeLine(licenses.filter(isFree)),
    ],
    surface,
  )
}
