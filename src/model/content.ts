/** Content to be written, whole or in pieces: large content need not be in memory all at once. */
export type Content = string | Uint8Array | Iterable<string | Uint8Array>

const isWhole = (content: Content): content is string | Uint8Array =>
  typeof content === 'string' || content instanceof Uint8Array

/** The pieces of a content, in order. */
export const piecesOf = (content: Content): Iterable<string | Uint8Array> => (isWhole(content) ? [content] : content)
