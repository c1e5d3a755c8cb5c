import { isRecord } from './is-record.ts'

/** What all failures of this library have in common: plain data that survives JSON. `_tag` says which it is. */
export interface TaggedFailure {
  readonly _tag: string
  /** One line for people. */
  readonly message: string
  /** Further failures that were found with it, in the order of what was asked for. Absent: none. */
  readonly also?: readonly TaggedFailure[] | undefined
}

/** The guard of a family of failures, by their tags. Each tag belongs to one family, and stands for one shape. */
export const taggedWith = <F extends TaggedFailure>(tags: Readonly<Record<F['_tag'], unknown>>) => {
  return (failure: unknown): failure is F =>
    isRecord(failure) &&
    typeof failure.message === 'string' &&
    typeof failure._tag === 'string' &&
    Object.hasOwn(tags, failure._tag)
}
