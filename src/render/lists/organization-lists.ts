import { visibleText } from '../text/visible-text.ts'
import { csvFormat, jsonFormat, tableFormat } from './list-format.ts'
import type { OrganizationRow } from './render-lists.ts'

export const organizationJson = jsonFormat((organization: OrganizationRow) => organization)

export const organizationCsv = csvFormat<OrganizationRow>(
  ['entry', 'provider', 'name', 'id', 'status', 'since'],
  ({ entry, provider, name, id, status, since }) => [entry, provider, name ?? '', id, status, since ?? ''],
)

export const organizationTable = tableFormat<OrganizationRow>(
  [{ heading: 'provider', minimum: 12 }, { heading: 'name', minimum: 8 }, { heading: 'status' }, { heading: 'since' }],
  ({ provider, name, status, since }) => [
    visibleText(provider),
    visibleText(name ?? ''),
    status,
    since === undefined ? '' : since.slice(0, 10),
  ],
)
