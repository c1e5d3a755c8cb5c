import { numberText } from '../../../model/quantity.ts'
import { firstOf, moreOf } from '../../../model/some-of.ts'
import type { LicenseReport, WorkspaceRow } from '../../../report/license-report.ts'
import { type Html, html, name } from '../../page/html.ts'
import { fieldText } from '../../text/user-text.ts'
import type { Names } from './names.ts'

/** They are part of the page as text: very many would make it slow. */
const SHOWN = 1_000

const UNKNOWN = html`<span class="unknown">unknown</span>`

const rowOf = (workspace: WorkspaceRow, names: Names): Html => {
  const { provider, id, displayName = id, location, licenseIds, devices, lastSeenAt } = workspace
  const licenses = licenseIds.map((licenseId) => names.license(provider, licenseId)).join(' · ')
  const seen =
    lastSeenAt === undefined ? html`` : html`<time datetime="${lastSeenAt}">${lastSeenAt.slice(0, 10)}</time>`
  return html`<tr><th scope="row">${name(displayName)}</th><td>${name(names.provider(provider))}</td><td>${name(fieldText(location))}</td><td>${name(licenses)}</td><td class="number">${devices === undefined ? UNKNOWN : numberText(devices)}</td><td>${seen}</td></tr>`
}

/** The workspaces, with the licenses that they hold. Absent where no provider lists any. */
export const workspaceSection = (report: LicenseReport, names: Names, allIn: string): Html | undefined => {
  const { workspaces = [] } = report
  if (workspaces.length === 0) return undefined
  const { shown, others } = firstOf(workspaces, SHOWN)
  return html`<section id="workspaces" aria-labelledby="workspaces-heading"><h2 id="workspaces-heading">Workspaces</h2><div class="card">
<div class="scroll" tabindex="0" role="region" aria-label="Workspaces and their licenses"><table class="plain">
<thead><tr><th scope="col">Workspace</th><th scope="col">Provider</th><th scope="col">Location</th><th scope="col">Licenses</th><th scope="col" class="number">Devices</th><th scope="col">Last seen</th></tr></thead>
<tbody>${shown.map((workspace) => rowOf(workspace, names))}</tbody></table></div>${
    others === 0 ? undefined : html`<p class="muted">And ${moreOf(others)}; ${allIn} has all.</p>`
  }</div></section>`
}
