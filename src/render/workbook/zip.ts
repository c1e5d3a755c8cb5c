import type { Bytes } from '../../model/content.ts'

/** One file of an archive, in pieces. */
export interface ZipEntry {
  readonly name: string
  readonly pieces: Iterable<string>
}

interface Packed {
  readonly name: Bytes
  /** Compressed. */
  readonly data: Bytes
  readonly size: number
  readonly checksum: number
}

const LOCAL_HEADER = 0x04034b50
const CENTRAL_HEADER = 0x02014b50
const END = 0x06054b50
const DEFLATED = 8
const UTF_8_NAMES = 0x0800
const VERSION = 20
/** 1980-01-01, the first day that the format knows: the same content is the same file. */
const NO_DATE = 0x0021
const PIECE_CHARACTERS = 1 << 16

const encoder = new TextEncoder()

/** Pieces of some size: compressing very small ones takes much longer, and V8 keeps large ones for long. */
function* bytesOf(pieces: Iterable<string>): Generator<Bytes> {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < PIECE_CHARACTERS) continue
    yield encoder.encode(text)
    text = ''
  }
  if (text !== '') yield encoder.encode(text)
}

const lengthOf = (parts: readonly Bytes[]): number => parts.reduce((sum, { length }) => sum + length, 0)

/** By the runtime's own compression, which works beside the code that makes the pieces. */
const gzipped = async (pieces: Iterable<string>): Promise<Bytes> => {
  const gzip = new CompressionStream('gzip')
  const compressed = new Response(gzip.readable).arrayBuffer()
  const writer = gzip.writable.getWriter()
  try {
    for (const bytes of bytesOf(pieces)) await writer.write(bytes)
    await writer.close()
  } catch (error) {
    // Nothing waits for what does not come.
    await Promise.allSettled([writer.abort(error), compressed])
    throw error
  }
  return new Uint8Array(await compressed)
}

/** Before and after the compressed data (RFC 1952); no runtime writes any of the optional fields. */
const GZIP_HEADER = 10
const GZIP_TRAILER = 8

/** What gzip ends with is what an archive wants to know: the checksum and the size. */
const pack = async ({ name, pieces }: ZipEntry): Promise<Packed> => {
  const gzip = await gzipped(pieces)
  const trailer = new DataView(gzip.buffer, gzip.length - GZIP_TRAILER)
  return {
    name: encoder.encode(name),
    data: gzip.subarray(GZIP_HEADER, -GZIP_TRAILER),
    checksum: trailer.getUint32(0, true),
    size: trailer.getUint32(4, true),
  }
}

/** Whole numbers one after the other, the lowest byte first, each in as many bytes as it says. */
const numbers = (...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Bytes => {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, bytes]) => sum + bytes, 0)))
  let at = 0
  for (const [value, bytes] of fields) {
    if (bytes === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += bytes
  }
  return new Uint8Array(view.buffer)
}

/** What both headers of a file say of it. */
const factsOf = ({ name, data, size, checksum }: Packed): Bytes =>
  numbers(
    [VERSION, 2],
    [UTF_8_NAMES, 2],
    [DEFLATED, 2],
    [0, 2],
    [NO_DATE, 2],
    [checksum, 4],
    [data.length, 4],
    [size, 4],
    [name.length, 2],
    [0, 2],
  )

const centralHeader = (packed: Packed, offset: number): readonly Bytes[] => [
  numbers([CENTRAL_HEADER, 4], [VERSION, 2]),
  factsOf(packed),
  numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
  packed.name,
]

const endOf = (entries: number, size: number, offset: number): Bytes =>
  numbers([END, 4], [0, 2], [0, 2], [entries, 2], [entries, 2], [size, 4], [offset, 4], [0, 2])

/** A zip archive of a few files, none of which may have 4 GiB. */
export const zip = async (entries: readonly ZipEntry[]): Promise<readonly Bytes[]> => {
  const files: Bytes[] = []
  const directory: Bytes[] = []
  let offset = 0
  for (const entry of entries) {
    const packed = await pack(entry)
    const file = [numbers([LOCAL_HEADER, 4]), factsOf(packed), packed.name, packed.data]
    files.push(...file)
    directory.push(...centralHeader(packed, offset))
    offset += lengthOf(file)
  }
  return [...files, ...directory, endOf(entries.length, lengthOf(directory), offset)]
}
