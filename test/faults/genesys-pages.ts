import type { FaultEffect } from '../../src/simulator-kit/index.ts'
import type { NumberedPageFault, Unseen } from './schedule.ts'

interface Row {
  readonly id: string
}

interface Asked {
  readonly pageNumber: number
  readonly pageSize: number
  /** 1 for the first page that is struck. */
  readonly strike: number
}

type Listing = Readonly<Record<string, unknown>> & { readonly entities: readonly unknown[] }

export interface MovingRows<A extends Row = Row> {
  /** As they are on the wire. */
  readonly before: readonly A[]
  readonly joiner: A
  readonly pick: number
}

/** The rows of a list after it has changed; the same ones where it does not change. */
export const rowsAfter = <A extends Row>(
  kind: NumberedPageFault | Unseen,
  { before, joiner, pick }: MovingRows<A>,
): readonly A[] => {
  const gone = before[pick % Math.max(1, before.length)]
  switch (kind) {
    case 'leaves':
      return before.filter((row) => row !== gone)
    case 'joinsAtFront':
      return [joiner, ...before]
    case 'joinsAtEnd':
      return [...before, joiner]
    case 'equalExchange':
      return [...before.slice(1), joiner]
    case 'leavesWithoutTotal':
      return before.slice(1)
    default:
      return before
  }
}

const pageOf = (rows: readonly unknown[], { pageNumber, pageSize }: Asked): Listing => ({
  entities: rows.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
  pageNumber,
  pageSize,
  total: rows.length,
  pageCount: Math.max(1, Math.ceil(rows.length / pageSize)),
})

const undecodable = { id: { nobody: true }, licenses: 7 }

const without = (listing: Listing, field: string): Listing => ({ ...listing, [field]: undefined })

const among = (values: readonly unknown[], pick: number): unknown => values[pick % values.length]

const rewritten = (kind: NumberedPageFault | Unseen, listing: Listing, rows: MovingRows, asked: Asked): unknown => {
  const { before, pick } = rows
  const { entities } = listing
  switch (kind) {
    case 'leaves':
    case 'joinsAtFront':
    case 'joinsAtEnd':
    case 'equalExchange':
      return pageOf(rowsAfter(kind, rows), asked)
    case 'repeatsPage':
      return {
        ...listing,
        entities: pageOf(before, { ...asked, pageNumber: Math.max(1, asked.pageNumber - 1) }).entities,
      }
    case 'emptyPage': {
      const at = 2 * asked.pageSize
      const gap = Array.from({ length: asked.pageSize }, () => undefined)
      const page = pageOf([...before.slice(0, at), ...gap, ...before.slice(at)], asked)
      return { ...page, entities: page.entities.filter((row) => row !== undefined), total: before.length }
    }
    case 'undecodableInPlace':
      return { ...listing, entities: [undecodable, ...entities.slice(1)] }
    case 'undecodableToo':
      return { ...listing, entities: [...entities, undecodable] }
    case 'losesRow':
      return { ...listing, entities: entities.slice(1) }
    case 'pageCountAbsent':
      return without(listing, 'pageCount')
    case 'pageCountTooSmall':
      return { ...listing, pageCount: 1 }
    case 'pageCountTooLarge':
      return { ...listing, pageCount: Number(listing.pageCount) + 1 + pick }
    case 'pageCountOdd':
      return { ...listing, pageCount: among([0, -1, 1.5, null, '3', 1e15], pick) }
    case 'totalMoves':
      return { ...listing, total: before.length + asked.strike }
    case 'totalAbsent':
      return without(listing, 'total')
    case 'totalOdd':
      return { ...listing, total: among([0, -1, 1.5, null, '3', 1e15], pick) }
    case 'rowsAbsent':
      return among([{}, [], null, without(listing, 'entities')], pick)
    case 'leavesWithoutTotal':
      return without(pageOf(rowsAfter(kind, rows), asked), 'total')
  }
}

/** What a simulator does to a page of a list. */
export const genesysPageEffect = (kind: NumberedPageFault | Unseen, rows: MovingRows): FaultEffect => {
  let strike = 0
  return {
    kind: 'rewrite',
    rewrite: (answer) => {
      if (answer.status !== 200) return answer
      strike += 1
      const listing = JSON.parse(answer.body)
      // The size that the vendor gave, which may be less than the one asked for.
      const asked = { pageNumber: listing.pageNumber, pageSize: listing.pageSize, strike }
      return { ...answer, body: JSON.stringify(rewritten(kind, listing, rows, asked)) }
    },
  }
}
