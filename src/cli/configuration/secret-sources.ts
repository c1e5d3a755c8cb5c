import { spawn } from 'node:child_process'
import { basename, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { errorCodeOf, readTextFile } from '../../node/index.ts'
import { type ConfigurationProblem, Fields, Values } from '../../provider-kit/index.ts'
import type { Environment } from '../environment.ts'
import { type Interpolated, isWithin } from './interpolate.ts'
import type { KnownTypes } from './known-types.ts'

/** Where a secret is, if it is not in the configuration itself. */
export type SecretSource = { readonly command: readonly [string, ...string[]] } | { readonly file: string }

/** What opening a secret needs of the run. */
export interface SecretPlace {
  /** What the names of files are relative to, and in which commands run. */
  readonly folder: string
  readonly environment: Environment
  /** Ends a command that is under way. */
  readonly signal: AbortSignal
  /** Default: commands are run. False: a text that is no secret takes the place of what they would print. */
  readonly runsCommands?: boolean | undefined
}

/** A secret, or why there is none. */
type Opened = E.Either<Pick<ConfigurationProblem, 'expected' | 'found'>, string>

const EXPECTED = 'a text, { "command": ["program", "argument"] }, or { "file": "name" }'

const MAX_SECONDS = 60
const MAX_BYTES = 65_536

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && !value.includes('\0')

const isCommand = (value: unknown): value is readonly [string, ...string[]] =>
  Array.isArray(value) &&
  isText(value[0]) &&
  value.every((argument) => typeof argument === 'string' && !argument.includes('\0'))

/** Whether something says where a secret is: by a command or by a file. */
export const isSecretSource = (value: unknown): value is SecretSource => {
  if (!Values.isRecord(value) || Object.keys(value).length !== 1) return false
  return isText(value.file) || isCommand(value.command)
}

/** How a program ended that was to print a secret. */
interface Ended {
  readonly printed: Uint8Array
  /** Why that is not to be used; absent: it is. */
  readonly problem?: string
}

/**
 * Runs a program without a shell. What it says on stderr, as a question for a passphrase, goes to the user; on a terminal,
 * the user can answer.
 */
const outputOf = (
  [program, ...args]: readonly [string, ...string[]],
  { folder, environment, signal }: SecretPlace,
): Promise<Ended> =>
  new Promise((done) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: { ...environment.variables },
      stdio: [environment.stdin.isTTY === true ? 'inherit' : 'ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const pieces: Uint8Array[] = []
    let size = 0
    let problem: string | undefined
    const stop = (why: string) => {
      problem ??= why
      child.kill()
      // A child of its own may hold the pipes open.
      child.stdout.destroy()
      child.stderr.destroy()
    }
    const interrupt = () => stop('it was interrupted')
    const timer = setTimeout(() => stop(`it had not ended after ${MAX_SECONDS} seconds`), MAX_SECONDS * 1_000)
    const end = (why?: string) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', interrupt)
      const told = problem ?? why
      done({ printed: Buffer.concat(pieces), ...(told === undefined ? {} : { problem: told }) })
    }
    signal.addEventListener('abort', interrupt, { once: true })
    if (signal.aborted) interrupt()
    child.stdout.on('data', (piece: Uint8Array) => {
      size += piece.length
      if (size > MAX_BYTES) stop(`it printed more than ${MAX_BYTES} bytes`)
      else pieces.push(piece)
    })
    child.stderr.on('data', (piece: Uint8Array) => environment.stderr.write(piece))
    child.on('error', (error) => {
      const code = errorCodeOf(error)
      end(code === 'ENOENT' ? 'there is no such program' : `it could not be started (${code ?? 'unknown error'})`)
    })
    child.on('close', (code, by) => {
      if (code === 0) end()
      else end(code === null ? `it was ended by ${by}` : `it ended with code ${code}`)
    })
  })

