import { groupedBy } from '../../model/grouped-by.ts'
import { numberText } from '../../model/quantity.ts'
import type { LicenseLabels } from '../../report/license-labels.ts'
import type { DiffPerson, LicenseDiff, SnapshotDiff, UndecidedHolder } from '../../snapshot/index.ts'
import { type Cell, withoutEmptyColumns } from '../grid/grid.ts'
import { column, type DiffSection, gridOf } from './diff-section.ts'

const nameOf = ({ id, name, email }: DiffPerson): string => {
  if (email === undefined) return name ?? id
  return name === undefined ? email : `${name} <${email}>`
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

const countDecided = (licenses: readonly LicenseDiff[]): number =>
  sum(licenses.map(({ holders }) => holders.in.length + holders.out.length))

/** Those of one license who may have come or left, by direction and reason. */
const undecidedGroups = ({ holders }: LicenseDiff): readonly (readonly UndecidedHolder[])[] => [
  ...groupedBy(holders.undecided, ({ direction, reason }) => JSON.stringify([direction, reason])).values(),
]

function* decidedRows(licenses: readonly LicenseDiff[], { labelOf }: LicenseLabels): Generator<readonly Cell[]> {
  for (const { provider, id, holders } of licenses) {
    const name = labelOf(provider, id)
    for (const person of holders.in) yield ['in', nameOf(person), name, provider, '']
    for (const person of holders.out) yield ['out', nameOf(person), name, provider, '']
  }
}

function* undecidedRows(licenses: readonly LicenseDiff[], { labelOf }: LicenseLabels): Generator<readonly Cell[]> {
  for (const license of licenses) {
    const { provider, id } = license
    for (const [first, ...others] of undecidedGroups(license)) {
      if (first === undefined) continue
      const who = others.length === 0 ? nameOf(first) : `${numberText(others.length + 1)} people`
      yield [`unknown whether ${first.direction}`, who, labelOf(provider, id), provider, first.reason]
    }
  }
}

function* first<A>(items: Iterable<A>, count: number): Generator<A> {
  let left = count
  for (const item of items) {
    if (left-- <= 0) return
    yield item
  }
}

/** What is known comes first, so that a provider with gaps hides nothing of the others. */
function* holderRows(licenses: readonly LicenseDiff[], labels: LicenseLabels, max: number): Generator<readonly Cell[]> {
  yield* first(decidedRows(licenses, labels), max)
  yield* undecidedRows(licenses, labels)
}

const shortenedLines = (licenses: readonly LicenseDiff[], max: number, allIn: string): readonly string[] => {
  const decided = countDecided(licenses)
  const isFolded = licenses.some((license) => undecidedGroups(license).some(({ length }) => length > 1))
  return [
    ...(decided > max
      ? [`the first ${numberText(max)} of ${numberText(decided)} holders who came or left; ${allIn} has all`]
      : []),
    ...(isFolded ? [`holders who may have come or left are counted for each license; ${allIn} names them`] : []),
  ]
}

/** The holders who came to a license and who left it, one by one, and then those of whom that is unknown. */
export const holderSections = (
  { licenses }: SnapshotDiff,
  labels: LicenseLabels,
  maxHolders: number,
  allIn: string,
): readonly DiffSection[] => {
  if (countDecided(licenses) === 0 && licenses.every(({ holders }) => holders.undecided.length === 0)) return []
  const columns = [
    column('Change'),
    column('Who', 'text', { minimum: 16 }),
    column('License', 'text', { minimum: 12 }),
    column('Provider', 'text', { minimum: 8 }),
    column('Why', 'text', { minimum: 12 }),
  ]
  return [
    {
      heading: 'Holders',
      lines: shortenedLines(licenses, maxHolders, allIn),
      // It is known of most holders that they came or left, and there is no more to say of it.
      grid: withoutEmptyColumns(gridOf(columns, holderRows(licenses, labels, maxHolders)), ({ key }) => key === 'Why'),
    },
  ]
}
