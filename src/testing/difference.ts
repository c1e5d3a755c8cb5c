const show = (value: unknown): string => JSON.stringify(value) ?? String(value)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The first place where two plain values differ, for people, or undefined where they are equal. */
export const difference = (actual: unknown, expected: unknown, path = 'it'): string | undefined => {
  if (Object.is(actual, expected)) return undefined
  if (!isObject(actual) || !isObject(expected) || Array.isArray(actual) !== Array.isArray(expected)) {
    return `${path} is ${show(actual)}, not ${show(expected)}`
  }
  for (const key of new Set([...Object.keys(actual), ...Object.keys(expected)])) {
    const own = Object.hasOwn(actual, key) === Object.hasOwn(expected, key)
    const found = own ? difference(actual[key], expected[key], `${path}.${key}`) : undefined
    if (!own) return `${path}.${key} is ${Object.hasOwn(actual, key) ? 'there' : 'missing'}`
    if (found !== undefined) return found
  }
  return undefined
}
