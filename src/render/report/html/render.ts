import type { LicenseReport, ProviderReport } from '../../../report/license-report.ts'
import { type Html, html, name } from '../../page/html.ts'
import { pagePieces } from '../../page/page.ts'
import { style } from '../../page/style.ts'
import { groupsHeading } from '../group-words.ts'
import type { RenderReport } from '../render-report.ts'
import { clientScript } from './client-script.ts'
import { costSection } from './cost-section.ts'
import { dataPieces } from './data-pieces.ts'
import { findingSection } from './finding-section.ts'
import { findingData, findingLists } from './findings.ts'
import { groupSection } from './group-section.ts'
import { licenseSection } from './license-section.ts'
import { type Names, namesOf } from './names.ts'
import { overlapSection } from './overlap-section.ts'
import { peopleData } from './people-data.ts'
import { peopleSection } from './people-section.ts'
import { purchaseSection } from './purchase-section.ts'
import { configurationSection, missingSection, qualitySection } from './quality-section.ts'
import { summarySection } from './summary-section.ts'
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

const headerOf = ({ generatedAt, providers }: LicenseReport, names: Names): Html =>
  html`<header><div><h1>License report</h1><p class="muted">As of <time datetime="${generatedAt}" data-clock>${timeText(generatedAt)}</time></p></div>
<ul class="providers" aria-label="Providers">${providers.map((provider) => providerStatus(provider, names))}</ul></header>`

interface Section {
  readonly id: string
  readonly title: string
  readonly content: Html | undefined
}

const navigation = (sections: readonly Section[]): Html =>
  html`<nav class="contents short" aria-label="Contents"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`

/** One file for any browser that loads nothing. */
export const renderReportHtml: RenderReport = (report, { allIn }) => {
  const names = namesOf(report)
  const people = peopleData(report, names)
  const lists = [...findingLists(report, false), ...findingLists(report, true)]
  const all: readonly Section[] = [
    { id: 'licenses', title: 'Licenses', content: licenseSection(report, names) },
    { id: 'purchases', title: 'Purchases', content: purchaseSection(report, names) },
    { id: 'overlap', title: 'Overlap', content: overlapSection(report, names, allIn) },
    { id: 'findings', title: 'Findings', content: findingSection(report, names) },
    { id: 'cost', title: 'Cost', content: costSection(report, names) },
    {
      id: 'groups',
      title: report.groups === undefined ? '' : groupsHeading(report.groups),
      content: groupSection(report, names),
    },
    { id: 'people', title: 'People', content: peopleSection(report, people, names) },
    { id: 'workspaces', title: 'Workspaces', content: workspaceSection(report, names, allIn) },
    { id: 'quality', title: 'Data quality', content: qualitySection(report, names) },
  ]
  const sections = all.filter(({ content }) => content !== undefined)
  return pagePieces({
    title: `License report, ${timeText(report.generatedAt)}`,
    style,
    body: html`${headerOf(report, names)}
<main>${missingSection(report, names)}${configurationSection(report)}${summarySection(report)}${navigation(sections)}${sections.map(({ content }) => content ?? html``)}</main>`,
    program: {
      script: clientScript,
      data: dataPieces({
        tables: people.tables,
        people: people.people,
        findings: lists.map((list) => ({ elementId: list.elementId, findings: findingData(list, names) })),
      }),
    },
  })
}
