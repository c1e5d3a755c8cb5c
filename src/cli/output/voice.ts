import type { Environment, OutputStream } from '../environment.ts'
import type { Message } from './notify.ts'

/** How a command line wants messages. */
export interface Manners {
  /** One JSON object a line, as the result is JSON too. */
  readonly isJson: boolean
  /** Only why the run does not end with 0. */
  readonly isQuiet: boolean
  /** Each request, too. */
  readonly isVerbose: boolean
}

const isJsonFormat = (format: string | undefined): boolean => format === 'json' || format === 'ndjson'

/** Read from the words themselves: what is wrong with them is told in the same manner. */
export const mannersOf = (args: readonly string[]): Manners => ({
  isJson: args.some((arg, index) =>
    isJsonFormat(arg === '--format' ? args[index + 1] : /^--format=(.*)$/.exec(arg)?.[1]),
  ),
  isQuiet: args.includes('--quiet'),
  isVerbose: args.includes('--verbose'),
})

const textOf = ({ level, message }: Message): string => (level === 'warning' ? `warning: ${message}` : message)

/** Makes what tells messages. `commandOf`: the command that is called, `seatlens report`. */
export const openVoice =
  (
    stderr: OutputStream,
    prose: Environment['prose'],
    { isJson, isQuiet }: Manners,
    commandOf: () => string,
  ): Environment['tell'] =>
  (told) => {
    if (isQuiet && told.level !== 'error') return
    const { level, message, ...about } = told
    if (!isJson) for (const line of [textOf(told), ...(told.excerpt ?? [])]) stderr.write(prose(line))
    // An empty line parts what a person reads.
    else if (message !== '') stderr.write(`${JSON.stringify({ level, message, command: commandOf(), ...about })}\n`)
  }
