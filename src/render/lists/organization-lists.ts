import type { GridColumn, GridField } from '../grid/grid.ts'
import type { ListDescription } from './list-format.ts'
import type { OrganizationRow } from './render-lists.ts'

const text = (key: string, heading: string): GridColumn => ({ key, heading, holds: 'text' })

const fields: readonly GridField<OrganizationRow>[] = [
  { column: { ...text('entry', 'Entry'), only: 'machines' }, cellOf: ({ entry }) => entry },
  { column: { ...text('provider', 'Provider'), minimum: 12 }, cellOf: ({ provider }) => provider },
  { column: { ...text('name', 'Name'), minimum: 8 }, cellOf: ({ name = '' }) => name },
  { column: { ...text('id', 'Id'), only: 'machines' }, cellOf: ({ id }) => id },
  { column: text('status', 'Status'), cellOf: ({ status }) => status },
  { column: { ...text('since', 'Listed since'), only: 'machines' }, cellOf: ({ since = '' }) => since },
  { column: { ...text('since', 'Listed since'), only: 'people' }, cellOf: ({ since = '' }) => since.slice(0, 10) },
]

export const organizationList: ListDescription<OrganizationRow> = {
  one: 'organization',
  fields,
  toValue: (organization) => organization,
}
