import * as t from 'io-ts'

/** Members that may be absent, or `undefined`, which means the same. */
export type OptionalMembers<P extends t.Props> = { readonly [Member in keyof P]?: t.TypeOf<P[Member]> | undefined }

/** `t.partial`, which takes `undefined` too, but does not say so in its types. */
export const optionalMembers = <P extends t.Props>(members: P, name?: string): t.Type<OptionalMembers<P>> => {
  const codec = t.partial(members, name)
  const is = (value: unknown): value is OptionalMembers<P> => codec.is(value)
  return new t.Type<OptionalMembers<P>>(codec.name, is, (value, context) => codec.validate(value, context), t.identity)
}
