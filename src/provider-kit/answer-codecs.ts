import * as t from 'io-ts'

/** A field that vendors leave out or send as `null`; both mean that it is absent. For use in `t.partial`. */
export const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null, t.undefined], codec.name)

/** An id that is not empty or blank. A record with an empty id cannot be decoded, and is counted as such. */
export const Id: t.Type<string> = t.refinement(t.string, (text) => text.trim() !== '', 'string, not empty')
