/** Where the server writes what it does: one line of JSON each. */
export interface Log {
  readonly info: (entry: Readonly<Record<string, unknown>>) => void
  readonly error: (error: unknown) => void
}

/** Writes lines without any of the secrets, wherever a message may have one from. */
export const createLog = (write: (line: string) => void, secrets: readonly string[]): Log => {
  const told = (entry: Readonly<Record<string, unknown>>) => {
    const line = JSON.stringify({ at: new Date().toISOString(), ...entry })
    write(secrets.reduce((text, secret) => text.replaceAll(JSON.stringify(secret).slice(1, -1), '***'), line))
  }
  return {
    info: told,
    error: (error) =>
      told({ level: 'error', error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  }
}
