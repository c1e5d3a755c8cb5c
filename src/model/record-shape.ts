import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { isRecord } from './is-record.ts'

/** A codec of a record, and the codecs of its members: those that it must have, and those that it may have. */
export interface RecordShape<A> {
  readonly type: t.Type<A>
  readonly required: t.Props
  readonly optional: t.Props
}

/** Members that the record may have besides are kept. */
export const recordShape = <R extends t.Props, O extends t.Props>(
  name: string,
  required: R,
  optional: O,
): RecordShape<t.TypeOfProps<R> & t.TypeOfPartialProps<O>> => ({
  type: t.intersection([t.type(required), t.partial(optional)], name),
  required,
  optional,
})

/** Whatever a value has that the record knows of, and nothing else. */
const membersOf = <A>({ required, optional }: RecordShape<A>, value: Readonly<Record<string, unknown>>) => {
  const members: Record<string, unknown> = {}
  for (const key of [...Object.keys(required), ...Object.keys(optional)]) {
    if (value[key] !== undefined) members[key] = value[key]
  }
  return members
}

/** The record without members that are not known here: for what may have been put there by mistake. */
export const onlyKnown = <A>(shape: RecordShape<A>, record: A): A => {
  const members: unknown = isRecord(record) ? membersOf(shape, record) : record
  return shape.type.is(members) ? members : record
}

/**
 * A record of which some members may not be what they should be: those as their stand-ins have it, or without them where
 * they may be absent. Undefined where a member has to be there and nothing can stand in for it. Other members are kept.
 */
export const mended = <A>(
  shape: RecordShape<A>,
  value: Readonly<Record<string, unknown>>,
  standIns: Readonly<Record<string, unknown>>,
): A | undefined => {
  const { type, required, optional } = shape
  if (type.is(value)) return value
  // Read one by one as well, as the record may be an instance of a class.
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
