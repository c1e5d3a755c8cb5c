/** Writes what happens, one line of JSON each: ids, times and reasons, never a secret or a person. */
export type Log = (event: string, about?: Readonly<Record<string, unknown>>) => void

/** Secrets are replaced wherever a message may have one from. */
export const createLog = (write: (line: string) => void, secrets: readonly string[]): Log => {
  return (event, about = {}) => {
    const line = JSON.stringify({ at: new Date().toISOString(), event, ...about })
    write(secrets.reduce((shown, secret) => shown.replaceAll(JSON.stringify(secret).slice(1, -1), '***'), line))
  }
}

/** Why something failed, for people: the message of what was thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message || thrown.name : String(thrown)
