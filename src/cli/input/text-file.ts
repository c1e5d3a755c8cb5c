import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { parseJson as parse, readTextFile as read } from '../../node/index.ts'
import type { Environment } from '../environment.ts'
import { UsageError } from '../usage-error.ts'

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
  const text = await read(path)()
  if (E.isLeft(text)) return text.left._tag === 'FileMissing' ? undefined : refuse(text.left.problem)
  return text.right.trim() === '' ? refuse('there is nothing in it') : text.right
}

/** The same where it must be there. */
export const readTextFile = async (name: string, what: string, place: InputPlace): Promise<string> => {
  const text = await readTextFileIfThere(name, what, place)
  if (text === undefined) throw new UsageError([`${name}: cannot read ${what}: there is no such file`])
  return text
}

export const parseJson = (name: string, text: string): unknown => {
  const value = parse(text)
  if (E.isRight(value)) return value.right
  const { line, column, problem } = value.left
  throw new UsageError([`${name}:${line}:${column}: ${problem}`])
}
