/** Some or none of the members; one that is `undefined` is not given. */
export type Given<A> = { readonly [K in keyof A]?: A[K] | undefined }

/** The defaults, with what is given in place of them. */
export const withDefaults = <A extends object>(defaults: A, given: Given<A> = {}): A => {
  const all = { ...defaults }
  for (const key in defaults) {
    const value = given[key]
    if (value !== undefined) all[key] = value
  }
  return all
}
