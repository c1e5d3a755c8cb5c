/** What every failure of this library has in common: plain data that survives JSON, told apart by `_tag`. */
export interface TaggedFailure {
  readonly _tag: string
  /** One line for people. */
  readonly message: string
  /** What else was found to be wrong, in the order in which it was asked for. Absent: nothing. */
  readonly also?: readonly TaggedFailure[]
}
