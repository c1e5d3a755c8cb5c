import { type ConfigurationProblem, Values } from '../../provider-kit/index.ts'
import type { Variables } from '../environment.ts'
import { readVariable } from './read-variable.ts'

const REFERENCE = /\$\{([^}]*)\}/g
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** A configuration with the environment read into it. */
export interface Interpolated {
  readonly value: unknown
  /** The variables that are not set, and where. */
  readonly problems: readonly ConfigurationProblem[]
}

/** The environment variables that a text names. */
export const variablesIn = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(REFERENCE)].map(([, name = '']) => name))].filter((name) => VARIABLE_NAME.test(name))

/** Whether the problem is with that field or something in it. */
export const isWithin = (problem: ConfigurationProblem, field: string): boolean =>
  problem.field === field || problem.field.startsWith(`${field}.`) || problem.field.startsWith(`${field}[`)

const fieldOf = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)

/** Replaces `${NAME}` in every text. A text with a variable that is unset or empty stays as it is, and is a problem. */
export const interpolate = (root: unknown, variables: Variables): Interpolated => {
  const problems: ConfigurationProblem[] = []

  const ofText = (text: string, field: string): string => {
    const names = [...text.matchAll(REFERENCE)].map(([, name = '']) => name)
    const unset = names.filter((name) => !VARIABLE_NAME.test(name) || !readVariable(variables, name))
    for (const name of unset) {
      const expected = VARIABLE_NAME.test(name)
        ? `the environment variable ${name} to be set and not empty`
        : // What is there instead is not shown: it may be a piece of a secret.
          'the name of an environment variable in the braces after $'
      problems.push({ field, expected })
    }
    return unset.length > 0 ? text : text.replace(REFERENCE, (_, name: string) => readVariable(variables, name) ?? '')
  }
  const ofValue = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') return ofText(value, path)
    if (Array.isArray(value)) return value.map((element, index) => ofValue(element, `${path}[${index}]`))
    if (!Values.isRecord(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, ofValue(member, fieldOf(path, key))]))
  }

  return { value: ofValue(root, ''), problems }
}
