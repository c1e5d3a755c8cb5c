import { createHmac } from 'node:crypto'
import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { Pseudonyms } from '../../index.ts'
import { readBytes } from '../../node/index.ts'
import { readVariable } from '../configuration/read-variable.ts'
import type { Environment } from '../environment.ts'
import { CommandMistake, UsageError } from '../usage-error.ts'

/** Where the key of pseudonyms is: never on the command line, which others can see. */
export interface PseudonymKeyOptions {
  readonly pseudonymize?: boolean
  readonly keyFile?: string
  readonly keyVariable?: string
}

/** A key that can be guessed tells who is who. In bytes. */
const MIN_KEY_LENGTH = 16

interface Key {
  readonly source: string
  readonly bytes: Buffer
  /** What messages count its length in. */
  readonly unit: 'bytes' | 'characters'
}

const UTF_16LE_MARK = Buffer.from([0xff, 0xfe])

/** The text that a file holds, in either of the encodings that programs write; undefined where it is no text. */
const textIn = (bytes: Buffer): string | undefined => {
  const encoding = bytes.subarray(0, UTF_16LE_MARK.length).equals(UTF_16LE_MARK) ? 'utf-16le' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const NEWLINE = 10
const RETURN = 13

const withoutNewline = (bytes: Buffer): Buffer => {
  const end = bytes.at(-1) === NEWLINE ? bytes.length - 1 : bytes.length
  return bytes.subarray(0, end < bytes.length && bytes[end - 1] === RETURN ? end - 1 : end)
}

/** Bytes that are no text are the key as they are: decoded, all that is no text would be alike, and so would the keys. */
const keyIn = (bytes: Buffer): Buffer => {
  const text = textIn(bytes)
  return text === undefined ? withoutNewline(bytes) : Buffer.from(text.trim())
}

const readKey = async (
  { keyFile, keyVariable }: PseudonymKeyOptions,
  { variables, workingDirectory, files }: Environment,
): Promise<Key> => {
  if (keyFile === undefined) {
    const value = readVariable(variables, keyVariable ?? '')
    if (value === undefined) {
      throw new UsageError([`--key-variable: expected the environment variable ${keyVariable} to be set`])
    }
    const bytes = Buffer.from(value.trim())
    return { source: `--key-variable: ${keyVariable}`, bytes, unit: 'characters' }
  }
  const path = resolve(workingDirectory, keyFile)
  files.reads(path, keyFile)
  const content = await readBytes(path)()
  if (E.isLeft(content)) throw new UsageError([`${keyFile}: cannot read the key: ${content.left.problem}`])
  return { source: `--key-file: ${keyFile}`, bytes: keyIn(Buffer.from(content.right)), unit: 'bytes' }
}

/** How people are given other names, where that is asked for. */
export const readPseudonyms = async (
  options: PseudonymKeyOptions,
  environment: Environment,
): Promise<Pseudonyms | undefined> => {
  const { pseudonymize = false, keyFile, keyVariable } = options
  const keys = [keyFile, keyVariable].filter((given) => given !== undefined).length
  if (!pseudonymize && keys === 0) return undefined
  if (!pseudonymize) throw new CommandMistake(['--key-file, --key-variable: expected with --pseudonymize only'])
  if (keys !== 1) throw new CommandMistake(['--pseudonymize: expected either --key-file FILE or --key-variable NAME'])
  const { source, bytes, unit } = await readKey(options, environment)
  if (bytes.length < MIN_KEY_LENGTH) {
    throw new UsageError([`${source}: expected a key of at least ${MIN_KEY_LENGTH} ${unit}`])
  }
  return { digest: (text) => createHmac('sha256', bytes).update(text).digest('hex') }
}
