import { basename, dirname, extname, join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { didYouMean } from '../../index.ts'
import { openPrivateFile } from '../../node/index.ts'
import { type ConfigurationProblem, Fields, type ProviderDefinition, Values } from '../../provider-kit/index.ts'
import { cannotWrite } from '../cannot-write.ts'
import type { InitOptions } from '../commands/init.ts'
import { commonSettings, isSetTo } from '../configuration/common-settings.ts'
import { configurationPath } from '../configuration/configuration-path.ts'
import { configurationSchema } from '../configuration/configuration-schema.ts'
import { newConfigurationText, withProvider } from '../configuration/configuration-text.ts'
import { givenSetting } from '../configuration/given-setting.ts'
import { type KnownTypes, knownTypes, outsideTypesOf } from '../configuration/known-types.ts'
import { idsOf } from '../configuration/listed-entries.ts'
import { entryOf, type NewProvider, openEntry, problemsOfEntry } from '../configuration/new-provider.ts'
import type { SecretPlace } from '../configuration/secret-sources.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { parseJson, readTextFileIfThere } from '../input/text-file.ts'
import type { Invocation } from '../invocation.ts'
import { complain, notify } from '../output/notify.ts'
import { canAsk, openQuestions } from '../output/questions.ts'
import { shellWord } from '../output/shell-word.ts'
import { UsageError } from '../usage-error.ts'
import { doctor } from './doctor.ts'
import { type Interview, interviewOver, UserLeft } from './interview.ts'
import { login } from './login.ts'

const SCHEMA_FILE = 'seatlens.schema.json'

/** The configuration that is there, or is to be. */
interface Target {
  /** As the user would name it. */
  readonly name: string
  readonly path: string
  readonly folder: string
  /** What is there. */
  readonly text: string | undefined
  /** The ids of its providers. */
  readonly ids: readonly string[]
}

const targetOf = async ({ environment, configurationFile }: Invocation): Promise<Target> => {
  const name = configurationFile ?? 'seatlens.json'
  const path = configurationPath(configurationFile, environment)
  const text = await readTextFileIfThere(name, 'the configuration', environment)
  const target = { name, path, folder: dirname(path), text }
  if (text === undefined) return { ...target, ids: [] }
  const value = parseJson(name, text)
  if (Values.isRecord(value) && Array.isArray(value.providers)) return { ...target, ids: idsOf(value.providers) }
  throw new UsageError([`${name}: expected a configuration with a list "providers", to which one can be added`])
}

/** The vendor of the provider, with all types that there are beside it. */
interface Chosen {
  /** As the configuration names it. */
  readonly type: string
  readonly definition: ProviderDefinition
  /** What an id of it is made of. */
  readonly slug: string
  readonly types: KnownTypes
}

/** `zoom` of `@acme/seatlens-zoom` and of `./zoom.js`. */
const slugOf = (type: string): string => {
  const slug = basename(type, extname(type))
    .replace(/^seatlens-/, '')
    .toLowerCase()
  return isSetTo(commonSettings.id, slug) ? slug : 'provider'
}

/** What is known of a type; `Left`: why it cannot be used. */
const chosenOf = async (
  type: string,
  { name, folder }: Target,
  { registry, environment }: Invocation,
): Promise<E.Either<string, Chosen>> => {
  const source = { name, folder, value: { providers: [{ type }] } }
  const types = await knownTypes(registry, await outsideTypesOf(source, registry, environment))
  const definition = types.definitions.find((one) => one.type === type)
  if (definition !== undefined) return E.right({ type, definition, slug: slugOf(type), types })
  const known = registry.map((one) => one.type)
  const { expected, found } = types.unusable.get(type) ?? {
    expected: `one of ${known.join(', ')}, or the name of an installed package${didYouMean(type, known)}`,
    ...Fields.found(type),
  }
  return E.left(`expected ${expected}${found === undefined ? '' : `, found ${found}`}`)
}

/** `genesys`, or `genesys-2` where there is one already. */
const freeId = (vendor: string, ids: readonly string[]): string => {
  for (let number = 1; ; number++) {
    const id = number === 1 ? vendor : `${vendor}-${number}`
    if (!ids.includes(id)) return id
  }
}

const readId = (text: string, ids: readonly string[]): E.Either<string, string> => {
  if (!isSetTo(commonSettings.id, text)) return E.left(`expected ${commonSettings.id.expected}`)
  return ids.includes(text) ? E.left('expected an id that no other provider has') : E.right(text)
}

/** The settings of `--set`, read; or everything that is wrong with them. */
const readSet = (
  { settings }: ProviderDefinition,
  set: readonly string[],
): E.Either<readonly string[], Readonly<Record<string, unknown>>> => {
  const values: Record<string, unknown> = {}
  const problems: string[] = []
  for (const one of set) {
    const [, field = '', text = ''] = /^([^=]+)=(.*)$/s.exec(one) ?? []
    const setting = Object.hasOwn(settings, field) ? settings[field] : undefined
    if (setting === undefined) {
      // Not what is behind the sign: it may be a secret.
      const names = Object.keys(settings)
      problems.push(`--set: expected setting=value with one of ${names.join(', ')}${didYouMean(field, names)}`)
      continue
    }
    const value = givenSetting(setting, text)
    if (E.isRight(value)) values[field] = value.right
    else problems.push(`--set ${field}: ${value.left}`)
  }
  return problems.length > 0 ? E.left(problems) : E.right(values)
}

const topOf = (field: string): string => field.split(/[.[]/, 1)[0] ?? field

/** What is to be written. */
interface Settled {
  readonly chosen: Chosen
  readonly entry: NewProvider
  /** A person signs in after it. */
  readonly signIn: boolean
  /** The variables that it names, and that are not set yet. */
  readonly unset: readonly string[]
}

const describe = ({ field, expected, found }: ConfigurationProblem): string =>
  `${field}: expected ${expected}${found === undefined ? '' : `, found ${found}`}`

/** Everything by options: what is missing or wrong is told at once. */
const byOptions = async (
  target: Target,
  { type, id, set = [], add = false }: InitOptions,
  invocation: Invocation,
): Promise<Settled> => {
  if (target.text !== undefined && !add) {
    throw new UsageError([
      `${target.name}: it is there already; --add adds a provider to it, --config names another file`,
    ])
  }
  if (type === undefined) {
    throw new UsageError(['--type: expected a vendor, as there is no terminal to ask on; see: seatlens init --help'])
  }
  const chosen = await chosenOf(type, target, invocation)
  if (E.isLeft(chosen)) throw new UsageError([`--type: ${chosen.left}`])
  const { definition, slug, types } = chosen.right
  const read = readId(id ?? freeId(slug, target.ids), target.ids)
  const values = readSet(definition, set)
  if (E.isLeft(read) || E.isLeft(values)) {
    throw new UsageError([...(E.isLeft(read) ? [`--id: ${read.left}`] : []), ...(E.isLeft(values) ? values.left : [])])
  }
  const entry = { id: read.right, type, values: inOrder(definition, values.right) }
  const wrong = problemsOfEntry(definition, entry, invocation.environment.variables)
  const { problems, unset } =
    wrong.length > 0
      ? { problems: wrong, unset: [] }
      : await openEntry(definition, entry, types, placeOf(target, invocation))
  if (problems.length > 0) throw new UsageError(problems.map((problem) => `--set ${describe(problem)}`))
  return { chosen: chosen.right, entry, signIn: false, unset }
}

/** The vendor of `--type`, or the one that the user chooses. */
const askType = async (
  interview: Interview,
  target: Target,
  { type }: InitOptions,
  invocation: Invocation,
): Promise<Chosen> => {
  if (type !== undefined) {
    const given = await chosenOf(type, target, invocation)
    if (E.isRight(given)) return given.right
    throw new UsageError([`--type: ${given.left}`])
  }
  const { definitions } = await knownTypes(invocation.registry)
  return interview.choose(
    'Which vendor?',
    definitions.map((one) => ({ name: one.type, title: one.displayName })),
    (name) => chosenOf(name, target, invocation),
    'or the name of an installed package',
  )
}

/** What the options do not say is asked. */
const byQuestions = async (
  interview: Interview,
  target: Target,
  options: InitOptions,
  invocation: Invocation,
): Promise<Settled> => {
  const { environment } = invocation
  if (target.text !== undefined && options.add !== true) {
    const providers = target.ids.length === 0 ? '' : `, with ${target.ids.join(', ')}`
    await interview.demandYes(`${target.name} is there already${providers}. Add a provider to it?`, false)
  }
  const chosen = await askType(interview, target, options, invocation)
  const { definition, slug, types } = chosen
  const set = readSet(definition, options.set ?? [])
  if (E.isLeft(set)) throw new UsageError(set.left)
  const read = (text: string) => readId(text, target.ids)
  const given = options.id === undefined ? undefined : read(options.id)
  if (given !== undefined && E.isLeft(given)) throw new UsageError([`--id: ${given.left}`])
  const id = given?.right ?? (await interview.answer('What is it called in reports?', freeId(slug, target.ids), read))
  const asked = { ...definition, slug, id }
  const way = await interview.way(asked, set.right)
  let values: Readonly<Record<string, unknown>> = { ...way?.sets, ...set.right }
  const ask = async (field: string): Promise<void> => {
    values = { ...values, [field]: await interview.setting(asked, field) }
  }
  /** Asks again for what is wrong; what is wrong with no setting of the vendor cannot be asked for. */
  const mend = async (problems: readonly ConfigurationProblem[]): Promise<void> => {
    const fields = new Set(problems.map(({ field }) => topOf(field)))
    for (const problem of problems)
      if (Object.hasOwn(values, topOf(problem.field))) notify(environment, describe(problem))
    for (const field of fields) {
      if (!Object.hasOwn(definition.settings, field)) {
        throw new UsageError(problems.map(describe))
      }
      await ask(field)
    }
  }
  for (const field of way?.fields ?? []) if (!Object.hasOwn(values, field)) await ask(field)
  for (;;) {
    const entry = { id, type: chosen.type, values: inOrder(definition, values) }
    const [first] = problemsOfEntry(definition, entry, environment.variables)
    if (first !== undefined) {
      await mend([first])
      continue
    }
    const { problems, unset } = await openEntry(definition, entry, types, placeOf(target, invocation))
    if (problems.length === 0) return { chosen, entry, signIn: way?.signIn === true, unset }
    await mend(problems)
  }
}

const placeOf = ({ folder }: Target, { environment, signal }: Invocation): SecretPlace => ({
  folder,
  environment,
  signal,
})

/** As the vendor lists its settings: the region before the client. */
const inOrder = (
  { settings }: ProviderDefinition,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.keys(settings).flatMap((field) => (Object.hasOwn(values, field) ? [[field, values[field]]] : [])),
  )

const bytesOf = (text: string): readonly Uint8Array[] => [new TextEncoder().encode(text)]

/** Writes the configuration, and for a new one the schema beside it. */
const write = async (
  target: Target,
  chosen: Chosen,
  entry: NewProvider,
  { environment }: Invocation,
): Promise<void> => {
  const { name, path, folder, text } = target
  // It is read again at the end.
  environment.files.keeps(path, name)
  const files: { readonly path: string; readonly name: string; readonly text: string }[] = []
  if (text === undefined) {
    const schema = join(folder, SCHEMA_FILE)
    environment.files.writes(schema, SCHEMA_FILE, 'init')
    files.push({
      path: schema,
      name: SCHEMA_FILE,
      text: `${JSON.stringify(configurationSchema(chosen.types.definitions), null, 2)}\n`,
    })
    files.push({ path, name, text: newConfigurationText(`./${SCHEMA_FILE}`, entryOf(entry)) })
  } else {
    files.push({ path, name, text: await withProvider(text, entryOf(entry)) })
  }
  for (const file of files) {
    const opened = await openPrivateFile(file.path)()
    const written = E.isLeft(opened) ? opened : await opened.right.write(bytesOf(file.text))()
    if (E.isLeft(written)) throw cannotWrite(written.left, [`${file.name}: cannot be written: ${written.left.problem}`])
  }
}

const unsetText = (unset: readonly string[]): string =>
  `${unset.join(', ')}: ${unset.length === 1 ? 'a variable that is' : 'variables that are'} not set yet`

/** What to do next, or how it went. */
const finish = async (
  { entry, signIn, unset }: Settled,
  interview: Interview | undefined,
  invocation: Invocation,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, configurationFile } = invocation
  const { id } = entry
  const config =
    configurationFile === undefined ? '' : ` --config ${shellWord(configurationFile, environment.platform)}`
  const next = `seatlens${config} ${signIn ? `login ${id}` : 'doctor'}`
  if (unset.length > 0) {
    notify(environment, `${unsetText(unset)}. Set ${unset.length === 1 ? 'it' : 'them'}, and run: ${next}`)
    return []
  }
  if (signIn) {
    if (interview === undefined || !(await interview.yes('Sign in now?', true))) {
      notify(environment, `To sign in: ${next}`)
      return []
    }
    const outcomes = await login(invocation, id, { browser: true })
    if (outcomes.some(({ status }) => status !== 'complete')) return outcomes
  }
  return doctor(invocation, { format: 'table', provider: [id] })
}

export const init = async (invocation: Invocation, options: InitOptions): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal } = invocation
  const target = await targetOf(invocation)
  const questions = canAsk(environment) ? openQuestions(environment, signal) : undefined
  const interview = questions === undefined ? undefined : interviewOver(questions, environment)
  try {
    const settled =
      interview === undefined
        ? await byOptions(target, options, invocation)
        : await byQuestions(interview, target, options, invocation)
    const { chosen, entry } = settled
    if (interview !== undefined) {
      environment.stderr.write(`${JSON.stringify(entryOf(entry), null, 2)}\n`)
      await interview.demandYes(`Write this to ${target.name}?`, true)
    }
    if (signal.aborted) return []
    await write(target, chosen, entry, invocation)
    notify(environment, `${target.name}: ${target.text === undefined ? 'written' : 'changed'}, with ${entry.id}`)
    return await finish(settled, interview, invocation)
  } catch (error) {
    if (!(error instanceof UserLeft)) throw error
    complain(environment, 'nothing was written')
    return [{ status: 'complete', declined: true }]
  } finally {
    questions?.close()
  }
}
