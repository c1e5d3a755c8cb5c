import type { Content } from '../../model/content.ts'
import type { License } from '../../model/license.ts'
import type { LicensedUser } from '../../model/licensed-user.ts'
import { licenseLabels } from '../../report/license-labels.ts'
import { demandGiven, type Formats, inFormat, type RenderOptions, surfaceFor } from '../rendering.ts'
import type { RowOptions } from '../rows/row-options.ts'
import { readOnce } from '../text/content.ts'
import type { ListFormat, ListWriter } from './list-format.ts'
import type { PersonInProvider, RenderPerson } from './person.ts'

/** The formats of a list of licenses. */
export const licenseFormats = ['table', 'json', 'ndjson', 'csv'] as const
/** One of {@link licenseFormats}. */
export type LicenseFormat = (typeof licenseFormats)[number]

const writers: Formats<LicenseFormat, ListFormat> = {
  table: async () => (await import('./table-list.ts')).tableFormat,
  json: async () => (await import('./json-list.ts')).jsonFormat,
  ndjson: async () => (await import('./json-list.ts')).ndjsonFormat,
  csv: async () => (await import('./csv-list.ts')).csvFormat,
}

const licenseWriters: typeof writers = {
  ...writers,
  table: async () => (await import('./table-list.ts')).wholeTableFormat,
}

/** Which items of a list are written, and what of them. */
export interface ListOptions {
  /**
   * A column of which two readers have different texts, such as `name`, is that of CSV. A mistake rejects with a
   * `LicenseException` with `InvalidInput`; see {@link rowMistakesIn}. Default: all items.
   */
  readonly rows?: RowOptions | undefined
}

/** Licenses, as they are read; those of a table all at its end. Without the vendors' own records. */
export const createLicenseWriter = async (
  options: RenderOptions<LicenseFormat> & ListOptions,
): Promise<ListWriter<License>> => {
  await demandGiven('result', {}, options)
  const { format, rows = {}, ...target } = options
  const write = await inFormat(licenseWriters, format)
  const [{ openList }, { licenseList }] = await Promise.all([import('./open-list.ts'), import('./license-lists.ts')])
  return openList(write, licenseList, rows, surfaceFor(target))
}

/** The formats of a list of organizations. */
export const organizationFormats = ['table', 'json', 'csv'] as const
/** One of {@link organizationFormats}. */
export type OrganizationFormat = (typeof organizationFormats)[number]

/** An organization that a credential reaches. */
export interface OrganizationRow {
  /** The provider of the configuration whose credential it is. */
  readonly entry: string
  /** The id of the organization's own provider. */
  readonly provider: string
  readonly name?: string | undefined
  /** The vendor's id. */
  readonly id: string
  /**
   * `new`: it was not listed before. `gone`: it is not listed any more. `unlisted`: it was asked for by id, and is in no list.
   * `failed`: it was asked for by id, and the vendor does not give it.
   */
  readonly status: 'listed' | 'new' | 'gone' | 'unlisted' | 'failed'
  /** When it was listed first, ISO 8601; absent where that was not kept. */
  readonly since?: string | undefined
}

/** Organizations, as they are listed. `table` has no ids of the vendor. */
export const createOrganizationWriter = async (
  options: RenderOptions<OrganizationFormat> & ListOptions,
): Promise<ListWriter<OrganizationRow>> => {
  await demandGiven('result', {}, options)
  const { format, rows = {}, ...target } = options
  const write = await inFormat(writers, format)
  const [{ openList }, { organizationList }] = await Promise.all([
    import('./open-list.ts'),
    import('./organization-lists.ts'),
  ])
  return openList(write, organizationList, rows, surfaceFor(target))
}

/** How licenses are named in a list. */
export interface NamingOptions {
  /** Where the names of licenses come from: licenses, or the rows of a report. Default: none, and a license is shown by its id. */
  readonly licenses?: readonly Pick<License, 'provider' | 'id' | 'name' | 'siteUrl' | 'subscriptionId'>[] | undefined
}

/** The formats of a list of users. */
export const userFormats = ['table', 'json', 'ndjson', 'csv'] as const
/** One of {@link userFormats}. */
export type UserFormat = (typeof userFormats)[number]

/** Users, as they are read. `table` has the names of their licenses, the other formats their ids. */
export const createUserWriter = async (
  options: RenderOptions<UserFormat> & NamingOptions & ListOptions,
): Promise<ListWriter<LicensedUser>> => {
  await demandGiven('result', {}, options)
  const { format, licenses = [], rows = {}, ...target } = options
  const write = await inFormat(writers, format)
  const [{ openList }, { userList }] = await Promise.all([import('./open-list.ts'), import('./user-lists.ts')])
  return openList(write, userList(licenseLabels({ licenses })), rows, surfaceFor(target))
}

/** The formats of what one person holds. */
export const personFormats = ['table', 'json'] as const
/** One of {@link personFormats}. */
export type PersonFormat = (typeof personFormats)[number]

const ofPerson: Formats<PersonFormat, RenderPerson> = {
  table: async () => (await import('./person.ts')).renderPersonTable,
  json: async () => (await import('./person.ts')).renderPersonJson,
}

/** Everything that one person holds, by provider. Where no provider has the person: no text, or an empty list in `json`. */
export const renderPerson = async (
  person: readonly PersonInProvider[],
  options: RenderOptions<PersonFormat> & NamingOptions,
): Promise<Content> => {
  await demandGiven('person', { person }, options, ['person'])
  const { format, licenses = [], ...target } = options
  return readOnce((await inFormat(ofPerson, format))(person, surfaceFor(target), licenseLabels({ licenses })))
}
