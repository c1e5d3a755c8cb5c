import type { Command, Option } from 'commander'
import { lineageOf } from '../commands/lineage.ts'

/** Where in a command line the cursor is. */
export interface Place {
  readonly command: Command
  /** The option whose value the word at the cursor is. */
  readonly option?: Option
  /** Whether an option may stand there too, as behind the first value of one that takes several. */
  readonly mayBeOption: boolean
  /** How many arguments of the command stand before the cursor. */
  readonly operands: number
  /** The last value of each option before the cursor, by its attribute name. */
  readonly values: ReadonlyMap<string, string>
}

/** The command of a group that runs where none is named. Commander has it, and no way to ask for it. */
export const defaultCommandOf = (group: Command): Command | undefined => {
  const name: unknown = '_defaultCommandName' in group ? group._defaultCommandName : undefined
  return group.commands.find((one) => one.name() === name)
}

export const programOf = (command: Command): Command => (command.parent === null ? command : programOf(command.parent))

const takesValue = ({ required, optional }: Option): boolean => required || optional

const optionIn = (command: Command, flag: string): Option | undefined =>
  lineageOf(command)
    .flatMap(({ options }) => options)
    .find(({ long, short }) => long === flag || short === flag)

/** Reads the words before the cursor as the program will. */
export const placeAfter = (program: Command, words: readonly string[]): Place => {
  const values = new Map<string, string>()
  let command = program
  let option: Option | undefined
  let isFilled = false
  let operands = 0
  let onlyOperands = false

  const findOption = (flag: string): Option | undefined => {
    const found = optionIn(command, flag)
    const unnamed = defaultCommandOf(command)
    if (found !== undefined || unnamed === undefined) return found
    const itsOwn = optionIn(unnamed, flag)
    if (itsOwn !== undefined) command = unnamed
    return itsOwn
  }
  for (const word of words) {
    const isFlag = !onlyOperands && word.startsWith('-') && word !== '-'
    if (option !== undefined && (!isFlag || (option.required && !isFilled))) {
      values.set(option.attributeName(), word)
      isFilled = true
      if (!option.variadic) option = undefined
      continue
    }
    option = undefined
    if (!onlyOperands && word === '--') onlyOperands = true
    else if (isFlag) {
      const [flag = '', ...value] = word.split('=')
      const found = findOption(flag)
      if (found === undefined || !takesValue(found)) continue
      if (word.includes('=')) values.set(found.attributeName(), value.join('='))
      else {
        option = found
        isFilled = false
      }
    } else {
      const named = command.commands.find((one) => one.name() === word || one.aliases().includes(word))
      if (named === undefined) {
        command = defaultCommandOf(command) ?? command
        operands++
      } else command = named
    }
  }
  const mayBeOption = !onlyOperands && (option === undefined || isFilled || option.optional)
  return { command, ...(option === undefined ? {} : { option }), mayBeOption, operands, values }
}
