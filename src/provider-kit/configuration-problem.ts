import { MAX_SHOWN_LENGTH, shownText } from '../model/shown-text.ts'

/** One thing that is wrong with a configuration. */
export interface ConfigurationProblem {
  /** The field, relative to the provider's configuration. */
  readonly field: string
  readonly expected: string
  /** What was found, safe to show. Absent: nothing was found, or it is a secret. */
  readonly found?: string | undefined
}

/** What was found in a field that is not a secret. Of an object or a list, only the kind is shown: it may have a secret in it. */
export const found = (value: unknown): Pick<ConfigurationProblem, 'found'> => {
  if (value === undefined) return {}
  if (Array.isArray(value)) return { found: 'a list' }
  if (typeof value === 'object' && value !== null) return { found: 'an object' }
  return { found: typeof value === 'string' ? shownText(value) : JSON.stringify(value).slice(0, MAX_SHOWN_LENGTH) }
}

/** The kind of what was found where an object or a list should be. A text is not shown: it may be a secret. */
export const foundKind = (value: unknown): Pick<ConfigurationProblem, 'found'> => {
  if (value === undefined || typeof value === 'object') return found(value)
  return { found: typeof value === 'string' ? 'a text' : `a ${typeof value}` }
}
