import { hexadecimal } from './hexadecimal.ts'

/** The SHA-256 of the parts of a content, one after the other, in hexadecimal digits. */
export type Sha256 = (parts: Iterable<Uint8Array>) => string | Promise<string>

const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** Web Crypto wants all of the content in one piece. Browsers have it in pages that came over TLS or from this machine. */
const digestOf = (parts: Iterable<Uint8Array>): Promise<ArrayBuffer> =>
  globalThis.crypto.subtle.digest('SHA-256', joined([...parts]))

/** By Web Crypto, which every runtime has. */
export const webSha256: Sha256 = async (parts) => hexadecimal(await digestOf(parts))

/** The SHA-256 of a text in UTF-8, in base64: so a content security policy names a style or a script. */
export const sha256Base64 = async (text: string): Promise<string> =>
  btoa(String.fromCharCode(...new Uint8Array(await digestOf([new TextEncoder().encode(text)]))))

export interface Hashing {
  /** Node's own takes content part by part; by default all of it is in memory at once. Default: Web Crypto's. */
  readonly sha256?: Sha256 | undefined
}
