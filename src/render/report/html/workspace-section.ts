import { numberText } from '../../../model/quantity.ts'
import { firstOf, moreOf } from '../../../model/some-of.ts'
import type { LicenseReport, WorkspaceRow } from '../../../report/license-report.ts'
import { type Html, html, name } from '../../page/html.ts'
import { fieldText } from '../../text/user-text.ts'
import type { Names } from './names.ts'

/** They are part of the page as text: very many would make it slow. */
const SHOWN = 1_000

const UNKNOWN = html`<span class="unknown">unknown</span>`

const HEADINGS = ['Provider', 'Location', 'Licenses', 'Devices', 'Last seen'] as const
type Heading = (typeof HEADINGS)[number]

const rowOf = (workspace: WorkspaceRow, names: Names): Html => {
  const { provider, id, displayName = id, location, licenseIds, devices, lastSeenAt } = workspace
  const licenses = licenseIds.map((licenseId) => names.license(provider, licenseId)).join(' · ')
  const seen =
    lastSeenAt === undefined ? html`` : html`<time datetime="${lastSeenAt}">${lastSeenAt.slice(0, 10)}</time>`
  const cell = (heading: Heading, content: Html, className = ''): Html =>
    html`<td class="${className}" data-heading="${heading}">${content}</td>`
  return html`<tr><th scope="row">${name(displayName)}</th>${cell('Provider', name(names.provider(provider)))}${cell('Location', name(fieldText(location)), 'place')}${cell('Licenses', name(licenses), 'words')}${cell('Devices', devices === undefined ? UNKNOWN : html`${numberText(devices)}`, 'number')}${cell('Last seen', seen)}</tr>`
}

/** The workspaces, with the licenses that they hold. Absent where no provider lists any. */
export const workspaceSection = (report: LicenseReport, names: Names, allIn: string): Html | undefined => {
  const { workspaces = [] } = report
  if (workspaces.length === 0) return undefined
  const { shown, others } = firstOf(workspaces, SHOWN)
  return html`<section id="workspaces" aria-labelledby="workspaces-heading"><h2 id="workspaces-heading">Workspaces</h2><div class="card">
<div class="scroll" tabindex="0" role="region" aria-label="Workspaces and their licenses"><table class="plain cards">
<thead><tr><th scope="col">Workspace</th>${HEADINGS.map((heading) => html`<th scope="col" class="${heading === 'Devices' ? 'number' : ''}">${heading}</th>`)}</tr></thead>
<tbody>${shown.map((workspace) => rowOf(workspace, names))}</tbody></table></div>${
    others === 0 ? undefined : html`<p class="muted">And ${moreOf(others)}; ${allIn} has all.</p>`
  }</div></section>`
}
