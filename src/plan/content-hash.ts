import { hexadecimal } from '../model/hexadecimal.ts'

/** JSON with the keys of every object in one order, so that equal values have equal text. */
const canonicalText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalText(member)}`)
  return `{${members.join(',')}}`
}

/** `sha256:` and the digest of a text. */
export const sha256Of = async (text: string): Promise<string> => {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return `sha256:${hexadecimal(digest)}`
}

/** The same of a JSON value, whatever the order of its keys. */
export const contentHash = (value: unknown): Promise<string> => sha256Of(canonicalText(value))
