import { foldedName, type KnownTable, type RowShape } from '../input/row-shape.ts'
import { type Row, readRows } from '../input/rows-file.ts'
import type { InputPlace } from '../input/text-file.ts'

const FIELDS = [
  'user',
  'email',
  'id',
  'provider',
  'action',
  'license',
  'to',
  'locationId',
  'phoneNumber',
  'extension',
] as const
/**
 * Columns of our own reports: all users of a person, as `genesys:u1 webex:v1`; the license of the seat; the rule of a finding,
 * and the id of its user.
 */
type Reported = 'users' | 'seat' | 'heldLicense' | 'rule' | 'foundUser'
type Field = (typeof FIELDS)[number] | Reported

/** One line of a file of changes, or one user of a command line. */
export interface ChangeRow extends Readonly<Partial<Record<Exclude<Field, 'email' | 'id' | Reported>, string>>> {
  /** For error messages: `changes.csv: line 3`. */
  readonly source: string
}

/** Columns that people add to a table of ours to say what is to be done. */
const ADDED = { action: 'action', to: 'to' } as const

/**
 * Tables of users that were made for something else. Only what names the user is read of them: a console's `Extension` is
 * the one that the user has, and not one to give.
 */
const TABLES: readonly KnownTable<Field>[] = [
  // Control Hub, Users > Export: help.webex.com/article/n3ijtao
  { knownBy: ['useridemailrequired'], reads: { useridemailrequired: 'user' } },
  // Genesys Cloud, Admin > People: help.mypurecloud.com/articles/add-people-csv-file-import
  { knownBy: ['email', 'emailmanager'], reads: { email: 'email' } },
  { knownBy: ['email', 'rolesdivisions'], reads: { email: 'email' } },
  // seatlens report --by user: as CSV, and as it is shown
  { knownBy: ['users', 'reportstatus'], reads: { users: 'users' } },
  { knownBy: ['person', 'email', 'linkedby'], reads: { email: 'email' } },
  // seatlens report --by assignment: as CSV, and as it is shown
  {
    knownBy: ['provider', 'user', 'licenseid', 'seat'],
    reads: { provider: 'provider', user: 'user', licenseid: 'heldLicense', seat: 'seat', ...ADDED },
  },
  {
    knownBy: ['provider', 'person', 'email', 'license', 'seat'],
    reads: { provider: 'provider', email: 'email', license: 'heldLicense', seat: 'seat', ...ADDED },
  },
  // seatlens report --by finding, seatlens check: as CSV
  {
    knownBy: ['user', 'action', 'license', 'rule'],
    reads: { provider: 'provider', user: 'user', userid: 'foundUser', license: 'license', rule: 'rule', ...ADDED },
  },
  // seatlens users: it has what is known of users, and the columns of a change are added to it
  {
    knownBy: ['id', 'kind', 'status', 'licenseids', 'pendinglicenseids'],
    reads: Object.fromEntries(FIELDS.map((field) => [foldedName(field), field])),
    isJsonToo: true,
  },
]

/** A file of changes, or our own list of users as `seatlens users` prints it. */
const shape: RowShape<Field> = {
  fields: FIELDS,
  aliases: { emailaddress: 'email', userid: 'id' },
  required: [['user', 'email', 'id']],
  users: 'user',
  passedOver: [
    'name',
    'kind',
    'status',
    'displayname',
    'department',
    'lastactiveat',
    'licenseids',
    'licenses',
    'pendinglicenseids',
    'link',
    'person',
  ],
  tables: TABLES,
}

/** A person's users, each a row of its own. A provider that failed has a row without any. */
const rowsOfUsers = (source: string, users: string): readonly ChangeRow[] =>
  users.split(' ').flatMap((text) => {
    const colon = text.indexOf(':')
    const user = text.slice(colon + 1)
    return colon < 0 || user === '' ? [] : [{ source, provider: text.slice(0, colon), user }]
  })

const changeRowsOf = ({ source, cells }: Row<Field>): readonly ChangeRow[] => {
  const { email, id, users, seat, heldLicense, rule, foundUser, ...others } = cells
  if (users !== undefined) return rowsOfUsers(source, users)
  // A finding that nothing is to be done about.
  if (rule !== undefined && others.action === undefined) return []
  const user = foundUser ?? others.user ?? email ?? id
  // A license without a holder, or a provider that failed.
  if (seat !== undefined && user === undefined) return []
  // With an action, a row changes the seat that it is about.
  const license = others.license ?? (others.action === undefined ? undefined : heldLicense)
  return [{ source, ...others, ...(license === undefined ? {} : { license }), ...(user === undefined ? {} : { user }) }]
}

/** The rows of a file of changes. */
export interface ChangeRows {
  readonly rows: readonly ChangeRow[]
  /** It is of findings, and nothing is to be done about any of them. */
  readonly isDone: boolean
}

/**
 * Reads a file of changes. A user is meant by `user`, else by `email`, else by `id`; of a finding, by the id: another account
 * may have the address.
 */
export const readChangeRows = async (file: string, place: InputPlace): Promise<ChangeRows> => {
  const read = await readRows(file, 'the changes', shape, place)
  const rows = read.flatMap(changeRowsOf)
  return { rows, isDone: rows.length === 0 && read.every(({ cells }) => cells.rule !== undefined) }
}
