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
