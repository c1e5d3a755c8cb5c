/** What a provider gives is what its types say, unless it was written without them. */
export const isText = (value: unknown): value is string => typeof value === 'string'

/** The texts among what should be texts. */
export const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(isText) : [])
