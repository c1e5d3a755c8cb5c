import type { Capacity } from '../../model/count.ts'
import type { LicenseReport, LicenseRow, PeopleSummary, ProviderReport } from '../../report/license-report.ts'
import { countText } from '../output/count-text.ts'
import type { Surface } from '../output/surface.ts'
import { type Column, createTableWriter } from '../output/text-table.ts'
import { visibleText } from '../output/visible-text.ts'
import { createFootnotes, type Footnotes } from './footnotes.ts'
import type { RenderReport } from './report-formats.ts'
import { problemsOfReport } from './report-problems.ts'
import { utilizationBar } from './utilization-bar.ts'

const NARROW = 110

const DISCREPANCY = 'the vendor counts another number of users than it lists as holders; its counter may lag'

const withReason = (count: Capacity, notes: Footnotes): string =>
  `${countText(count)}${count.kind === 'unknown' ? notes.mark(count.reason) : ''}`

/** Names are for people and not unique: where two pools share one, something that tells them apart is added. */
const namesOf = (rows: readonly LicenseRow[]): readonly string[] => {
  const uses = new Map<string, number>()
  for (const { name } of rows) uses.set(name, (uses.get(name) ?? 0) + 1)
  return rows.map(({ name, siteUrl, subscriptionId, id }) =>
    uses.get(name) === 1 ? name : `${name} (${siteUrl ?? subscriptionId ?? id})`,
  )
}

const cellsOf = (
  name: string,
  row: LicenseRow,
  withCode: boolean,
  surface: Surface,
  notes: Footnotes,
): readonly string[] => {
  const isOver = row.available.kind === 'known' && row.available.value < 0
  const available = withReason(row.available, notes)
  const barWidth = surface.columns !== undefined && surface.columns < NARROW ? 6 : 10
  return [
    visibleText(name),
    ...(withCode ? [visibleText(row.productCode ?? '')] : []),
    withReason(row.purchased, notes),
    `${withReason(row.consumed, notes)}${row.discrepancy === undefined ? '' : notes.mark(DISCREPANCY)}`,
    withReason(row.assigned, notes),
    isOver ? surface.paint.red(available) : available,
    utilizationBar(row.utilization, barWidth, surface.paint, notes),
  ]
}

const columnsOf = (withCode: boolean): readonly Column[] => [
  { heading: 'License', minimum: 12 },
  ...(withCode ? [{ heading: 'Product', minimum: 7 }] : []),
  { heading: 'Purchased', align: 'right' },
  { heading: 'Consumed', align: 'right' },
  { heading: 'Assigned', align: 'right' },
  { heading: 'Available', align: 'right' },
  { heading: 'Utilization' },
]

const statusText = (status: ProviderReport['status'], { paint }: Surface): string =>
  ({ complete: paint.green, partial: paint.yellow, failed: paint.red })[status](status)

const headingOf = (provider: ProviderReport, surface: Surface, notes: Footnotes): string => {
  const name = surface.paint.bold(visibleText(provider.displayName))
  const users = `${withReason(provider.licensedUsers, notes)} licensed users`
  const facts = [statusText(provider.status, surface), ...(provider.status === 'failed' ? [] : [users])]
  return [`${name} (${visibleText(provider.id)})`, ...facts].join(' · ')
}

const sectionOf = (provider: ProviderReport, rows: readonly LicenseRow[], surface: Surface): string => {
  const notes = createFootnotes()
  const heading = `${headingOf(provider, surface, notes)}\n`
  if (provider.status === 'failed' && rows.length === 0) return `${heading}Nothing is known of its licenses.\n`
  if (rows.length === 0) return `${heading}No licenses.\n${notes.text()}`
  const withCode = rows.some(({ productCode }) => productCode !== undefined)
  const table = createTableWriter(columnsOf(withCode), surface)
  const names = namesOf(rows)
  const cells = rows.map((row, index) => cellsOf(names[index] ?? row.name, row, withCode, surface, notes))
  return `${heading}${table(cells)}${notes.text()}`
}

const peopleSection = (people: PeopleSummary, surface: Surface): string => {
  const notes = createFootnotes()
  const table = createTableWriter([{ heading: 'With a license' }, { heading: 'People', align: 'right' }], surface)
  const rows = table([
    ['in total', withReason(people.total, notes)],
    ['in several providers', withReason(people.inSeveralProviders, notes)],
    ['without e-mail address', withReason(people.withoutEmail, notes)],
    ['external', withReason(people.external, notes)],
  ])
  return `${surface.paint.bold('People')}\n${rows}${notes.text()}`
}

/** What is missing comes first, so that no number is read before it. */
const qualitySection = (report: LicenseReport, { paint }: Surface): readonly string[] => {
  if (report.complete) return []
  const problems = problemsOfReport(report).map((line) => `  ${visibleText(line)}\n`)
  return [`${paint.yellow('This report is not complete:')}\n${problems.join('')}`]
}

/** For people: data quality, then one table for each provider, then the people across all of them. */
export const renderReportTable: RenderReport = (report, surface) =>
  [
    ...qualitySection(report, surface),
    ...report.providers.map((provider) =>
      sectionOf(
        provider,
        report.licenses.filter((row) => row.provider === provider.id),
        surface,
      ),
    ),
    peopleSection(report.people, surface),
  ].join('\n')
