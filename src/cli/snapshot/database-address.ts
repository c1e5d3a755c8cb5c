import { interpolate, variablesIn } from '../configuration/interpolate.ts'
import { readVariable } from '../configuration/read-variable.ts'
import type { Variables } from '../environment.ts'
import { CommandMistake, UsageError } from '../usage-error.ts'

const EXPECTED = "--to: expected an address such as 'postgres://seatlens@db.example.com/licenses'"
const ADDRESS = /^postgres(?:ql)?:\/\//
/** What stands behind the user, and the parameter that means the same. */
const PASSWORDS: readonly RegExp[] = [/^\w+:\/\/[^/?#@:]*:([^@]*)@/, /[?&]password=([^&]*)/]
const VARIABLE = /^\$\{[^}]*\}$/
const ALL_OF_IT = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/

/** In an address, a password may need its characters encoded. */
const encoded = (variables: Variables, names: readonly string[]): Variables =>
  Object.fromEntries(names.map((name) => [name, encodeURIComponent(readVariable(variables, name) ?? '')]))

/** A database, and the password where the environment has it. */
export interface DatabaseAddress {
  readonly address: string
  readonly password?: string
}

/**
 * The address of `--to`, with `${NAME}` read from the environment, as in a configuration. Others can see a command line: a
 * password that stands there itself is refused.
 */
export const databaseAddress = (text: string, variables: Variables): DatabaseAddress => {
  const isVariable = ALL_OF_IT.test(text)
  if (!isVariable && !ADDRESS.test(text)) throw new CommandMistake([`${EXPECTED}, or \${NAME} of the environment`])
  const written = PASSWORDS.map((pattern) => pattern.exec(text)?.[1] ?? '').filter((password) => password !== '')
  if (written.some((password) => !VARIABLE.test(password))) {
    throw new CommandMistake([
      `--to: expected no password, which other users of this machine could see; put it into PGPASSWORD, or write '\${NAME}' in its place`,
    ])
  }
  const { value, problems } = interpolate(text, isVariable ? variables : encoded(variables, variablesIn(text)))
  if (problems.length > 0) throw new UsageError(problems.map(({ expected }) => `--to: expected ${expected}`))
  const address = String(value)
  if (!ADDRESS.test(address) || !URL.canParse(address)) throw new UsageError([`${EXPECTED} in ${text}`])
  const password = readVariable(variables, 'PGPASSWORD')
  return { address, ...(password ? { password } : {}) }
}
