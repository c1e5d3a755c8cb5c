/** A message of stderr as JSON. */
export interface SaidMessage {
  readonly level: 'error' | 'warning' | 'remark' | 'request'
  readonly message: string
  readonly command: string
  readonly provider?: string
  readonly error?: { readonly _tag: string }
}

/** The messages of a run with `--format json` or `--format ndjson`: every line of its stderr is one. */
export const messagesIn = (stderr: string): readonly SaidMessage[] =>
  stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line): SaidMessage => JSON.parse(line))

/** The same as people would have read it. */
export const said = (stderr: string): string =>
  messagesIn(stderr)
    .map(({ level, message }) => `${level === 'warning' ? 'warning: ' : ''}${message}\n`)
    .join('')

/** The same of a run with any format: `args` are its words. */
export const saidBy = (args: readonly string[], stderr: string): string =>
  args.some((arg) => arg === 'json' || arg === 'ndjson') ? said(stderr) : stderr
