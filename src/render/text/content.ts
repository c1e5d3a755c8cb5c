import { type Bytes, type Content, piecesOf } from '../../model/content.ts'
import type { OneInvalidInput } from '../../model/invalid-input.ts'
import { LicenseException } from '../../model/license-exception.ts'

/** Made here, as this is loaded with the entry point, and little else is. */
const notText = (): LicenseException => {
  const message = 'content: expected text; found bytes. Take them with bytesOf'
  const failure: OneInvalidInput = { _tag: 'InvalidInput', path: 'content', expected: 'text', message }
  return new LicenseException(failure)
}

/**
 * The text of a result, all of it.
 *
 * @throws LicenseException with `InvalidInput` for a result that has bytes in it, as a workbook (`xlsx`) has: see {@link bytesOf}.
 */
export const textOf = (content: Content<Uint8Array>): string => {
  let text = ''
  for (const piece of piecesOf(content)) {
    if (typeof piece !== 'string') throw notText()
    text += piece
  }
  return text
}

/** The bytes of a result, all of them: text is encoded as UTF-8. For `Response`, `Blob` and whatever else takes bytes. */
export const bytesOf = (content: Content<Uint8Array>): Bytes => {
  const encoder = new TextEncoder()
  const parts = Array.from(piecesOf(content), (piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece))
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/**
 * The pieces of a result are made while they are read, and cannot be read again. A second reader gets a failure, and never
 * an empty file.
 */
export const readOnce = (content: Content): Content => {
  if (typeof content === 'string' || content instanceof Uint8Array || Array.isArray(content)) return content
  let isRead = false
  return {
    [Symbol.iterator]: () => {
      if (isRead) {
        throw new Error(
          'This content was read before, and its pieces are made only once. Render the result again, or keep it with textOf or bytesOf',
        )
      }
      isRead = true
      return content[Symbol.iterator]()
    },
  }
}
