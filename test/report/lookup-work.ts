const COUNTED: readonly (readonly [object, string])[] = [
  [Map.prototype, 'get'],
  [Map.prototype, 'set'],
  [Set.prototype, 'add'],
]

/** How often anything is looked up in maps, or entered in maps and sets, while something runs. */
export const lookupWorkOf = (run: () => void): number => {
  let work = 0
  const originals = COUNTED.map(([owner, name]) => {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name)
    const original: unknown = descriptor?.value
    if (descriptor === undefined || typeof original !== 'function') throw new Error(`there is no ${name}`)
    return { owner, name, descriptor, original }
  })
  for (const { owner, name, descriptor, original } of originals) {
    Object.defineProperty(owner, name, {
      ...descriptor,
      value: function (this: unknown, ...given: unknown[]): unknown {
        work++
        return Reflect.apply(original, this, given)
      },
    })
  }
  try {
    run()
  } finally {
    for (const { owner, name, descriptor } of originals) Object.defineProperty(owner, name, descriptor)
  }
  return work
}