/** The text of bytes, or undefined where they are none. */
const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The first line, as password managers print further fields below the password. */
const ofCommand = async (command: readonly [string, ...string[]], place: SecretPlace): Promise<Opened> => {
  const { printed, problem } = await outputOf(command, place)
  const expected = `the program ${Fields.shownText(basename(command[0]))} to print the secret in its first line`
  if (problem !== undefined) return E.left({ expected, found: problem })
  const [line] = (textOf(printed) ?? '').split(/\r?\n/, 1)
  return line === undefined || line === '' ? E.left({ expected, found: 'no text' }) : E.right(line)
}

/** All of it but the line break at its end, which editors add. */
const ofFile = async (name: string, { folder, environment }: SecretPlace): Promise<Opened> => {
  const path = resolve(folder, name)
  environment.files.reads(path, name)
  const expected = `a secret in the file ${Fields.shownText(name)}`
  const read = await readTextFile(path)()
  if (E.isLeft(read)) return E.left({ expected, found: read.left.problem })
  const text = read.right.replace(/\r?\n$/, '')
  return text === '' ? E.left({ expected, found: 'no text' }) : E.right(text)
}

/** Stands for the secret of a command that is not run. */
const NOT_RUN: Opened = E.right('the-output-of-a-command')

/** Opens each source once, however many fields name it. */
const opener = (place: SecretPlace): ((source: SecretSource) => Promise<Opened>) => {
  const { runsCommands = true } = place
  const opened = new Map<string, Promise<Opened>>()
  return (source) => {
    if ('command' in source && !runsCommands) return Promise.resolve(NOT_RUN)
    const key = JSON.stringify(source)
    const known = opened.get(key)
    if (known !== undefined) return known
    const opening = 'file' in source ? ofFile(source.file, place) : ofCommand(source.command, place)
    opened.set(key, opening)
    return opening
  }
}

/**
 * Puts secrets in place of what says where they are: the first line that a command prints, or what is in a file. Only
 * fields that are secrets can be given so.
 */
export const openSecrets = async (
  { value, problems }: Interpolated,
  { definitions }: KnownTypes,
  place: SecretPlace,
): Promise<Interpolated> => {
  if (!Values.isRecord(value) || !Array.isArray(value.providers)) return { value, problems }
  const open = opener(place)
  const found: ConfigurationProblem[] = []
  const ofSecret = async (member: unknown, field: string): Promise<unknown> => {
    // A variable in it that is not set has been told.
    if (problems.some((problem) => isWithin(problem, field))) return member
    const secret = isSecretSource(member) ? await open(member) : E.left({ expected: EXPECTED })
    if (E.isRight(secret)) return secret.right
    found.push({ field, ...secret.left })
    return member
  }
  const ofFields = async (settings: Fields.Settings, given: Readonly<Record<string, unknown>>, path: string) => {
    const result = { ...given }
    // One after the other, as each command may ask the user.
    for (const [key, member] of Object.entries(given)) {
      const setting = Object.hasOwn(settings, key) ? settings[key] : undefined
      if (setting === undefined || !Values.isRecord(member)) continue
      const field = `${path}.${key}`
      if (setting.secret) result[key] = await ofSecret(member, field)
      else if (setting.fields !== undefined) result[key] = await ofFields(setting.fields, member, field)
    }
    return result
  }
  const ofType = (given: unknown, type: unknown, path: string): unknown =>
    Values.isRecord(given)
      ? ofFields(definitions.find((definition) => definition.type === type)?.settings ?? {}, given, path)
      : given
  const defaults: Record<string, unknown> = {}
  for (const [type, settings] of Object.entries(Values.isRecord(value.defaults) ? value.defaults : {})) {
    defaults[type] = await ofType(settings, type, `defaults.${type}`)
  }
  const providers: unknown[] = []
  for (const [index, provider] of value.providers.entries()) {
    providers.push(await ofType(provider, Values.isRecord(provider) ? provider.type : undefined, `providers[${index}]`))
  }
  const opened = Values.isRecord(value.defaults) ? { defaults } : {}
  return { value: { ...value, ...opened, providers }, problems: [...problems, ...found] }
}
