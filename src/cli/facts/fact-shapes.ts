import { foldedName, type KnownTable, type RowShape } from '../input/row-shape.ts'

/** Kinds of files with facts: the option of each. */
export const factKinds = ['purchased', 'consumed', 'activity'] as const
export type FactKind = (typeof factKinds)[number]

/** What can be read of a file with facts. `entity` and `seenAt`: of exports that have a row for each user who is billed. */
export type FactField =
  | 'provider'
  | 'license'
  | 'sku'
  | 'purchased'
  | 'consumed'
  | 'periodStart'
  | 'periodEnd'
  | 'status'
  | 'asOf'
  | 'entity'
  | 'seenAt'
  | 'user'
  | 'email'
  | 'id'
  | 'lastActiveAt'
  | 'daysInactive'
  | 'source'
  | 'covers'

/** An export of a vendor's console. */
export interface VendorTable extends KnownTable<FactField> {
  /** The vendor of the providers that it can be about. */
  readonly vendor: string
  /** For messages. */
  readonly what: string
  /** It tells only some of what users do: who is not active in it may be active. Default: it tells all. */
  readonly coversSome?: true
}

type Reads = Readonly<Record<string, FactField>>

/** Columns that a user may add to an export. */
const ADDED: Reads = { provider: 'provider', asof: 'asOf' }

const readsOf = (field: FactField, headings: readonly string[]): Reads =>
  Object.fromEntries(headings.map((heading) => [heading, field]))

/** A table for each way to call two columns. */
const tablesWith = (
  ones: readonly string[],
  others: readonly string[],
  table: Omit<VendorTable, 'knownBy'>,
): readonly VendorTable[] =>
  ones.flatMap((one) =>
    others.map((other) => ({ ...table, knownBy: [one, other], reads: { ...table.reads, ...ADDED } })),
  )

/** Control Hub, Users > Export: help.webex.com/article/n3ijtao, help.webex.com/article/afv3q8 */
const HUB_USER = 'useridemailrequired'
const HUB_TIMES = ['lastserviceaccessedtime', 'lastserviceaccesstime']
const HUB_DAYS = ['dayssincelastserviceaccessed', 'dayssincelastserviceaccess']
const CONTROL_HUB = { vendor: 'webex', what: 'the list of users of Control Hub' }

/** Control Hub, Reports > Inactive Users. The vendor describes its columns and does not name them. */
const EMAILS = ['email', 'emailaddress', 'useremail']
const DAYS_INACTIVE = ['dayssincelastactivity', 'dayssincelastactive', 'daysoflastactivity', 'inactivedays']

/**
 * Genesys Cloud, Admin > Subscription > Download usage: help.mypurecloud.com/articles/download-usage-reports. The vendor
 * describes the columns of these exports and does not name them. A charge is a product: it may be called as a license, and
 * where it is not, the configuration can say of which license it is.
 */
const CHARGES = ['charge', 'chargename', 'chargetype', 'product', 'productname']
const ENTITIES = ['entity', 'entityname', 'entityid', 'userordevice']
const FIRST_LOGINS = [
  'firstbillablelogin',
  'firstbillablelogintime',
  'firstbillablelogindate',
  'firstbillableloginutc',
  'firstlogin',
  'firstlogintime',
  'utctime',
  'timeutc',
  'timestamp',
  'datetime',
  'date',
  'time',
]
const QUANTITIES = ['billableusage', 'billedusage', 'billablequantity', 'billedquantity', 'quantity', 'usage']
const PERIOD: Reads = {
  ...readsOf('periodStart', [
    'billingperiodstart',
    'billingperiodstartdate',
    'periodstart',
    'periodstartdate',
    'startdate',
  ]),
  ...readsOf('periodEnd', ['billingperiodend', 'billingperiodenddate', 'periodend', 'periodenddate', 'enddate']),
}
const USAGE = { vendor: 'genesys', what: 'an export of usage of Genesys Cloud' }

const tables: Readonly<Record<FactKind, readonly VendorTable[]>> = {
  purchased: [],
  consumed: [
    ...tablesWith(CHARGES, ENTITIES, {
      ...USAGE,
      reads: { ...readsOf('sku', CHARGES), ...readsOf('entity', ENTITIES), ...readsOf('seenAt', FIRST_LOGINS) },
    }),
    ...tablesWith(CHARGES, QUANTITIES, {
      ...USAGE,
      reads: { ...readsOf('sku', CHARGES), ...readsOf('consumed', QUANTITIES), ...PERIOD },
    }),
  ],
  activity: [
    ...tablesWith([HUB_USER], HUB_TIMES, {
      ...CONTROL_HUB,
      reads: { [HUB_USER]: 'user', ...readsOf('lastActiveAt', HUB_TIMES) },
    }),
    ...tablesWith([HUB_USER], HUB_DAYS, {
      ...CONTROL_HUB,
      reads: { [HUB_USER]: 'user', ...readsOf('daysInactive', HUB_DAYS) },
    }),
    ...tablesWith(EMAILS, DAYS_INACTIVE, {
      vendor: 'webex',
      what: 'the report "Inactive Users" of Control Hub',
      reads: { ...readsOf('email', EMAILS), ...readsOf('daysInactive', DAYS_INACTIVE) },
    }),
    ...tablesWith(ENTITIES, FIRST_LOGINS, {
      ...USAGE,
      // Of the first login of a period, later ones are unknown.
      coversSome: true,
      reads: { ...readsOf('user', ENTITIES), ...readsOf('lastActiveAt', FIRST_LOGINS) },
    }),
  ],
}

const SEATS = ['provider', 'license', 'sku'] as const
const OF_SEATS = ['license', 'sku'] as const

/** The shapes of our own files. */
const own: Readonly<Record<FactKind, RowShape<FactField>>> = {
  purchased: {
    fields: [...SEATS, 'purchased', 'asOf'],
    aliases: { licenseid: 'license', quantity: 'purchased', seats: 'purchased' },
    required: [OF_SEATS, ['purchased']],
  },
  consumed: {
    fields: [...SEATS, 'consumed', 'periodStart', 'periodEnd', 'status', 'asOf'],
    aliases: { licenseid: 'license', billed: 'consumed' },
    required: [OF_SEATS, ['consumed']],
  },
  activity: {
    fields: ['provider', 'user', 'email', 'id', 'lastActiveAt', 'daysInactive', 'source', 'covers', 'asOf'],
    aliases: { emailaddress: 'email', userid: 'id' },
    required: [
      ['user', 'email', 'id'],
      ['lastActiveAt', 'daysInactive'],
    ],
    passedOver: ['name', 'displayname'],
    users: 'user',
  },
}

/** All fields that a user can name a heading of. */
export const mappableFields: readonly FactField[] = [...new Set(factKinds.flatMap((kind) => own[kind].fields))]

/** What a user calls a field. */
export interface Mapped {
  readonly field: FactField
  readonly heading: string
}

/** The shape of a file of a kind. A mapping is for the kinds that have its field. */
export const shapeOf = (kind: FactKind, mapped: readonly Mapped[]): RowShape<FactField> => ({
  ...own[kind],
  tables: tables[kind],
  numbers: true,
  renamed: Object.fromEntries(
    mapped
      .filter(({ field }) => own[kind].fields.includes(field))
      .map(({ field, heading }) => [foldedName(heading), field]),
  ),
  advice: 'or say what a column is called: --map FIELD=HEADING',
})

/** The vendor's export that a file is; undefined for a file with headings of ours. */
export const vendorTableOf = (kind: FactKind, table: KnownTable<FactField> | undefined): VendorTable | undefined =>
  tables[kind].find((one) => one === table)
