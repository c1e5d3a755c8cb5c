/** The actions that wait for each signal. An entry goes with its signal. */
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
 * Calls `act` when a signal aborts, at once where it has. Returns a function that cancels this. A signal gets one listener
 * however many actions wait for it: Node warns of a leak where a signal has many listeners.
 */
export const whenAborted = (signal: AbortSignal | undefined, act: () => void): (() => void) => {
  if (signal === undefined) return () => {}
  if (signal.aborted) {
    act()
    return () => {}
  }
  const actions = waiting.get(signal) ?? listenTo(signal)
  // A new function each time, so that an action that was given twice is called twice.
  const action = () => act()
  actions.add(action)
  return () => {
    actions.delete(action)
  }
}
