/** No chain of causes is longer; one that leads back to itself is none. */
const MAX_CAUSES = 10

/** The error and what caused it, from the outside in: `fetch` says only "fetch failed" and keeps the reason in its causes. */
export const causesOf = (thrown: unknown): readonly Error[] => {
  const causes: Error[] = []
  for (let error = thrown; error instanceof Error && causes.length < MAX_CAUSES; error = error.cause) causes.push(error)
  return causes
}
