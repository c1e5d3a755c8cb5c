/** What a vendor has taken on and has not done yet. */
export interface LateWork {
  /** Has something done after a time, in milliseconds. */
  readonly later: (afterMs: number, act: () => void) => void
  /** Does what is due by now, in the order in which it became due. */
  readonly catchUp: () => void
}

/** It has no timer: each reading first does what is due, so that it goes by any clock. */
export const createLateWork = (now: () => number): LateWork => {
  let waiting: readonly { readonly dueAt: number; readonly act: () => void }[] = []
  return {
    later: (afterMs, act) => {
      waiting = [...waiting, { dueAt: now() + afterMs, act }]
    },
    catchUp: () => {
      if (waiting.length === 0) return
      const time = now()
      const due = waiting.filter(({ dueAt }) => dueAt <= time).sort((one, other) => one.dueAt - other.dueAt)
      // What is done looks at the organization itself, and must not find itself waiting.
      waiting = waiting.filter(({ dueAt }) => dueAt > time)
      for (const { act } of due) act()
    },
  }
}
