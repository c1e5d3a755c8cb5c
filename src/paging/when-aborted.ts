/** Who waits for a signal. A signal of which nobody knows any more takes its entry with it. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>()

const listenTo = (signal: AbortSignal): Set<() => void> => {
  const actions = new Set<() => void>()
  const actAll = () => {
    for (const act of [...actions]) act()
  }
  signal.addEventListener('abort', actAll, { once: true })
  waiting.set(signal, actions)
  return actions
}

/**
 * Acts when a signal aborts, at once where it has; gives what lets go of it. However many wait for a signal, it has one
 * listener: a list has more requests under way than Node takes for a leak of listeners.
 */
export const whenAborted = (signal: AbortSignal | undefined, act: () => void): (() => void) => {
  if (signal === undefined) return () => {}
  if (signal.aborted) {
    act()
    return () => {}
  }
  const actions = waiting.get(signal) ?? listenTo(signal)
  // Of its own, so that somebody who waits twice is called twice.
  const action = () => act()
  actions.add(action)
  return () => {
    actions.delete(action)
  }
}

/**
 * What becomes of a promise, unless a signal aborts first: then it rejects. Neither keeps the other alive once it is over,
 * as `Promise.race` would: a signal that lives long, or is kept by its listeners, keeps no outcome in memory.
 */
export const unlessAborted = <A>(signal: AbortSignal, outcome: Promise<A>): Promise<A> =>
  new Promise((resolve, reject) => {
    const letGo = whenAborted(signal, () => reject(new Error('the signal has aborted')))
    outcome.then(resolve, reject).finally(letGo)
  })
