import * as E from 'fp-ts/lib/Either.js'
import type { Fields } from '../../provider-kit/index.ts'

/** A variable as people name them: a secret that is pasted in its place hardly ever looks so. */
const VARIABLE = /^[A-Z][A-Z0-9_]*$/

/** `${NAME}` of a name, or what is wrong with it. It is not shown: it may be a secret. */
export const variableReference = (name: string): E.Either<string, string> =>
  VARIABLE.test(name)
    ? E.right(`\${${name}}`)
    : E.left('expected the name of a variable, in capitals: GENESYS_CLIENT_SECRET')

/** The words of a command: a JSON list, or what is between spaces. */
const wordsOf = (text: string): readonly string[] | undefined => {
  if (!text.startsWith('[')) return text.split(/\s+/).filter((word) => word !== '')
  const list = jsonOf(text)
  return Array.isArray(list) && list.every((word) => typeof word === 'string') ? list : undefined
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Where a secret comes from, as it is written in the configuration. */
export const commandSource = (text: string): E.Either<string, unknown> => {
  const words = wordsOf(text.trim())
  return words === undefined || words.length === 0
    ? E.left('expected a program and its arguments: pass show genesys')
    : E.right({ command: words })
}

export const fileSource = (name: string): E.Either<string, unknown> =>
  name === '' ? E.left('expected the name of a file') : E.right({ file: name })

const SOURCES: readonly (readonly [prefix: string, read: (text: string) => E.Either<string, unknown>])[] = [
  ['env:', variableReference],
  ['file:', fileSource],
  ['command:', commandSource],
]

const secretOf = (text: string): E.Either<string, unknown> => {
  for (const [prefix, read] of SOURCES) if (text.startsWith(prefix)) return read(text.slice(prefix.length))
  return E.left('expected where the secret comes from, and not the secret: env:NAME, file:NAME or command:PROGRAM')
}

/**
 * What a setting is to be, as the configuration has it. `text`: as it was typed. Of a secret, only where it comes from is
 * accepted. `Left`: what was expected.
 */
export const givenSetting = (setting: Fields.Setting, text: string): E.Either<string, unknown> => {
  if (setting.secret) return secretOf(text)
  if (text.startsWith('env:')) return variableReference(text.slice('env:'.length))
  // A reference is checked when the variable is known.
  if (/^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/.test(text)) return E.right(text)
  const value = [text, jsonOf(text)].find((one) => one !== undefined && setting.codec.is(one))
  if (value !== undefined) return E.right(value)
  return E.left(`expected ${setting.expectedInstead?.(text) ?? setting.expected}`)
}
