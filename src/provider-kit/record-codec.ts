import * as t from 'io-ts'

/** Codecs of members that may be absent or `null`. */
export type NullableProps<P extends t.Props> = { [Member in keyof P]: t.Type<t.TypeOf<P[Member]> | null | undefined> }

/**
 * The codec of a vendor's record: members that it always has, and members that the vendor may leave out or send as `null`.
 * Both mean that they are absent.
 */
export const recordOf = <R extends t.Props, O extends t.Props>(
  name: string,
  required: R,
  optional: O,
): t.IntersectionC<[t.TypeC<R>, t.PartialC<NullableProps<O>>]> => {
  const nullable = Object.entries(optional).map(([member, codec]) => [
    member,
    t.union([codec, t.null, t.undefined], codec.name),
  ])
  // Each member is the given one, or absent.
  const members = Object.fromEntries(nullable) as NullableProps<O>
  return t.intersection([t.type(required), t.partial(members)], name)
}
