const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const JPEG = [0xff, 0xd8, 0xff]

const beginsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, place) => bytes[place] === byte)

/** What may come before the first element of an SVG: each begins so, and ends so. */
const BEFORE_ROOT = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!', '>'],
] as const

/** Whether the first element of a text in UTF-8 is `svg`. A document type with declarations of its own is refused. */
const isSvg = (bytes: Uint8Array): boolean => {
  let text = new TextDecoder().decode(bytes).trimStart()
  for (;;) {
    const [start, end] = BEFORE_ROOT.find(([begin]) => text.startsWith(begin)) ?? []
    if (start === undefined || end === undefined) return /^<svg[\s>]/.test(text)
    const at = text.indexOf(end, start.length)
    if (at < 0) return false
    text = text.slice(at + end.length).trimStart()
  }
}

/** The type of an image by its content, of those that every browser shows; undefined for anything else. */
export const mediaTypeOf = (bytes: Uint8Array): string | undefined => {
  if (beginsWith(bytes, PNG)) return 'image/png'
  if (beginsWith(bytes, JPEG)) return 'image/jpeg'
  return isSvg(bytes) ? 'image/svg+xml' : undefined
}
