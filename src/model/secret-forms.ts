/** Shorter texts are not masked: that would make messages unreadable. */
const MIN_SECRET_LENGTH = 6

const utf8 = new TextEncoder()

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

/**
 * The base64 of a secret inside a longer text. It depends on how many bytes come before it (0 to 2 of three). Characters at
 * both ends also depend on the neighbors, and are left out.
 */
const inBase64 = (bytes: Uint8Array): readonly string[] =>
  [0, 1, 2].map((before) => {
    const padded = new Uint8Array(before + bytes.length)
    padded.set(bytes, before)
    const whole = Math.floor((padded.length * 8) / 6)
    return base64(padded).slice(Math.ceil((before * 8) / 6), whole)
  })

/** As forms and URLs encode it, also with hexadecimal digits in lower case. */
const percentEncoded = (secret: string): readonly string[] => {
  const form = new URLSearchParams({ '': secret }).toString().slice(1)
  const component = form.replaceAll('+', '%20').replace(/%(?:21|27|28|29|7E)/g, decodeURIComponent)
  const inLowerCase = (text: string) => text.replace(/%[\dA-F]{2}/g, (encoded) => encoded.toLowerCase())
  return [component, form, inLowerCase(component), inLowerCase(form)]
}

const inJson = (secret: string): readonly string[] => {
  const escaped = JSON.stringify(secret).slice(1, -1)
  const inAscii = escaped.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return [escaped, inAscii].flatMap((text) => [text, text.replaceAll('/', '\\/')])
}

/** Every form in which a vendor may repeat a secret: as it is, in URLs, in base64 and part of it, in JSON. */
export const formsOf = (secret: string): readonly string[] => {
  if (secret.length < MIN_SECRET_LENGTH) return []
  const encoded = inBase64(utf8.encode(secret))
  const forUrls = encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const inside = [...encoded, ...forUrls].filter((text) => text.length >= MIN_SECRET_LENGTH)
  return [...new Set([secret, ...percentEncoded(secret), ...inJson(secret), ...inside])]
}
