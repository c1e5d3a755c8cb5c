import type { CallingProperties } from '../contract/assignment-change.ts'

/** What somebody wants changed. Users are meant by e-mail address or id, licenses by id, product code or name. */
export type Intent = {
  /** Where it was asked for, for error messages: `--user`, `line 3 of changes.csv`. */
  readonly source: string
  /** Where its license was asked for, where that is somewhere else: `--assign`. Default: as `source`. */
  readonly licenseSource?: string | undefined
} & (
  | {
      readonly action: 'assign'
      readonly license: string
      readonly user: string
      readonly calling?: CallingProperties | undefined
    }
  | { readonly action: 'remove'; readonly license: string; readonly user: string }
  | {
      readonly action: 'swap'
      /** The license to give up. */
      readonly license: string
      readonly to: string
      readonly user: string
      readonly calling?: CallingProperties | undefined
    }
  /** These users hold the license in the end, and nobody else does. */
  | {
      readonly action: 'exactly'
      readonly license: string
      readonly users: readonly string[]
      /** Where each of the users was asked for, in their order. Default: as `source`. */
      readonly userSources?: readonly string[] | undefined
      /** `add`: nobody loses it. `remove`: nobody gets it. */
      readonly only?: 'add' | 'remove' | undefined
    }
)
