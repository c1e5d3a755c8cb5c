import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { Fields, Http, type ProviderDefinition, readProviderDefinition } from '../../provider-kit/index.ts'
import { didYouMean } from '../../render/index.ts'
import { COMMON_FIELDS } from '../configuration/common-settings.ts'
import type { UnusableType } from '../configuration/known-types.ts'
import type { Environment } from '../environment.ts'
import type { Registry, RegistryEntry } from '../registry-entry.ts'
import { readVersion } from '../version.ts'
import { guardedDefinition } from './guarded-definition.ts'
import { type ImportFailure, importOutside } from './import-outside.ts'
import { isFilePath } from './outside-type.ts'

/** Where the types are named. */
export interface NamingConfiguration {
  /** The file as the user would name it. */
  readonly name: string
  readonly folder: string
}

/** The types of a configuration that come from outside. */
export interface OutsideTypes {
  readonly entries: Registry
  readonly unusable: ReadonlyMap<string, UnusableType>
}

/** What is known of a type before its code runs. */
interface Named extends NamingConfiguration {
  readonly type: string
  /** `"seatlens-zoom"`. */
  readonly label: string
  readonly builtIn: readonly string[]
}

/** A type for messages. The words of a name are judged one by one, as long names of packages look like credentials. */
const shownType = (type: string): string =>
  type.split(/[@/._-]/).every((word) => Fields.shownName(word) === word) ? JSON.stringify(type) : Fields.shownText(type)

const wordOf = ({ type }: Named): string => (isFilePath(type) ? 'file' : 'package')

/** What to do about a package that does not work; a file is the user's own. */
const toUpdate = ({ type, folder }: Named): string =>
  isFilePath(type) ? '' : `; to update it in ${folder}: npm install ${type}@latest`

const missing = (named: Named): UnusableType => {
  const { type, label, folder, builtIn } = named
  if (isFilePath(type)) {
    return { expected: 'a file that is there', found: `${label}; there is no file ${resolve(folder, type)}` }
  }
  const meant = didYouMean(type, builtIn)
  return {
    expected: `one of ${builtIn.map((name) => JSON.stringify(name)).join(', ')}, or an installed package`,
    // A mistyped name may be that of another package, which must not be installed for it.
    found:
      meant === ''
        ? `${label}; if a package of that name is meant, install it in ${folder}: npm install ${type}`
        : `${label}${meant}`,
  }
}

const notLoaded = (named: Named, failure: ImportFailure): UnusableType =>
  failure.kind === 'missing'
    ? missing(named)
    : {
        expected: `a ${wordOf(named)} that can be loaded`,
        found: `${named.label}, which failed: ${Http.thrownText(failure.thrown)}${toUpdate(named)}`,
      }

const ofOtherVersion = (named: Named, kind: 'earlier' | 'later'): UnusableType => ({
  expected: `a ${wordOf(named)} for Seatlens ${readVersion()}`,
  found:
    kind === 'later'
      ? `${named.label}, which is for a later version; update Seatlens`
      : `${named.label}, which is for an earlier version${toUpdate(named) || '; make it with defineProvider of this one'}`,
})

const noDefinition = (named: Named, problem: string): UnusableType => ({
  expected: `a ${wordOf(named)} whose default export is made by defineProvider`,
  found: `${named.label}, ${problem}${toUpdate(named)}`,
})

const definitionIn = (named: Named, exported: unknown): E.Either<UnusableType, ProviderDefinition> => {
  if (exported === undefined) return E.left(noDefinition(named, 'which has no default export'))
  const read = E.tryCatch(() => readProviderDefinition(exported), Http.thrownText)
  if (E.isLeft(read)) return E.left(noDefinition(named, `which failed: ${read.left}`))
  if (E.isRight(read.right)) {
    const taken = Object.keys(read.right.right.settings).find((name) => COMMON_FIELDS.includes(name))
    if (taken === undefined) return read.right
    return E.left(noDefinition(named, `whose default export is none: settings.${taken}: every provider has this field`))
  }
  const flaw = read.right.left
  if (flaw.kind !== 'malformed') return E.left(ofOtherVersion(named, flaw.kind))
  const member = flaw.member === undefined ? '' : `${flaw.member}: `
  return E.left(noDefinition(named, `whose default export is none: ${member}expected ${flaw.expected}`))
}

/** Prints where foreign code has failed, for its author. */
const debug = ({ variables, stderr }: Environment, thrown: unknown): void => {
  if (variables.SEATLENS_DEBUG === '1' && thrown instanceof Error) stderr.write(`${thrown.stack}\n`)
}

const load = async (named: Named, environment: Environment): Promise<E.Either<UnusableType, ProviderDefinition>> => {
  const { type, folder, builtIn } = named
  if (isFilePath(type)) environment.files.reads(resolve(folder, type), type)
  const exported = await importOutside(type, folder)
  if (E.isLeft(exported)) {
    if (exported.left.kind === 'failed') debug(environment, exported.left.thrown)
    return E.left(notLoaded(named, exported.left))
  }
  const definition = definitionIn(named, exported.right)
  if (E.isLeft(definition) || !builtIn.includes(definition.right.type)) return definition
  const vendor = JSON.stringify(definition.right.type)
  return E.left({
    expected: `a ${wordOf(named)} for a vendor that Seatlens does not have itself`,
    found: `${named.label}, which is for ${vendor}; write "type": ${vendor}`,
  })
}

/** Loads the packages and files that a configuration names: the code of each runs. One after the other, in their order. */
export const loadOutside = async (
  types: readonly string[],
  { name, folder }: NamingConfiguration,
  registry: Registry,
  environment: Environment,
): Promise<OutsideTypes> => {
  const builtIn = registry.map(({ type }) => type)
  const entries: RegistryEntry[] = []
  const unusable = new Map<string, UnusableType>()
  const owners = new Map<string, { readonly label: string; readonly definition: ProviderDefinition }>()
  for (const type of types) {
    const label = shownType(type)
    const loaded = await load({ type, name, folder, label, builtIn }, environment)
    if (E.isLeft(loaded)) {
      unusable.set(type, loaded.left)
      continue
    }
    const definition = loaded.right
    const owner = owners.get(definition.type)
    // The same code may be named in two ways.
    if (owner !== undefined && owner.definition !== definition) {
      const vendor = JSON.stringify(definition.type)
      unusable.set(type, {
        expected: `one package or file for the vendor ${vendor}`,
        found: `${label}; ${owner.label} is for it too`,
      })
      continue
    }
    owners.set(definition.type, { label, definition })
    const guarded = guardedDefinition(definition, { source: name, label })
    entries.push({ type, load: async () => guarded })
  }
  return { entries, unusable }
}
