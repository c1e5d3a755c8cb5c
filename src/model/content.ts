/** What is written: as a whole, or piece by piece, so that what is large need not be in memory all at once. */
export type Content = string | Uint8Array | Iterable<string | Uint8Array>

const isWhole = (content: Content): content is string | Uint8Array =>
  typeof content === 'string' || content instanceof Uint8Array

/** Its pieces, in their order. */
export const piecesOf = (content: Content): Iterable<string | Uint8Array> => (isWhole(content) ? [content] : content)
