import { formsOf } from './secret-forms.ts'

/** An `@`, also a full-width one, and as URLs, JSON and HTML encode it. */
const AT = String.raw`(?:[@\uff20\ufe6b]|%40|\\u0040|&#64;|&#x40;|&commat;)`
/** Characters of an address. Their number is bounded, so that no text takes long to match. */
const IN_ADDRESS = String.raw`[^\s"<>(),;:=@\uff20\ufe6b]`
const FIRST_OF_ADDRESS = String.raw`[^\s"'<>(),;:=@\uff20\ufe6b]`
/** An address in any script. The part before the `@` may be in quotes and may have apostrophes. */
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
/** Only so much of a text is looked at, so that masking takes no longer for a longer text. */
const MAX_LOOKED_AT = MAX_LENGTH * 4
/** The longest address. So many characters at the cut may be part of one that goes on after it. */
const MAX_ADDRESS_LENGTH = 320

interface Span {
  readonly start: number
  readonly end: number
}

/** The places of the forms in a text, in order. Overlapping ones are one. */
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

/** The first part of a text, without the forms. A form across its end is masked as a whole. */
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

/** Foreign text, safe for messages: shortened, and with the given forms, e-mail addresses and possible credentials masked. */
export const maskForms = (text: string, forms: readonly string[]): string => {
  const masked = withoutForms(text, forms)
    .replace(BEARER, '$1 ***')
    .replace(TOKEN, '***')
    .replace(NAMED_SECRET, '$1***')
    .replace(E_MAIL, '***@***')
  return masked.slice(0, text.length > MAX_LOOKED_AT ? -MAX_ADDRESS_LENGTH : undefined).slice(0, MAX_LENGTH)
}

/** The same with given secrets only. */
export const maskSensitive = (text: string, secrets: readonly string[] = []): string =>
  maskForms(text, secrets.flatMap(formsOf))
