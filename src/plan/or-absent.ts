import * as t from 'io-ts'

/** A member that callers leave out or give as `undefined`; both mean that it is absent. For use in `t.partial`. */
export const orAbsent = <C extends t.Mixed>(codec: C) => t.union([codec, t.undefined], codec.name)
