export { type Content, piecesOf } from '../../model/content.ts'
