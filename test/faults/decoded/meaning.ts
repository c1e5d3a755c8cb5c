/** What a member of the model may be when a vendor has sent a value for it: the value itself, or that it is not known. */
export type Meaning = (told: unknown, sent: unknown) => boolean

const isBlank = (text: string): boolean => text.replace(/\p{Cf}/gu, '').trim() === ''

/** What may be dropped of a text without making it another one. */
const bare = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .trim()

/** The very text but for white space around it and what has no width; absent where there is nothing to read. */
export const asText: Meaning = (told, sent) => {
  if (told === undefined) return typeof sent !== 'string' || isBlank(sent) || /\p{Cs}/u.test(sent)
  return typeof told === 'string' && typeof sent === 'string' && bare(told) === bare(sent)
}

/** The same, and null where the record says that there is none. */
export const asTextOrNone: Meaning = (told, sent) =>
  told === null ? sent === null || sent === undefined || sent === '' : asText(told, sent)

/** The number, or unknown for what is no whole number of seats. */
export const asUnits: Meaning = (told, sent) => {
  const count: unknown = told
  const isCount = typeof count === 'object' && count !== null && 'kind' in count
  if (!isCount) return false
  const text = typeof sent === 'string' ? sent.trim() : undefined
  const value = text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : sent
  const isUnits = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
  return isUnits ? 'value' in count && count.value === value : count.kind === 'unknown'
}

/** ISO 8601 with a zone; a day by itself may be taken for its beginning in UTC. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** The same instant, or absent. */
export const asTime: Meaning = (told, sent) => {
  if (told === undefined) return true
  if (typeof told !== 'string' || typeof sent !== 'string') return false
  const [year = '', month = '', day = ''] = sent.split(/[-T]/)
  const exists = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day)
  return (INSTANT.test(sent) || DAY.test(sent)) && exists && Date.parse(told) === Date.parse(sent)
}

/** One of the words that the vendor documents, told in ours; anything else is `unknown`. */
export const asWord =
  (words: Readonly<Record<string, string>>): Meaning =>
  (told, sent) => {
    const word = typeof sent === 'string' || typeof sent === 'boolean' ? String(sent).toLowerCase() : ''
    return told === (Object.hasOwn(words, word) ? words[word] : 'unknown')
  }

/** The ids that were sent, each as it is. */
export const asIds: Meaning = (told, sent) =>
  Array.isArray(told) && Array.isArray(sent) && told.length === sent.length && told.every((id, at) => id === sent[at])
