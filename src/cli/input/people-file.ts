import { type PersonMapping, personMapping } from '../../index.ts'
import type { Invocation } from '../invocation.ts'
import { expectPseudonyms } from '../snapshot/pseudonyms-only.ts'
import { UsageError } from '../usage-error.ts'
import type { RowShape } from './row-shape.ts'
import { type Row, readRows } from './rows-file.ts'

const FIELDS = ['person', 'provider', 'user'] as const
type Field = (typeof FIELDS)[number]

const shape: RowShape<Field> = { fields: FIELDS, required: [['user']] }

const missingFrom = ({ source, cells }: Row<Field>): readonly string[] =>
  FIELDS.filter((field) => cells[field] === undefined).map((field) => `${source}: ${field}: expected a text`)

const mappingOf = (rows: readonly Row<Field>[]): PersonMapping =>
  personMapping(
    rows.map(({ source, cells: { person = '', provider = '', user = '' } }) => ({ source, person, provider, user })),
  )

/** A user who is in the file twice must be the same person both times. */
const contradictionsIn = (rows: readonly Row<Field>[]): readonly string[] => {
  // Of two rows about one user the last one counts, and so the first one where they are read from the end.
  const { personOf } = mappingOf([...rows].reverse())
  return rows.flatMap(({ source, cells: { person = '', provider = '', user = '' } }) =>
    personOf({ provider, id: user }) === person
      ? []
      : [`${source}: person: the user ${JSON.stringify(user)} is another person further above`],
  )
}

/** Reads who is who: users of providers, by id or e-mail address, and the person that each of them is. */
export const readPeople = async (file: string, invocation: Invocation): Promise<PersonMapping> => {
  const rows = await readRows(file, 'the people file', shape, invocation.environment)
  const problems = [...rows.flatMap(missingFrom), ...contradictionsIn(rows)]
  if (problems.length > 0) throw new UsageError(problems)
  expectPseudonyms(
    invocation,
    file,
    rows.map(({ cells: { user } }) => user),
  )
  return mappingOf(rows)
}

/** Without what is said of other providers than those that are looked at. */
export const mappingFor = (only: readonly string[] | undefined, mapping: PersonMapping): PersonMapping =>
  only === undefined ? mapping : personMapping(mapping.rows.filter(({ provider }) => only.includes(provider)))
