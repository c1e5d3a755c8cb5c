/** Causes that are looked at, at most: a chain may lead back to itself. */
const MAX_CAUSES = 10

/** An error and its causes, in order: `fetch` says only "fetch failed" and keeps the reason in its causes. */
export const causesOf = (thrown: unknown): readonly Error[] => {
  const causes: Error[] = []
  for (let error = thrown; error instanceof Error && causes.length < MAX_CAUSES; error = error.cause) causes.push(error)
  return causes
}
