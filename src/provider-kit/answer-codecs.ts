import * as t from 'io-ts'

/** A field that vendors leave out or send as `null`; both mean that it is absent. For use in `t.partial`. */
export const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null, t.undefined], codec.name)

/**
 * An id. One that is empty or blank names nothing: a record with it is one that cannot be read, which is counted, and does
 * not vanish.
 */
export const Id: t.Type<string> = t.refinement(t.string, (text) => text.trim() !== '', 'string, not empty')
