/** The command line or the configuration is wrong: one line for each problem, and none twice. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly lines: readonly string[]

  constructor(lines: readonly string[]) {
    const once = [...new Set(lines)]
    super(once.join('\n'))
    this.lines = once
  }
}

/** The command line itself is wrong. The command says its name before it, and behind it where its help is. */
export class CommandMistake extends UsageError {}
