import type { ProtectedSeat } from '../../index.ts'
import { UsageError } from '../usage-error.ts'
import type { RowShape } from './row-shape.ts'
import { readRows } from './rows-file.ts'
import type { InputPlace } from './text-file.ts'

const FIELDS = ['user', 'email', 'id', 'license', 'provider', 'reason'] as const
type Field = (typeof FIELDS)[number]

const shape: RowShape<Field> = {
  fields: FIELDS,
  aliases: { emailaddress: 'email', userid: 'id' },
  required: [['user', 'email', 'id']],
  users: 'user',
  mayBeEmpty: true,
}

/** Reads seats that no plan may change. */
export const readProtectedFile = async (file: string, place: InputPlace): Promise<readonly ProtectedSeat[]> => {
  const rows = await readRows(file, 'the protected seats', shape, place)
  const seats = rows.map(({ source, cells: { user, email, id, license, provider, reason } }) => ({
    source,
    seat: { source, user: user ?? email ?? id ?? '', license, provider, reason: reason ?? '' },
  }))
  const problems = seats.flatMap(({ source, seat }) => [
    ...(seat.user === '' ? [`${source}: user: expected an e-mail address or an id`] : []),
    ...(seat.reason === '' ? [`${source}: reason: expected why the seat is protected`] : []),
  ])
  if (problems.length > 0) throw new UsageError(problems)
  return seats.map(({ seat }) => seat)
}
