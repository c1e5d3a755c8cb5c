const MAX_LENGTH = 60

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What was found, for a message. Of a structure only its kind, because a secret may be somewhere in it. */
export const found = (value: unknown): { readonly found?: string } => {
  if (value === undefined) return {}
  if (Array.isArray(value)) return { found: 'a list' }
  if (typeof value === 'object' && value !== null) return { found: 'an object' }
  return { found: JSON.stringify(value).slice(0, MAX_LENGTH) }
}

/** What was found where a structure should be: its kind only, because a misplaced text may be a secret. */
export const foundKind = (value: unknown): { readonly found?: string } => {
  if (value === undefined) return {}
  if (typeof value === 'object') return value === null ? { found: 'null' } : found(value)
  return { found: typeof value === 'string' ? 'a text' : `a ${typeof value}` }
}
