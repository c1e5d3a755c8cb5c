import { crc32, createDeflateRaw } from 'node:zlib'

/** One file of an archive, in pieces. */
export interface ZipEntry {
  readonly name: string
  readonly pieces: Iterable<string>
}

interface Packed {
  readonly name: Buffer
  readonly data: Buffer
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
const PIECE_BYTES = 1 << 18

/** Pieces of some size: compressing very small ones takes much longer. */
function* bytesOf(pieces: Iterable<string>): Generator<Buffer> {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < PIECE_BYTES) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

const pack = async ({ name, pieces }: ZipEntry): Promise<Packed> => {
  // The fastest level: the others take several times as long for a few percent.
  const deflate = createDeflateRaw({ level: 1 })
  const chunks: Buffer[] = []
  deflate.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => {
    deflate.on('end', resolve)
    deflate.on('error', reject)
  })
  let [size, checksum] = [0, 0]
  for (const bytes of bytesOf(pieces)) {
    size += bytes.length
    checksum = crc32(bytes, checksum)
    if (!deflate.write(bytes)) await new Promise((resolve) => deflate.once('drain', resolve))
  }
  deflate.end()
  await ended
  return { name: Buffer.from(name), data: Buffer.concat(chunks), size, checksum }
}

/** What both headers of a file say of it. */
const factsOf = ({ name, data, size, checksum }: Packed): Buffer => {
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(VERSION, 0)
  facts.writeUInt16LE(UTF_8_NAMES, 2)
  facts.writeUInt16LE(DEFLATED, 4)
  facts.writeUInt16LE(0, 6)
  facts.writeUInt16LE(NO_DATE, 8)
  facts.writeUInt32LE(checksum, 10)
  facts.writeUInt32LE(data.length, 14)
  facts.writeUInt32LE(size, 18)
  facts.writeUInt16LE(name.length, 22)
  return facts
}

const signature = (value: number, more = 0): Buffer => {
  const bytes = Buffer.alloc(4 + more)
  bytes.writeUInt32LE(value)
  return bytes
}

const centralHeader = (packed: Packed, offset: number): readonly Buffer[] => {
  const start = signature(CENTRAL_HEADER, 2)
  start.writeUInt16LE(VERSION, 4)
  const end = Buffer.alloc(14)
  end.writeUInt32LE(offset, 10)
  return [start, factsOf(packed), end, packed.name]
}

const endOf = (entries: number, size: number, offset: number): Buffer => {
  const end = signature(END, 18)
  end.writeUInt16LE(entries, 8)
  end.writeUInt16LE(entries, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}

const lengthOf = (buffers: readonly Buffer[]): number => buffers.reduce((sum, { length }) => sum + length, 0)

/** A zip archive of a few files, none of which may have 4 GiB. */
export const zip = async (entries: readonly ZipEntry[]): Promise<readonly Uint8Array[]> => {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const packed = await pack(entry)
    const file = [signature(LOCAL_HEADER), factsOf(packed), packed.name, packed.data]
    files.push(...file)
    directory.push(...centralHeader(packed, offset))
    offset += lengthOf(file)
  }
  return [...files, ...directory, endOf(entries.length, lengthOf(directory), offset)]
}
