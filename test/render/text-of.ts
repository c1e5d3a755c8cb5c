import { type Content, piecesOf } from '../../src/render/index.ts'

/** A content that is text. */
export const textOf = (content: Content): string => {
  let text = ''
  for (const piece of piecesOf(content)) {
    if (typeof piece !== 'string') throw new Error('it has bytes in it')
    text += piece
  }
  return text
}
