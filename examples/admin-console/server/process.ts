import { SettingsMistake } from './settings.ts'

/** Waits for the system, or a person at the terminal, to end the process, and then stops in order. */
export const untilStopped = async (stop: () => Promise<void>): Promise<void> => {
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve)
  })
  await stop()
}

/** Ends the process with code 2 where its owner has to change something, and says what. */
export const tellMistake = (about: string, error: unknown): void => {
  if (!(error instanceof SettingsMistake)) throw error
  process.stderr.write(`${about}: ${error.message}\n`)
  process.exitCode = 2
}
