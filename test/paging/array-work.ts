const COPYING = ['slice', 'concat', 'filter', 'map', 'flatMap', 'includes', 'indexOf', 'some', 'find'] as const

/**
 * How many elements of arrays are gone through while something runs: by spreading and `for … of`, and by what copies or
 * searches. Counts operations, where a stopwatch would count how busy the machine is.
 */
export const arrayWorkOf = async (run: () => Promise<unknown>): Promise<number> => {
  let work = 0
  const originals = COPYING.map((name) => [name, Object.getOwnPropertyDescriptor(Array.prototype, name)] as const)
  const iterator = Object.getOwnPropertyDescriptor(Array.prototype, Symbol.iterator)
  for (const [name, descriptor] of originals) {
    const original: unknown = descriptor?.value
    if (typeof original !== 'function') throw new Error(`arrays have no ${name}`)
    Object.defineProperty(Array.prototype, name, {
      ...descriptor,
      value: function (this: readonly unknown[], ...given: unknown[]): unknown {
        work += this.length
        return Reflect.apply(original, this, given)
      },
    })
  }
  const values: unknown = iterator?.value
  if (typeof values !== 'function') throw new Error('arrays cannot be iterated over')
  Object.defineProperty(Array.prototype, Symbol.iterator, {
    ...iterator,
    value: function (this: readonly unknown[]): unknown {
      work += this.length
      return Reflect.apply(values, this, [])
    },
  })
  try {
    await run()
  } finally {
    for (const [name, descriptor] of originals) if (descriptor) Object.defineProperty(Array.prototype, name, descriptor)
    if (iterator) Object.defineProperty(Array.prototype, Symbol.iterator, iterator)
  }
  return work
}
