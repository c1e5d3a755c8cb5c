/** Any of the members. `undefined` counts as absent. */
export type Given<A> = { readonly [K in keyof A]?: A[K] | undefined }

/** The given members, and the defaults for all others. */
export const withDefaults = <A extends object>(defaults: A, given: Given<A> = {}): A => {
  const all = { ...defaults }
  for (const key in defaults) {
    const value = given[key]
    if (value !== undefined) all[key] = value
  }
  return all
}

/** These members of a record, without those that are `undefined`. */
export const present = <A extends object, K extends keyof A>(record: A, keys: readonly K[]): Given<Pick<A, K>> => {
  const some: { -readonly [P in K]?: A[P] } = {}
  for (const key of keys) {
    const value = record[key]
    if (value !== undefined) some[key] = value
  }
  return some
}

/** The record without members that are `undefined`, so that it is the same after JSON. For records in which these may be absent. */
export const withoutUndefined = <A extends object>(record: A): A => {
  const some = { ...record }
  for (const key in some) if (some[key] === undefined) delete some[key]
  return some
}
