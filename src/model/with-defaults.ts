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
