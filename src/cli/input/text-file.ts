import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { Environment } from '../environment.ts'
import { errorCodeOf } from '../error-code.ts'
import { problemOfFile } from '../problem-of-file.ts'
import { UsageError } from '../usage-error.ts'
import { decodeText } from './decode-text.ts'
import { jsonMistake } from './json-mistake.ts'

/** Where the user's files are, and which of them this run reads. */
export type InputPlace = Pick<Environment, 'workingDirectory' | 'files'>

/** Reads a file that the user has named; undefined where it is not there. `what` it is, for messages. */
export const readTextFileIfThere = async (
  name: string,
  what: string,
  { workingDirectory, files }: InputPlace,
): Promise<string | undefined> => {
  const path = resolve(workingDirectory, name)
  files.reads(path, name)
  const refuse = (problem: string): never => {
    throw new UsageError([`${name}: cannot read ${what}: ${problem}`])
  }
  const bytes = await readFile(path).catch((error: unknown) =>
    errorCodeOf(error) === 'ENOENT' ? undefined : refuse(problemOfFile(error)),
  )
  if (bytes === undefined) return undefined
  const text = decodeText(bytes)
  if (E.isLeft(text)) return refuse(text.left)
  return text.right.trim() === '' ? refuse('there is nothing in it') : text.right
}

/** The same where it must be there. */
export const readTextFile = async (name: string, what: string, place: InputPlace): Promise<string> => {
  const text = await readTextFileIfThere(name, what, place)
  if (text === undefined) throw new UsageError([`${name}: cannot read ${what}: there is no such file`])
  return text
}

export const parseJson = (name: string, text: string): unknown => {
  const mistake = jsonMistake(text)
  if (mistake === undefined) return JSON.parse(text)
  throw new UsageError([`${name}:${mistake.line}:${mistake.column}: ${mistake.problem}`])
}
