/** What a provider gives is what its types say, unless it was written without them. */
export const isText = (value: unknown): value is string => typeof value === 'string'

export const areTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText)

export const isOptionalText = (value: unknown): boolean => value === undefined || isText(value)

/** The texts among what should be texts. */
export const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(isText) : [])

/** The member, where it is the text that it should be. */
export const textMember = <K extends string>(key: K, value: unknown): Partial<Record<K, string>> => {
  const member: Partial<Record<K, string>> = {}
  if (isText(value)) member[key] = value
  return member
}
