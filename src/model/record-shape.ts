import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { isRecord } from './is-record.ts'
import { type OptionalMembers, optionalMembers } from './optional-members.ts'

/** A codec of a record, with the codecs of its required and its optional members. */
export interface RecordShape<A> {
  readonly type: t.Type<A>
  readonly required: t.Props
  readonly optional: t.Props
}

/** Other members are kept. */
export const recordShape = <R extends t.Props, O extends t.Props>(
  name: string,
  required: R,
  optional: O,
): RecordShape<t.TypeOfProps<R> & OptionalMembers<O>> => ({
  type: t.intersection([t.type(required), optionalMembers(optional)], name),
  required,
  optional,
})

/** The members of a value that the record knows. */
const membersOf = <A>({ required, optional }: RecordShape<A>, value: Readonly<Record<string, unknown>>) => {
  const members: Record<string, unknown> = {}
  for (const key of [...Object.keys(required), ...Object.keys(optional)]) {
    if (value[key] !== undefined) members[key] = value[key]
  }
  return members
}

/** The record without members that are not known here, as they may be there by mistake. */
export const onlyKnown = <A>(shape: RecordShape<A>, record: A): A => {
  const members: unknown = isRecord(record) ? membersOf(shape, record) : record
  return shape.type.is(members) ? members : record
}

/**
 * A record with its wrong members replaced by their stand-ins; optional members without a stand-in are left out. Undefined
 * where a required member is wrong and has no stand-in. Other members are kept.
 */
export const mended = <A>(
  shape: RecordShape<A>,
  value: Readonly<Record<string, unknown>>,
  standIns: Readonly<Record<string, unknown>>,
): A | undefined => {
  const { type, required, optional } = shape
  if (type.is(value)) return value
  // Also member by member, as the record may be an instance of a class with getters.
  const given = { ...value, ...membersOf(shape, value) }
  const record: Record<string, unknown> = { ...given }
  for (const [key, codec] of Object.entries({ ...required, ...optional })) {
    if (Object.hasOwn(optional, key) && given[key] === undefined) continue
    const decoded = codec.decode(given[key])
    record[key] = E.isRight(decoded) ? decoded.right : standIns[key]
    if (record[key] === undefined) delete record[key]
  }
  return type.is(record) ? record : undefined
}
