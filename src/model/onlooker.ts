/**
 * A callback of the caller's that only looks on. What it throws, or rejects with, changes nothing: a display that fails
 * must not cost the work, and there is nowhere to tell of it.
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
