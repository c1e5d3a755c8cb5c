import type { LicenseReport, ProviderReport } from '../../../report/license-report.ts'
import { type Html, html, name } from '../../page/html.ts'
import { pagePieces } from '../../page/page.ts'
import { style } from '../../page/style.ts'
import type { RowOptions } from '../../rows/row-options.ts'
import { groupsHeading } from '../group-words.ts'
import type { PageHead as ChosenHead, RenderReport, ReportView } from '../render-report.ts'
import { reportRows } from '../rows/report-rows.ts'
import { shownGroups } from '../shown-groups.ts'
import { actionSection } from './action-section.ts'
import { clientScript } from './client-script.ts'
import { costSection } from './cost-section.ts'
import { dataParts } from './data-parts.ts'
import { createFindingPacker, findingLists, packedFindings } from './finding-lists.ts'
import { findingSection } from './finding-section.ts'
import { groupSection } from './group-section.ts'
import { licenseSection } from './license-section.ts'
import { type Names, namesOf } from './names.ts'
import { organizationSection } from './organization-section.ts'
import { overlapSection } from './overlap-section.ts'
import { peopleData } from './people-data.ts'
import { peopleSection } from './people-section.ts'
import { purchaseSection } from './purchase-section.ts'
import { configurationSection, missingSection, qualitySection } from './quality-section.ts'
import { createRemovals } from './removal-data.ts'
import { renewalSection } from './renewal-section.ts'
import { rowSection } from './row-section.ts'
import { savingsSection } from './savings-section.ts'
import { summarySection } from './summary-section.ts'
import { unknownSection } from './unknown-section.ts'
import { workspaceSection } from './workspace-section.ts'

/** `20 November 2026, 10:00 UTC`. The page's script shows it in the zone of the reader. */
const timeText = (iso: string): string => {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  const months = 'January February March April May June July August September October November December'.split(' ')
  return `${time.getUTCDate()} ${months[time.getUTCMonth()]} ${time.getUTCFullYear()}, ${iso.slice(11, 16)} UTC`
}

const providerStatus = ({ id, status }: ProviderReport, names: Names): Html =>
  html`<li>${name(names.provider(id))} <span class="status status-${status}">${status}</span></li>`

interface PageHead extends ChosenHead {
  readonly title: string
}

const PRINTED_SHORT = 'Printed short, on 10 pages at most. To print more, choose “Print everything” in the page.'

const headerOf = ({ generatedAt, providers }: LicenseReport, names: Names, { title, logo }: PageHead): Html =>
  html`<header><div class="title">${logo === undefined ? undefined : html`<img class="logo" src="${logo}" alt="">`}<div><h1>${title}</h1><p class="muted">As of <time datetime="${generatedAt}" data-clock>${timeText(generatedAt)}</time></p></div></div>
<ul class="providers" aria-label="Providers">${providers.map((provider) => providerStatus(provider, names))}</ul>
<label class="print-all"><input type="checkbox" id="print-all" autocomplete="off"> Print everything, not only 10 pages</label><p class="on-paper muted short-print">${PRINTED_SHORT}</p></header>`

interface Section {
  readonly id: string
  readonly title: string
  readonly content: Html | undefined
}

/** What is without a title is part of what is before it. */
const isListed = ({ title, content }: Section): boolean => content !== undefined && title !== ''

/** So many take few lines on a phone; more are scrolled through. */
const FEW_LINKS = 9

const navigation = (sections: readonly Section[]): Html =>
  html`<nav class="contents${sections.length > FEW_LINKS ? '' : ' short'}" aria-label="Contents"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`

const contentsOf = (sections: readonly Section[]): readonly Html[] => sections.flatMap(({ content }) => content ?? [])

/** The rows that are asked for, what was left out, and the totals. Nothing of it needs a script. */
const selectedRows = (report: LicenseReport, view: ReportView, rows: RowOptions): Promise<Iterable<string>> => {
  const { page = {} } = view
  const names = namesOf(report)
  const title = page.title ?? 'License report'
  return pagePieces({
    title: `${title}, ${timeText(report.generatedAt)}`,
    style,
    hasImages: page.logo !== undefined,
    body: [
      html`${headerOf(report, names, { ...page, title })}
<main>${missingSection(report, names)}${configurationSection(report)}${rowSection(reportRows(report, view, rows))}${summarySection(report, shownGroups(report))}${costSection(report, names) ?? html``}${qualitySection(report, names)}</main>`,
    ],
  })
}

/** One file for any browser that loads nothing. */
export const renderReportHtml: RenderReport = (report, { allIn }, view) => {
  if (view.rows !== undefined) return selectedRows(report, view, view.rows)
  const { page = {}, layout } = view
  const names = namesOf(report)
  const groups = shownGroups(report)
  const people = peopleData(report, groups, names)
  const removals = createRemovals()
  const packFinding = createFindingPacker(names, people.personOf, removals.dataOf)
  const lists = [...findingLists(groups, true), ...findingLists(groups, false)]
  const title = page.title ?? 'License report'
  // First what to do, and what it rests on; then all that there is.
  const opening: readonly Section[] = [
    { id: 'savings', title: 'Savings', content: savingsSection(report) },
    { id: 'actions', title: '', content: actionSection(report, names) },
    { id: 'renewals', title: 'Renewals', content: renewalSection(report, names) },
    { id: 'unknown', title: 'Not known', content: unknownSection(report, names) },
  ]
  const rest: readonly Section[] = [
    { id: 'licenses', title: 'Licenses', content: licenseSection(report, names) },
    {
      id: 'organizations',
      title: 'Organizations',
      content: layout === 'organization' ? organizationSection(report, names) : undefined,
    },
    { id: 'people', title: 'People', content: peopleSection(report, people, names) },
    { id: 'findings', title: 'Findings', content: findingSection(report, groups, names) },
    { id: 'cost', title: 'Cost', content: costSection(report, names) },
    {
      id: 'groups',
      title: report.groups === undefined ? '' : groupsHeading(report.groups),
      content: groupSection(report, names),
    },
    { id: 'purchases', title: 'Purchases', content: purchaseSection(report, names) },
    { id: 'overlap', title: 'Overlap', content: overlapSection(report, names, allIn) },
    { id: 'workspaces', title: 'Workspaces', content: workspaceSection(report, names, allIn) },
    { id: 'quality', title: 'Data quality', content: qualitySection(report, names) },
  ]
  return pagePieces({
    title: `${title}, ${timeText(report.generatedAt)}`,
    style,
    hasImages: page.logo !== undefined,
    body: [
      html`${headerOf(report, names, { ...page, title })}
<main>${missingSection(report, names)}${configurationSection(report)}${navigation([...opening, ...rest].filter(isListed))}${contentsOf(opening)}${summarySection(report, groups)}${contentsOf(rest)}</main>`,
    ],
    program: {
      script: clientScript,
      data: dataParts({
        tables: {
          ...people.tables,
          people: people.count,
          lists: lists.map(({ elementId, groups: ofList }) => [elementId, ofList.length]),
        },
        people: people.people,
        findings: packedFindings(lists, packFinding),
        removals: removals.tables,
      }),
    },
  })
}
