import { didYouMean } from '../../index.ts'

/** A table that another program or we ourselves have written for something else, and in which rows can be found. */
export interface KnownTable<Field extends string> {
  /** A file with all of these headings, folded, is that table. */
  readonly knownBy: readonly string[]
  /** What is read of it, by heading, folded; all else is ignored, whatever it is called. */
  readonly reads: Readonly<Record<string, Field>>
  /** Whether it may also be JSON, as our own lists may; those of other programs are CSV. Default: false. */
  readonly isJsonToo?: boolean
}

/** What a file of rows may have. */
export interface RowShape<Field extends string> {
  readonly fields: readonly Field[]
  /** Other names of fields, folded. Default: none. */
  readonly aliases?: Readonly<Record<string, Field>>
  /** Headings, folded, of our own lists that say nothing here. Default: none. */
  readonly passedOver?: readonly string[]
  /** Tables with headings of their own. Default: none. */
  readonly tables?: readonly KnownTable<Field>[]
  /** Of each of these, one must be there. */
  readonly required: readonly (readonly Field[])[]
  /** The field in which users are named, where it may be that no column is called so. */
  readonly users?: Field
  /** Whether no row at all is right too. Default: false. */
  readonly mayBeEmpty?: boolean
  /** What the user calls fields, by heading, folded. A file with one of these may have anything else besides. Default: none. */
  readonly renamed?: Readonly<Record<string, Field>>
  /** Whether cells of JSON may be numbers. Default: false, as an id that is a number has lost its leading zeros. */
  readonly numbers?: boolean
  /** What else a user can do about headings that are not understood. Default: nothing. */
  readonly advice?: string
}

/** What a name means. */
export interface FieldNames<Field extends string> {
  /** Undefined for a name that means nothing. */
  readonly fieldOf: (name: string) => Field | 'passed over' | undefined
  /** The table of the shape that the headings are those of. */
  readonly table: KnownTable<Field> | undefined
}

/** `E-mail`, `e_mail` and `email` are one name. */
export const foldedName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

const ownName = <A>(names: Readonly<Record<string, A>>, name: string): A | undefined =>
  Object.hasOwn(names, name) ? names[name] : undefined

/** What the names in a file mean. `headings`: all of them, of a table; by them the tables of other programs are known. */
export const fieldNames = <Field extends string>(
  { fields, aliases = {}, passedOver = [], tables = [], renamed = {} }: RowShape<Field>,
  headings: readonly string[],
): FieldNames<Field> => {
  const folded = new Set(headings.map(foldedName))
  const ownField = (wanted: string): Field | undefined =>
    fields.find((one) => foldedName(one) === wanted) ?? ownName(aliases, wanted)
  const table = tables.find(({ knownBy }) => knownBy.every((heading) => folded.has(heading)))
  const given = Object.entries(renamed).filter(([heading]) => folded.has(heading))
  if (given.length > 0) {
    const renamedFields = new Set(given.map(([, field]) => field))
    return {
      table,
      fieldOf: (name) => {
        const wanted = foldedName(name)
        const field = ownName(renamed, wanted)
        if (field !== undefined) return field
        const own = (table && ownName(table.reads, wanted)) ?? ownField(wanted)
        return own === undefined || renamedFields.has(own) ? 'passed over' : own
      },
    }
  }
  if (table !== undefined) {
    return { table, fieldOf: (name) => ownName(table.reads, foldedName(name)) ?? 'passed over' }
  }
  return {
    table,
    fieldOf: (name) => {
      const wanted = foldedName(name)
      return ownField(wanted) ?? (passedOver.includes(wanted) ? 'passed over' : undefined)
    },
  }
}

/** A message names so many headings at most; a console exports hundreds. */
const MAX_NAMED = 3

/** `found "Team", "Site" and 12 others`. */
export const unknownNames = <Field extends string>({ fields }: RowShape<Field>, names: readonly string[]): string => {
  const named = names.slice(0, MAX_NAMED).map((name) => JSON.stringify(name))
  const others = names.length - named.length
  const [only = ''] = names.length === 1 ? names : []
  return `found ${named.join(', ')}${others > 0 ? ` and ${others} others` : ''}${didYouMean(only, fields)}`
}
