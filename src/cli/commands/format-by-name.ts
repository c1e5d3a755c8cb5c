import { extname } from 'node:path'
import type { Command } from 'commander'
import { UsageError } from '../usage-error.ts'

/** Endings that promise a format. Other endings promise nothing: a file `.xml` may have any format. */
const PROMISED: Readonly<Record<string, string>> = {
  '.csv': 'csv',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.md': 'md',
  '.html': 'html',
  '.xlsx': 'xlsx',
}

const promisedBy = (output: unknown): string | undefined =>
  typeof output === 'string' ? PROMISED[extname(output).toLowerCase()] : undefined

const refusal = (expected: string, output: unknown): UsageError =>
  new UsageError([`--output: expected ${expected}; found ${output}`])

const listed = (formats: readonly string[]): string => formats.map((format) => `.${format}`).join(', ')

/**
 * Takes the format from the name of `--output` if there is no `--format`. A name that promises another format is refused
 * before anything is done.
 */
export const formatByName = (command: Command): void => {
  const { output, format } = command.opts()
  const promised = promisedBy(output)
  if (promised === undefined) return
  const choices = command.options.find((option) => option.attributeName() === 'format')?.argChoices ?? []
  if (command.getOptionValueSource('format') === 'cli') {
    if (format !== promised) throw refusal(`a name that fits --format ${format}`, output)
  } else if (choices.includes(promised)) command.setOptionValueWithSource('format', promised, 'implied')
  else {
    const possible = choices.filter((choice) => `.${choice}` in PROMISED)
    throw refusal(`a name that ends with ${listed(possible)}, as this is what ${command.name()} can write`, output)
  }
}

/** For a command whose `--output` is always JSON, in whatever format it prints. */
export const jsonByName = (command: Command): void => {
  const { output } = command.opts()
  const promised = promisedBy(output)
  if (promised !== undefined && promised !== 'json') throw refusal('a name that ends with .json, as it is JSON', output)
}
