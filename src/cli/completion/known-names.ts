import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { parseJson, readManifestFolder, readTextFile } from '../../node/index.ts'
import { Values } from '../../provider-kit/index.ts'
import { globalOptionsOf } from '../commands/global-options.ts'
import { configurationPath } from '../configuration/configuration-path.ts'
import { readEnvironment } from '../configuration/environment-configuration.ts'
import { interpolate } from '../configuration/interpolate.ts'
import { knownTypes } from '../configuration/known-types.ts'
import type { ProcessEnvironment } from '../environment.ts'
import type { Registry } from '../registry-entry.ts'
import type { Candidate } from './expected-at.ts'
import type { Place } from './place.ts'

/** The names that a configuration, a snapshot or the environment has. */
export interface KnownNames {
  readonly providers: readonly Candidate[]
  /** Of providers. */
  readonly groups: readonly Candidate[]
  readonly licenses: readonly Candidate[]
}

const NONE: KnownNames = { providers: [], groups: [], licenses: [] }

/** Shells give `~` as it is typed. */
const expanded = (path: string): string => (/^~[/\\]/.test(path) ? join(homedir(), path.slice(2)) : path)

const named = (word: unknown, ...meanings: readonly unknown[]): readonly Candidate[] => {
  const meaning = meanings.find((text) => typeof text === 'string') ?? ''
  return typeof word === 'string' ? [{ word, meaning }] : []
}

/** Licenses that a setting has as its keys, with their names where it tells them. */
const licensesIn = (setting: unknown): readonly Candidate[] =>
  Object.entries(Values.isRecord(setting) ? setting : {}).flatMap(([license, entry]) =>
    // Of the limits: all other licenses.
    license === '*' ? [] : named(license, Values.isRecord(entry) ? entry.name : undefined),
  )

/** Groups of providers, with what is in them. */
const groupsIn = (setting: unknown): readonly Candidate[] =>
  Object.entries(Values.isRecord(setting) ? setting : {}).flatMap(([group, members]) =>
    Array.isArray(members) ? named(group, members.filter((member) => typeof member === 'string').join(', ')) : [],
  )

/** Of a configuration, as it is: whether it is right is not asked here. Nothing of its secrets is read. */
const namesIn = (configuration: unknown, { variables }: ProcessEnvironment): KnownNames => {
  if (!Values.isRecord(configuration)) return NONE
  const { providers: entries, groups, limits } = configuration
  const records = (Array.isArray(entries) ? entries : []).filter(Values.isRecord)
  return {
    providers: records.flatMap(({ id, displayName, type }) => {
      const { value, problems } = interpolate(id, variables)
      return problems.length > 0 ? [] : named(value, displayName, type)
    }),
    groups: groupsIn(groups),
    licenses: [
      ...records.flatMap((one) => [...licensesIn(one.licenses), ...licensesIn(one.limits)]),
      ...licensesIn(limits),
    ],
  }
}

/** Whether a command reads the configuration. */
const isConfigured = (command: Command): boolean => globalOptionsOf(command).some(({ long }) => long === '--config')

/** Undefined where there is no such file. Nothing else is opened: a terminal or a pipe would be waited for. */
const configurationAt = async (path: string): Promise<unknown> => {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
  const text = isFile ? await readTextFile(path)() : undefined
  if (text === undefined || E.isLeft(text)) return undefined
  const value = parseJson(text.right)
  return E.isRight(value) ? value.right : undefined
}

const namesInSnapshot = async (folder: string): Promise<KnownNames> => {
  const manifest = await readManifestFolder(folder)()
  if (E.isLeft(manifest)) return NONE
  return { ...NONE, providers: manifest.right.providers.flatMap(({ id, displayName }) => named(id, displayName)) }
}

/**
 * The names for a command line. Only files are read: no secret is asked for, no other package is loaded, and nothing is
 * requested.
 */
export const knownNames = async (
  { command, values }: Place,
  environment: ProcessEnvironment,
  registry: Registry,
): Promise<KnownNames> => {
  // The demo has a provider of each type, whatever is configured.
  if (!isConfigured(command)) return { ...NONE, providers: registry.flatMap(({ type }) => named(type)) }
  const [config, from] = [values.get('config'), values.get('from')]
  const path = configurationPath(config === undefined ? undefined : expanded(config), environment)
  const configuration = await configurationAt(path)
  const names = namesIn(configuration, environment)
  if (from !== undefined) {
    const { providers } = await namesInSnapshot(resolve(environment.workingDirectory, expanded(from)))
    return { ...names, providers }
  }
  if (configuration !== undefined || config !== undefined) return names
  const { definitions } = await knownTypes(registry)
  return { ...NONE, providers: readEnvironment(definitions, environment.variables).flatMap(({ id }) => named(id)) }
}
