import type { Variables } from '../environment.ts'

/** The value of an environment variable; not of what every object has, as `constructor`. */
export const readVariable = (variables: Variables, name: string): string | undefined =>
  Object.hasOwn(variables, name) ? variables[name] : undefined
