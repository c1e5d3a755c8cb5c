/**
 * A caller's callback that only watches. What it throws, or rejects with, is ignored: a display that fails must not stop
 * the work.
 */
export const onlooker =
  <A>(callback: ((seen: A) => void) | undefined) =>
  (seen: A): void => {
    try {
      const returned: unknown = callback?.(seen)
      Promise.resolve(returned).catch(() => {})
    } catch {
      // As above.
    }
  }
