import { rowFields, rowKinds } from '../../render/index.ts'
import type { Candidate } from './expected-at.ts'
import type { Place } from './place.ts'

/** What the rows of a command are, by its name or, of a report, by what it is laid out by. */
const rowsOf = ({ command, values }: Place): string => {
  if (command.name() !== 'report') return command.name()
  const layout = values.get('by') ?? 'license'
  return layout === 'license' && values.has('groupBy') ? 'group' : layout
}

/** The columns that a command can show and sort by, with the headings that people see. */
export const columnNames = async (place: Place): Promise<readonly Candidate[]> => {
  const rows = rowsOf(place)
  const kind = rowKinds.find((one) => one === rows)
  const fields = kind === undefined ? [] : await rowFields(kind)
  return fields.map(({ key, heading }) => ({ word: key, meaning: heading }))
}
