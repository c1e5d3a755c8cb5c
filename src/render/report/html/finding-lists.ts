import { numberText, quantity } from '../../../model/quantity.ts'
import { type Finding, type FindingGroup, type FindingRule, findingRules } from '../../../report/license-report.ts'
import { costText } from '../../text/cost-text.ts'
import { countText } from '../../text/count-text.ts'
import { visibleText } from '../../text/visible-text.ts'
import { evidenceTexts } from '../report-words.ts'
import { isOpen, type ShownGroup } from '../shown-groups.ts'
import type { Names } from './names.ts'
import { createTextPacker } from './packed-texts.ts'
import type { PackedFinding, PackedRemoval, PackedText } from './page-data.ts'
import type { PeopleData } from './people-data.ts'

/** The open or the accepted findings of one rule. */
export interface FindingList {
  readonly elementId: string
  readonly rule: FindingRule
  readonly groups: readonly ShownGroup[]
}

export const findingLists = (groups: readonly ShownGroup[], open: boolean): readonly FindingList[] =>
  findingRules
    .map((rule) => ({
      elementId: `${open ? 'open' : 'accepted'}-${rule}`,
      rule,
      groups: groups.filter((one) => one.group.rule === rule && isOpen(one) === open),
    }))
    .filter((list) => list.groups.length > 0)

type Stakes = Pick<Finding, 'seats' | 'cost' | 'accepted'>

/** What is at stake, and why it may stay. */
const stakeFacts = ({ seats, cost, accepted }: Stakes): readonly string[] => [
  ...(seats.kind === 'notApplicable' ? [] : [`seats: ${countText(seats)}`]),
  ...(cost.kind === 'notApplicable' ? [] : [`cost per month: ${costText(cost)}`]),
  ...(accepted === undefined ? [] : [`accepted: ${accepted.reason}`]),
  ...(accepted?.until === undefined ? [] : [`until ${accepted.until}`]),
]

const licenseOf = ({ provider, licenseId }: Finding, names: Names): readonly string[] =>
  licenseId === undefined ? [] : [names.license(provider, licenseId)]

/** A line of what people read of findings. */
interface FactLine {
  readonly facts: readonly string[]
  /** By what a suppression names the finding, where it is one. */
  readonly id?: string
}

/** What it is as text, fit to be seen. */
export const lineText = ({ facts, id }: FactLine): string =>
  visibleText((id === undefined ? facts : [...facts, id]).join(' · '))

const removable = ({ removals }: ShownGroup): readonly string[] =>
  removals.length === 0 ? [] : [`can be given up: ${quantity(removals.length, 'seat')}`]

/** Of a single finding: where, what it rests on and what is at stake. */
const lineOfOne = (finding: Finding, shown: ShownGroup, names: Names): FactLine => ({
  facts: [
    names.provider(finding.provider),
    // Only where the message does not have it: two licenses may have one name.
    ...licenseOf(finding, names).filter((license) => !finding.message.includes(license)),
    ...evidenceTexts(finding, names.license),
    ...stakeFacts(finding),
    ...removable(shown),
  ],
  id: finding.id,
})

/** Of several findings: what they have in common, in a line for all, and what they have not in a line for each. */
const linesOfSeveral = (shown: ShownGroup, names: Names): Pick<FindingTexts, 'line' | 'lines'> => {
  const { group, findings } = shown
  const evidence = findings.map((finding) => evidenceTexts(finding, names.license))
  const [first = [], ...others] = evidence
  const common = new Set(first.filter((fact) => others.every((facts) => facts.includes(fact))))
  return {
    line: { facts: [names.provider(group.provider), ...common, ...stakeFacts(group), ...removable(shown)] },
    lines: findings.map((finding, place) => ({
      facts: [
        ...licenseOf(finding, names),
        ...(evidence[place] ?? []).filter((fact) => !common.has(fact)),
        ...stakeFacts(finding),
      ],
      id: finding.id,
    })),
  }
}

/** What people read of a group. */
export interface FindingTexts {
  /** Fit to be seen. */
  readonly message: string
  readonly line: FactLine
  /** One for each finding, where they are several. */
  readonly lines: readonly FactLine[]
}

export const findingTexts = (shown: ShownGroup, names: Names): FindingTexts => {
  const message = visibleText(shown.group.message)
  const [first, second] = shown.findings
  if (first === undefined) return { message, line: { facts: [names.provider(shown.group.provider)] }, lines: [] }
  return second === undefined
    ? { message, line: lineOfOne(first, shown, names), lines: [] }
    : { message, ...linesOfSeveral(shown, names) }
}

/** `3 findings`, above their lines. */
export const linesHeading = (lines: readonly FactLine[]): string => `${numberText(lines.length)} findings`

type PackFinding = (shown: ShownGroup) => PackedFinding

/** Packs findings for the script of the page, in the order in which it lists them. */
export const createFindingPacker = (
  names: Names,
  personOf: PeopleData['personOf'],
  removalsOf: (shown: ShownGroup) => readonly PackedRemoval[],
): PackFinding => {
  const pack = createTextPacker()
  const packLine = ({ facts, id }: FactLine): readonly [PackedText, string] => [
    pack(lineText({ facts })),
    id === undefined ? '' : visibleText(id),
  ]
  const packMessage = ({ provider, userId }: FindingGroup, message: string): readonly [number, PackedText] => {
    const person = userId === undefined ? undefined : personOf(provider, userId)
    if (person === undefined || !message.startsWith(person.label)) return [-1, pack(message)]
    return [person.place, pack(message.slice(person.label.length))]
  }
  return (shown) => {
    const { message, line, lines } = findingTexts(shown, names)
    const removals = removalsOf(shown)
    const packed = [...packMessage(shown.group, message), ...packLine(line)] as const
    if (lines.length > 0) return [...packed, removals, lines.flatMap(packLine)]
    return removals.length > 0 ? [...packed, removals] : packed
  }
}

/** What the script of the page lists, made one by one. */
export function* packedFindings(lists: readonly FindingList[], pack: PackFinding): Generator<PackedFinding> {
  for (const { groups } of lists) for (const shown of groups) yield pack(shown)
}
