/** Waits for the system, or a person at the terminal, to end the process, and then stops in order. */
export const untilStopped = async (stop: () => Promise<void>): Promise<void> => {
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve)
  })
  await stop()
}
