import { crc32, inflateRawSync } from 'node:zlib'

const END = 0x06054b50

/** The files of a zip archive, each checked against its checksum. */
export const unzip = (archive: Buffer): ReadonlyMap<string, string> => {
  const end = archive.length - 22
  if (archive.readUInt32LE(end) !== END) throw new Error('not a zip archive')
  const files = new Map<string, string>()
  let at = archive.readUInt32LE(end + 16)
  for (let entry = archive.readUInt16LE(end + 10); entry > 0; entry--) {
    const [checksum, size] = [archive.readUInt32LE(at + 16), archive.readUInt32LE(at + 20)]
    const nameLength = archive.readUInt16LE(at + 28)
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    const local = archive.readUInt32LE(at + 42)
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const content = inflateRawSync(archive.subarray(start, start + size))
    if (crc32(content) !== checksum) throw new Error(`${name} is damaged`)
    files.set(name, content.toString('utf8'))
    at += 46 + nameLength
  }
  return files
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

const plain = (xml: string): string =>
  xml
    .replace(/&(\w+);/g, (_, name) => ENTITIES[name] ?? '')
    .replace(/_x([0-9A-F]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))

const placeOf = (letters: string): number =>
  [...letters].reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0) - 1

/** A sheet as somebody sees it: its headings, and its rows by them. */
export interface ReadSheet {
  readonly headings: readonly string[]
  readonly rows: readonly Readonly<Record<string, string | number>>[]
  readonly xml: string
}

/** The sheets of a workbook by name, in their order. Fails where a tag is left open. */
export const readWorkbook = (archive: Buffer): ReadonlyMap<string, ReadSheet> => {
  const files = unzip(archive)
  for (const xml of files.values()) expectBalanced(xml)
  const names = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet name="([^"]*)" sheetId="(\d+)"/g)]
  return new Map(
    names.map(([, name = '', id]) => {
      const xml = files.get(`xl/worksheets/sheet${id}.xml`) ?? ''
      const [headings = [], ...rows] = [...xml.matchAll(/<row r="\d+">(.*?)<\/row>/gs)].map(([, row = '']) =>
        cellsOf(row),
      )
      const texts = headings.map(String)
      return [
        plain(name),
        {
          headings: texts,
          xml,
          rows: rows.map((row) => Object.fromEntries(texts.map((text, place) => [text, row[place] ?? '']))),
        },
      ]
    }),
  )
}

const cellsOf = (row: string): (string | number)[] => {
  const cells: (string | number)[] = []
  for (const [, letters = '', type, content = ''] of row.matchAll(
    /<c r="([A-Z]+)\d+" s="\d+"( t="inlineStr")?>(.*?)<\/c>/gs,
  )) {
    cells[placeOf(letters)] =
      type === undefined ? Number(/<v>(.*)<\/v>/.exec(content)?.[1]) : plain(content.replace(/<[^>]*>/g, ''))
  }
  return [...cells].map((cell) => cell ?? '')
}

const expectBalanced = (xml: string): void => {
  const open: string[] = []
  for (const [, closing, name, selfClosing] of xml.matchAll(/<(\/?)([\w:]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`)
    } else if (!selfClosing && name !== undefined) open.push(name)
  }
  if (open.length > 0 || /&(?!amp;|lt;|gt;|quot;)/.test(xml)) throw new Error(`not well formed: ${open.join(' ')}`)
}
