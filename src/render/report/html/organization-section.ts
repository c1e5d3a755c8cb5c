import type { LicenseReport } from '../../../report/license-report.ts'
import {
  type ProductAcrossOrganizations,
  type ProductSeats,
  productsAcrossOrganizations,
} from '../../../report/organization-products.ts'
import { type Html, html, name } from '../../page/html.ts'
import { COST_PER_MONTH } from '../../text/cost-text.ts'
import { productTitle } from '../grids/organization-grid.ts'
import { currenciesOf } from '../shown-costs.ts'
import { costHtml, countHtml } from './count-html.ts'
import type { Names } from './names.ts'
import { createPageNotes, type PageNotes } from './page-notes.ts'

interface Field {
  readonly heading: string
  readonly cellOf: (seats: ProductSeats, notes: PageNotes) => Html | undefined
}

const FIELDS: readonly Field[] = [
  { heading: 'Purchased', cellOf: ({ purchased }, notes) => countHtml(purchased, notes) },
  { heading: 'In use', cellOf: ({ inUse }, notes) => countHtml(inUse, notes) },
  { heading: 'Available', cellOf: ({ available }, notes) => countHtml(available, notes) },
]
const COST: Field = { heading: COST_PER_MONTH, cellOf: ({ cost }, notes) => cost && costHtml(cost, notes) }

/** What each organization has of each product, for a report of this layout. */
export const organizationSection = (report: LicenseReport, names: Names): Html => {
  const notes = createPageNotes('organizations')
  const fields = [...FIELDS, ...(currenciesOf(report).length > 0 ? [COST] : [])]
  const rowOf = (label: Html, seats: ProductSeats): Html =>
    html`<tr><th scope="row">${label}</th>${fields.map(({ cellOf }) => html`<td class="number">${cellOf(seats, notes)}</td>`)}</tr>`
  const tableOf = (product: ProductAcrossOrganizations): Html => {
    const title = productTitle(product)
    const others = product.notRead.filter((id) => !product.organizations.some(({ provider }) => provider === id))
    return html`<h3>${name(title)} <span class="muted">${product.vendor}</span></h3><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="plain"><thead><tr><th scope="col">Organization</th>${fields.map(({ heading }) => html`<th scope="col" class="number">${heading}</th>`)}</tr></thead><tbody>${product.organizations.map((own) => rowOf(name(names.provider(own.provider)), own))}${others.map((id) => html`<tr><th scope="row">${name(names.provider(id))}</th>${fields.map(() => html`<td class="number"><span class="unknown">unknown</span></td>`)}</tr>`)}${rowOf(html`<strong>All organizations</strong>`, product.total)}</tbody></table></div>`
  }
  return html`<section id="organizations" aria-labelledby="organizations-heading"><h2 id="organizations-heading">Organizations</h2><div class="card">${productsAcrossOrganizations(report).map(tableOf)}${notes.list()}</div></section>`
}
