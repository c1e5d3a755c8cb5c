import { type RowShape, readRows } from '../input/rows-file.ts'
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
type Field = (typeof FIELDS)[number]

/** One line of a file of changes, or one user of a command line. */
export interface ChangeRow extends Readonly<Partial<Record<Exclude<Field, 'email' | 'id'>, string>>> {
  /** For error messages: `changes.csv: line 3`. */
  readonly source: string
}

/** A file of changes, or our own list of users as `seatlens users` prints it. */
const shape: RowShape<Field> = {
  fields: FIELDS,
  required: ['user', 'email', 'id'],
  passedOver: [
    'name',
    'kind',
    'status',
    'displayname',
    'department',
    'lastactiveat',
    'licenseids',
    'pendinglicenseids',
    'link',
    'person',
  ],
}

/** Reads a file of changes. A user is meant by `user`, else by `email`, else by `id`. */
export const readChangeRows = async (file: string, place: InputPlace): Promise<readonly ChangeRow[]> =>
  (await readRows(file, 'the changes', shape, place)).map(({ source, cells: { email, id, ...cells } }) => {
    const user = cells.user ?? email ?? id
    return { source, ...cells, ...(user === undefined ? {} : { user }) }
  })
