import { createHmac } from 'node:crypto'
import { resolve } from 'node:path'
import type { Pseudonyms } from '../../snapshot/index.ts'
import type { Environment } from '../environment.ts'
import { readTextFile } from '../input/text-file.ts'
import { UsageError } from '../usage-error.ts'

/** Where the key of pseudonyms is: never on the command line, which others can see. */
export interface PseudonymKeyOptions {
  readonly pseudonymize?: boolean
  readonly keyFile?: string
  readonly keyVariable?: string
}

/** Whoever can guess the key can find out who is who. */
const MIN_KEY_LENGTH = 16

const readKey = async (
  { keyFile, keyVariable }: PseudonymKeyOptions,
  { variables, workingDirectory }: Environment,
): Promise<{ readonly source: string; readonly key: string }> => {
  if (keyFile !== undefined) {
    const text = await readTextFile(resolve(workingDirectory, keyFile), keyFile, 'the key')
    return { source: `--key-file: ${keyFile}`, key: text.trim() }
  }
  return { source: `--key-variable: ${keyVariable}`, key: (variables[keyVariable ?? ''] ?? '').trim() }
}

/** How people are given other names, where that is asked for. */
export const readPseudonyms = async (
  options: PseudonymKeyOptions,
  environment: Environment,
): Promise<Pseudonyms | undefined> => {
  const { pseudonymize = false, keyFile, keyVariable } = options
  const keys = [keyFile, keyVariable].filter((given) => given !== undefined).length
  if (!pseudonymize && keys === 0) return undefined
  if (!pseudonymize) throw new UsageError(['--key-file, --key-variable: expected with --pseudonymize only'])
  if (keys !== 1) throw new UsageError(['--pseudonymize: expected either --key-file FILE or --key-variable NAME'])
  const { source, key } = await readKey(options, environment)
  if (key.length < MIN_KEY_LENGTH) {
    throw new UsageError([`${source}: expected a key of at least ${MIN_KEY_LENGTH} characters`])
  }
  return { digest: (text) => createHmac('sha256', key).update(text).digest('hex') }
}
