import type { Command, Option } from 'commander'
import { defaultCommandOf, type Place, programOf } from './place.ts'

/** A word that the one at the cursor may become, and what it means. */
export interface Candidate {
  readonly word: string
  readonly meaning: string
}

/** Who knows what fits: the shell its files and folders, a configuration its providers and licenses, a command its columns. */
export type Source = 'columns' | 'files' | 'folders' | 'licenses' | 'providers' | 'providersAndGroups'

/** What may stand at the cursor. */
export interface Expected {
  readonly words: readonly Candidate[]
  /** More words are to be had there. */
  readonly source?: Source
  /** What stands before all of them in one word: `--format=`. */
  readonly prefix?: string
}

/** What a placeholder in the help stands for: `file` of `--output <file>`, `plan` of `apply <plan>`. */
const SOURCES: ReadonlyMap<string, Source> = new Map([
  ['file', 'files'],
  ['plan', 'files'],
  ['journal', 'files'],
  ['folder', 'folders'],
  ['snapshot', 'folders'],
  ['before', 'folders'],
  ['after', 'folders'],
  ['license', 'licenses'],
  ['licenses', 'licenses'],
  ['provider', 'providers'],
  ['names', 'columns'],
])

const NOTHING: Expected = { words: [] }

/** `file` of `--output <file>`. */
const placeholderOf = ({ flags }: Option): string => /[<[]([\w-]+)/.exec(flags)?.[1] ?? ''

/** A sentence without its last stop. */
const meaningOf = (description: string): string => description.replace(/\.$/, '')

const fromChoicesOr = (source: Source | undefined, choices: readonly string[] | undefined): Expected => {
  if (choices !== undefined) return { words: choices.map((word) => ({ word, meaning: '' })) }
  return source === undefined ? NOTHING : { words: [], source }
}

const sourceOf = (option: Option): Source | undefined => {
  const placeholder = placeholderOf(option)
  if (option.long !== '--provider') return SOURCES.get(placeholder)
  // An id is that of one provider. Elsewhere, it is nothing that a configuration has.
  return placeholder === 'id' ? 'providers' : 'providersAndGroups'
}

/** Of columns, the last of several is at the cursor; `-` before it sorts the other way. */
const LAST_COLUMN = /^(?:.*,)?-?/

const valuesOf = (option: Option, value: string): Expected => {
  const expected = fromChoicesOr(sourceOf(option), option.argChoices)
  const [before = ''] = expected.source === 'columns' ? (LAST_COLUMN.exec(value) ?? []) : []
  return before === '' ? expected : { ...expected, prefix: before }
}

const commandsOf = (command: Command): readonly Candidate[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .map((one) => ({ word: one.name(), meaning: meaningOf(one.description()) }))

/** The options that the help of a command lists, and those of the command that runs where none is named. */
const optionsOf = (command: Command): readonly Option[] => {
  const help = command.createHelp()
  const unnamed = defaultCommandOf(command)
  return [
    ...help.visibleOptions(command),
    ...(unnamed === undefined ? [] : help.visibleOptions(unnamed)),
    ...help.visibleGlobalOptions(command),
  ]
}

const flagsOf = (command: Command): Expected => {
  const meanings = new Map(
    optionsOf(command).map(({ long, short, description }) => [long ?? short ?? '', meaningOf(description)]),
  )
  return { words: [...meanings].map(([word, meaning]) => ({ word, meaning })) }
}

/** Undefined where no argument is expected. */
const operandOf = (command: Command, place: number): Expected | undefined => {
  const { registeredArguments: all } = command
  const last = all.at(-1)
  const argument = all[place] ?? (last?.variadic ? last : undefined)
  if (argument === undefined) return undefined
  if (argument.name() === 'command') return { words: commandsOf(programOf(command)) }
  return fromChoicesOr(SOURCES.get(argument.name()), argument.argChoices)
}

/** What may stand in place of `word`, at whose end the cursor is. All of it: which of it begins with the word is for the shell. */
export const expectedAt = ({ command, option, mayBeOption, operands }: Place, word: string): Expected => {
  const [prefix, flag] = /^(--[^=]+)=/.exec(word) ?? []
  if (mayBeOption && prefix !== undefined) {
    const named = optionsOf(command).find(({ long }) => long === flag)
    if (named === undefined) return NOTHING
    const expected = valuesOf(named, word.slice(prefix.length))
    return { ...expected, prefix: `${prefix}${expected.prefix ?? ''}` }
  }
  if (mayBeOption && word.startsWith('-')) return flagsOf(command)
  if (option !== undefined) return valuesOf(option, word)
  const operand = operandOf(defaultCommandOf(command) ?? command, operands)
  const commands = operands === 0 ? commandsOf(command) : []
  // Where nothing else can come, options can.
  if (operand === undefined && commands.length === 0) return mayBeOption ? flagsOf(command) : NOTHING
  return { ...operand, words: [...commands, ...(operand?.words ?? [])] }
}
