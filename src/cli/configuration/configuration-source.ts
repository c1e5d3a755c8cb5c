import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import type { Environment } from '../environment.ts'
import { errorCodeOf } from '../error-code.ts'
import { UsageError } from '../usage-error.ts'
import { jsonMistake } from './json-mistake.ts'

export const CONFIGURATION_FILE = 'seatlens.json'

/** A configuration before anybody has looked at it. */
export interface ConfigurationSource {
  /** For messages: the file as the user would name it. */
  readonly name: string
  /** What relative paths in it are relative to. */
  readonly folder: string
  readonly value: unknown
}

const UTF_16LE_MARK = Buffer.from([0xff, 0xfe])

/** Windows PowerShell writes `>` as UTF-16, and Notepad marks UTF-8; `TextDecoder` drops either mark. */
const decodeText = (bytes: Buffer): string =>
  new TextDecoder(bytes.subarray(0, 2).equals(UTF_16LE_MARK) ? 'utf-16le' : 'utf-8').decode(bytes)

const problemOfReading = (error: unknown): string => {
  const code = errorCodeOf(error)
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder'
  if (code === 'EACCES') return 'it may not be read'
  return code ?? String(error)
}

const parse = (name: string, text: string): unknown => {
  const mistake = jsonMistake(text)
  if (mistake === undefined) return JSON.parse(text)
  throw new UsageError([`${name}:${mistake.line}:${mistake.column}: not valid JSON: expected ${mistake.expected}`])
}

/** The file given, else the one in the working folder; undefined where neither is. */
export const readConfigurationFile = async (
  given: string | undefined,
  { workingDirectory }: Environment,
): Promise<ConfigurationSource | undefined> => {
  const path = resolve(workingDirectory, given ?? CONFIGURATION_FILE)
  const name = given ?? basename(path)
  const bytes = await readFile(path).catch((error: unknown) => {
    if (given === undefined && errorCodeOf(error) === 'ENOENT') return undefined
    throw new UsageError([`${name}: cannot read the configuration: ${problemOfReading(error)}`])
  })
  return bytes === undefined ? undefined : { name, folder: dirname(path), value: parse(name, decodeText(bytes)) }
}
