/** What a path holds at the places that its pattern names, or undefined where it does not fit. */
export type PathMatcher = (path: string) => Readonly<Record<string, string>> | undefined

const decode = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}

/**
 * Patterns are made of segments: `:name` stands for any one segment, a `*` at the end for any rest, all else for itself.
 * Values are decoded; a path whose encoding is broken fits no pattern that names the place.
 */
export const pathMatcher = (pattern: string): PathMatcher => {
  const open = pattern.endsWith('/*')
  const expected = (open ? pattern.slice(0, -2) : pattern).split('/')
  return (path) => {
    const actual = path.split('/')
    if (open ? actual.length <= expected.length : actual.length !== expected.length) return undefined
    const params: Record<string, string> = {}
    for (const [index, segment] of expected.entries()) {
      const found = actual[index] ?? ''
      if (!segment.startsWith(':')) {
        if (segment !== found) return undefined
        continue
      }
      const value = decode(found)
      if (value === undefined || value === '') return undefined
      params[segment.slice(1)] = value
    }
    return params
  }
}
