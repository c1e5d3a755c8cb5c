import { join } from 'node:path'
import type { PackedData, PageData } from '../../src/render/report/html/page-data.ts'

const UNPACK = join(import.meta.dirname, '../../src/render/report/html/client/unpack.js')

/** What the script of a page works with: its data, as the script unpacks it. */
export const pageDataOf = async (page: string): Promise<PageData> => {
  const [, data = ''] = /<script[^>]*type="application\/json"[^>]*>(.*?)<\/script>/s.exec(page) ?? []
  const { unpacked }: { readonly unpacked: (packed: PackedData) => PageData } = await import(UNPACK)
  return unpacked(JSON.parse(data))
}

/** The text of a page with what its script puts into it, which is packed in the page itself. */
export const wholeTextOf = async (page: string): Promise<string> => `${page}${JSON.stringify(await pageDataOf(page))}`
