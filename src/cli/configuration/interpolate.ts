import type { ConfigurationProblem } from '../../provider-kit/provider-definition.ts'
import { isRecord } from './found.ts'

const REFERENCE = /\$\{([^}]*)\}/g
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** A configuration with the environment read into it. */
export interface Interpolated {
  readonly value: unknown
  /** The variables that are not set, and where. */
  readonly problems: readonly ConfigurationProblem[]
}

const fieldOf = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)

/** Replaces `${NAME}` in every text. A text with a variable that is unset or empty stays as it is, and is a problem. */
export const interpolate = (root: unknown, variables: Readonly<Record<string, string | undefined>>): Interpolated => {
  const problems: ConfigurationProblem[] = []

  const ofText = (text: string, field: string): string => {
    const names = [...text.matchAll(REFERENCE)].map(([, name = '']) => name)
    const unset = names.filter((name) => !VARIABLE_NAME.test(name) || !variables[name])
    for (const name of unset) {
      problems.push(
        VARIABLE_NAME.test(name)
          ? { field, expected: `the environment variable ${name} to be set and not empty` }
          : {
              field,
              expected: 'the name of an environment variable in the braces after $',
              found: JSON.stringify(name),
            },
      )
    }
    return unset.length > 0 ? text : text.replace(REFERENCE, (_, name: string) => variables[name] ?? '')
  }
  const ofValue = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') return ofText(value, path)
    if (Array.isArray(value)) return value.map((element, index) => ofValue(element, `${path}[${index}]`))
    if (!isRecord(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, ofValue(member, fieldOf(path, key))]))
  }

  return { value: ofValue(root, ''), problems }
}
