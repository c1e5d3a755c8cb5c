import type { Command } from 'commander'
import { didYouMean, shownName, shownText } from '../../render/index.ts'
import { lineageOf, namedOf, nameOf } from './lineage.ts'

type Say = (command: Command, ...parts: readonly string[]) => string

/** `--format` of `--format <format>`. */
const longOf = (flags: string): string => flags.split(/[\s,|]+/).find((part) => part.startsWith('--')) ?? flags

const optionsOf = (command: Command): readonly string[] =>
  lineageOf(command).flatMap(({ options }) => options.flatMap(({ long }) => long ?? []))

const unknownCommand = ({ commands }: Command, name: string): string =>
  `unknown command ${shownText(name)}${didYouMean(
    name,
    commands.map((one) => one.name()),
  )}`

/** How commander says what it expects: `Expected a number.`, `Allowed choices are a, b.` */
const expectedBy = (reason: string): string => {
  const text = reason.replace(/\.$/, '')
  return text.startsWith('Allowed choices are ')
    ? `one of ${text.slice('Allowed choices are '.length)}`
    : text.replace(/^Expected /, '')
}

const choicesIn = (reason: string): readonly string[] =>
  expectedBy(reason)
    .replace(/^one of /, '')
    .split(', ')

/** What is wrong, by commander's own words. What a user wrote may be a secret in a wrong place: it is shown by `shownText`. */
const mistakes: readonly (readonly [pattern: RegExp, say: Say])[] = [
  [
    /^unknown option '(.*)'$/s,
    (command, flag = '') => {
      const [name = ''] = flag.split('=')
      return `unknown option ${shownName(name)}${didYouMean(name, optionsOf(command))}`
    },
  ],
  [/^unknown command '(.*)'$/s, (command, name = '') => unknownCommand(command, name)],
  [
    /^option '(.*?)' argument '(.*)' is invalid\. (.*)$/s,
    (_, flags = '', value = '', reason = '') =>
      `${longOf(flags)}: expected ${expectedBy(reason)}, found ${shownText(value)}${didYouMean(value, choicesIn(reason))}`,
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.*)'\. (.*)$/s,
    (_, value = '', name = '', reason = '') =>
      `<${name}>: expected ${expectedBy(reason)}, found ${shownText(value)}${didYouMean(value, choicesIn(reason))}`,
  ],
  [/^option '(.*)' argument missing$/, (_, flags = '') => `${longOf(flags)}: expected a value: ${flags}`],
  [
    /^option '(.*)' cannot be used with option '(.*)'$/,
    (_, one = '', other = '') => `${longOf(one)}: expected without ${longOf(other)}`,
  ],
  [/^required option '(.*)' not specified$/, (_, flags = '') => `expected ${flags}`],
  [/^missing required argument '(.*)'$/, (_, name = '') => `expected <${name}>`],
  [
    /^too many arguments.* Expected (\d+) arguments? but got (\d+)\.$/,
    (_, expected = '', got = '') =>
      `expected ${expected === '0' ? 'no' : expected} argument, found ${got}; a value with spaces needs quotes`,
  ],
]

/** What is said of a mistake. */
export interface MistakeText {
  readonly message: string
  /** What was given, and a mark at the place of the mistake. */
  readonly excerpt?: readonly string[]
}

/** Mistakes in one command line: where, what, and at the end where to read on. Below the first line of each may be its place. */
export const mistakeTexts = (mistakes: readonly string[], command: Command): readonly MistakeText[] =>
  mistakes.map((mistake, index) => {
    const help = index === mistakes.length - 1 ? `; see: ${nameOf(command)} --help` : ''
    const [line = '', ...excerpt] = mistake.split('\n')
    const message = `${nameOf(command)}: ${line}${help}`
    return excerpt.length === 0 ? { message } : { message, excerpt }
  })

/** A mistake that commander found, in its words. */
export const textsOfCommander = (text: string, command: Command): readonly MistakeText[] => {
  const told = text.trim().replace(/^error: /, '')
  const named = namedOf(command)
  const [word] = named.args
  if (named !== command && word !== undefined && told.startsWith('too many arguments')) {
    return mistakeTexts([unknownCommand(named, word)], command)
  }
  for (const [pattern, say] of mistakes) {
    const [found, ...parts] = pattern.exec(told) ?? []
    if (found !== undefined) return mistakeTexts([say(command, ...parts)], command)
  }
  return [{ message: told }]
}
