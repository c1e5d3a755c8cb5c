/** What all failures of this library have in common: plain data that survives JSON. `_tag` says which it is. */
export interface TaggedFailure {
  readonly _tag: string
  /** One line for people. */
  readonly message: string
  /** Further failures that were found with it, in the order of what was asked for. Absent: none. */
  readonly also?: readonly TaggedFailure[] | undefined
}
