import { extname } from 'node:path'
import type { Command } from 'commander'
import { CommandMistake } from '../usage-error.ts'

/** Endings that promise a format of ours. */
const PROMISED: Readonly<Record<string, string>> = {
  '.csv': 'csv',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.md': 'md',
  '.markdown': 'md',
  '.html': 'html',
  '.htm': 'html',
  '.xlsx': 'xlsx',
  '.xml': 'junit',
  '.parquet': 'parquet',
}

/** Endings of what programs open as something that no command writes. */
const FOREIGN: readonly string[] = [
  ...['.doc', '.docx', '.odt', '.pdf', '.rtf', '.ppt', '.pptx'],
  ...['.ods', '.tsv', '.xls', '.xlsm'],
  ...['.jsonl', '.toml', '.yaml', '.yml'],
  ...['.gz', '.zip'],
  ...['.gif', '.jpeg', '.jpg', '.png', '.svg'],
]

/** Other endings promise nothing: a file `.txt` or without an ending may have any format. */
const promisedBy = (output: unknown): string | undefined => {
  if (typeof output !== 'string') return undefined
  const ending = extname(output).toLowerCase()
  return PROMISED[ending] ?? (FOREIGN.includes(ending) ? ending : undefined)
}

/** The ending that a format is known by, and the format where the ending does not say it. */
const endingOf = (format: string): string => {
  if (format === 'table' || format === 'message') return `.txt (${format})`
  return format === 'junit' ? '.xml (junit)' : `.${format}`
}

const refusal = (expected: string, output: unknown): CommandMistake =>
  new CommandMistake([`--output: expected ${expected}; found ${output}`])

/**
 * Takes the format from the name of `--output` if there is no `--format`. A name that promises another format is refused
 * before anything is done.
 */
const takeFormat = (command: Command): void => {
  const { output, format } = command.opts()
  const promised = promisedBy(output)
  if (promised === undefined) return
  const choices = command.options.find((option) => option.attributeName() === 'format')?.argChoices ?? []
  if (command.getOptionValueSource('format') === 'cli') {
    if (format !== promised) throw refusal(`a name that fits --format ${format}`, output)
  } else if (choices.includes(promised)) command.setOptionValueWithSource('format', promised, 'implied')
  else {
    const possible = choices.map(endingOf).join(', ')
    throw refusal(`a name that ends with ${possible}, as this is what ${command.name()} can write`, output)
  }
}

/** For a report that is split into the files of a folder: its name promises nothing, and no terminal shows it. */
const checkFolder = (command: Command): void => {
  const { output, format, open } = command.opts()
  const choices = command.options.find((option) => option.attributeName() === 'format')?.argChoices ?? []
  const ofFiles = choices.filter((choice) => choice !== 'table')
  const problems = [
    ...(output === undefined ? ['--output: expected a folder with --split-by'] : []),
    ...(promisedBy(output) === undefined ? [] : [`--output: expected a folder with --split-by; found ${output}`]),
    ...(ofFiles.includes(format) ? [] : [`--format: expected one of ${ofFiles.join(', ')} with --split-by`]),
    ...(open ? ['--open: expected without --split-by'] : []),
  ]
  if (problems.length > 0) throw new CommandMistake(problems)
}

/** Takes the format from the name of a file, and checks the folder of a report that is split. */
export const formatByName = (command: Command): void =>
  command.opts().splitBy === undefined ? takeFormat(command) : checkFolder(command)

/** For a command whose `--output` is always JSON, in whatever format it prints. */
export const jsonByName = (command: Command): void => {
  const { output } = command.opts()
  const promised = promisedBy(output)
  if (promised !== undefined && promised !== 'json') throw refusal('a name that ends with .json, as it is JSON', output)
}
