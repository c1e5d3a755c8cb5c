import { join } from 'node:path'
import type { FindingData, PageData, PartsOf, PersonData } from '../../src/render/report/html/page-data.ts'

const UNPACK = join(import.meta.dirname, '../../src/render/report/html/client/unpack.js')

/** All of what the script of a page works with. */
interface WholePageData extends Omit<PageData, 'people' | 'findings'> {
  readonly people: readonly PersonData[]
  readonly findings: readonly { readonly elementId: string; readonly findings: readonly FindingData[] }[]
}

/** The data of a page, as its script unpacks it. */
export const pageDataOf = async (page: string): Promise<WholePageData> => {
  const { openData }: { readonly openData: (partsOf: PartsOf) => { readonly data: PageData } } = await import(UNPACK)
  const { data } = openData((name) => {
    const part = new RegExp(`<script type="application/json" data-name="${name}">(.*?)</script>`, 'gs')
    return Array.from(page.matchAll(part), ([, json = '']) => json)
  })
  const { people, findings } = data
  return {
    ...data,
    people: people.slice(0, people.count),
    findings: findings.map(({ elementId, all }) => ({ elementId, findings: all() })),
  }
}

/** The text of a page with what its script puts into it, which is packed in the page itself. */
export const wholeTextOf = async (page: string): Promise<string> => `${page}${JSON.stringify(await pageDataOf(page))}`
