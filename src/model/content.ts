/**
 * Bytes in a buffer of their own, as `Blob`, `Response` and `fetch` take them. From TypeScript 5.7 on this is
 * `Uint8Array<ArrayBuffer>`, and before `Uint8Array`.
 */
export type Bytes = ReturnType<Uint8Array['slice']>

/** Content to be written, whole or in pieces: large content need not be in memory all at once. */
export type Content<Binary extends Uint8Array = Bytes> = string | Binary | Iterable<string | Binary>

const isWhole = <Binary extends Uint8Array>(content: Content<Binary>): content is string | Binary =>
  typeof content === 'string' || content instanceof Uint8Array

/** The pieces of a content, in order. */
export const piecesOf = <Binary extends Uint8Array>(content: Content<Binary>): Iterable<string | Binary> =>
  isWhole(content) ? [content] : content
