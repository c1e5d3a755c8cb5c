import type { Command } from 'commander'
import { CommandMistake } from '../usage-error.ts'
import { lineageOf } from './lineage.ts'

const isEmpty = (value: unknown): boolean =>
  value === '' || (Array.isArray(value) && value.some((one: unknown) => one === ''))

/**
 * Refuses empty texts. A shell makes one of a variable that is not set, and an empty name would mean the working folder
 * to some commands and nothing to others.
 */
export const refuseEmptyValues = (command: Command): void => {
  const values: Readonly<Record<string, unknown>> = command.optsWithGlobals()
  const options = lineageOf(command).flatMap((one) => one.options)
  const names = [
    ...options.filter((option) => isEmpty(values[option.attributeName()])).map(({ long }) => long ?? ''),
    ...command.registeredArguments
      .filter((_, place) => isEmpty(command.processedArgs[place]))
      .map((one) => `<${one.name()}>`),
  ]
  if (names.length === 0) return
  throw new CommandMistake(
    names.map((name) => `${name}: expected a value, found ""; a variable in the command line may not be set`),
  )
}
