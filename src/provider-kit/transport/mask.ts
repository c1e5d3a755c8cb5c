import { formsOf } from './secret-forms.ts'

/** An `@`, also a wide one, and as addresses, JSON and HTML write it. */
const AT = String.raw`(?:[@\uff20\ufe6b]|%40|\\u0040|&#64;|&#x40;|&commat;)`
/** No more of it in one piece: bounded, and without `@` on either side, so that no text takes long to look through. */
const IN_ADDRESS = String.raw`[^\s"<>(),;:=@\uff20\ufe6b]`
const FIRST_OF_ADDRESS = String.raw`[^\s"'<>(),;:=@\uff20\ufe6b]`
/** Letters of any script; what stands before the `@` may be in quotes, and may have apostrophes in it. */
const E_MAIL = new RegExp(
  `(?:"[^"\\n]{1,64}"|${FIRST_OF_ADDRESS}(?:${IN_ADDRESS}{0,63}?))${AT}${FIRST_OF_ADDRESS}+`,
  'giu',
)
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/=-]+/gi
/** JSON web tokens and Webex access tokens: `<64 characters>_<cluster>_<organization>`. */
const TOKEN = /\b(eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|\w{40,}_\w{4}_[\w-]{36})/g
/** Not the names of permissions, of which Genesys has `authorization:license:view`. */
const NAMED_SECRET = /(?<!:)((?:token|secret|password|authorization(?!:\w+:\w))["']?\s*[:=]\s*["']?)[^\s"'&,}]+/gi

const MAX_LENGTH = 500
/** No more of a text is looked at: what masking takes does not grow with what a vendor sends. */
const MAX_LOOKED_AT = MAX_LENGTH * 4
/** No address is longer. So much before the end of what is looked at may be a part of one that goes on behind it. */
const MAX_ADDRESS_LENGTH = 320

interface Span {
  readonly start: number
  readonly end: number
}

/** Where the forms are in a text, overlapping ones as one, in order. */
const spansOf = (text: string, forms: Iterable<string>): readonly Span[] => {
  const found: Span[] = []
  for (const form of forms) {
    for (let start = text.indexOf(form); start !== -1; start = text.indexOf(form, start + 1)) {
      found.push({ start, end: start + form.length })
    }
  }
  const spans: Span[] = []
  for (const span of found.sort((one, other) => one.start - other.start)) {
    const last = spans.at(-1)
    if (last === undefined || span.start > last.end) spans.push(span)
    else if (span.end > last.end) spans[spans.length - 1] = { start: last.start, end: span.end }
  }
  return spans
}

/** The beginning of a text without the forms. One that the end of the beginning goes through is masked as a whole. */
const withoutForms = (text: string, forms: readonly string[]): string => {
  const longest = forms.reduce((length, form) => Math.max(length, form.length), 0)
  const spans = spansOf(text.slice(0, MAX_LOOKED_AT + longest), forms)
  let masked = ''
  let at = 0
  for (const { start, end } of spans) {
    if (start >= MAX_LOOKED_AT) break
    masked += `${text.slice(at, start)}***`
    at = end
  }
  return masked + text.slice(at, Math.max(at, MAX_LOOKED_AT))
}

/** Foreign text made fit for messages: the given forms and what looks like an address or a credential masked, bounded. */
export const maskForms = (text: string, forms: readonly string[]): string => {
  const masked = withoutForms(text, forms)
    .replace(BEARER, '$1 ***')
    .replace(TOKEN, '***')
    .replace(NAMED_SECRET, '$1***')
    .replace(E_MAIL, '***@***')
  return masked.slice(0, text.length > MAX_LOOKED_AT ? -MAX_ADDRESS_LENGTH : undefined).slice(0, MAX_LENGTH)
}

/** The same for a text that comes from nowhere near any secret but those given. */
export const maskSensitive = (text: string, secrets: readonly string[] = []): string =>
  maskForms(text, secrets.flatMap(formsOf))
