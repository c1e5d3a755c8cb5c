import { type FaultEffect, json } from '../../src/simulator-kit/index.ts'
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

const ODD_COUNTS = [0, -1, 1.5, null, '3', 1e15, 1e305, 'NaN', {}]

const untold = (row: unknown, pick: number): unknown => ({
  ...Object(row),
  licenses: among([undefined, null, 'all', [null], 7], pick),
})

const holdsSeveral = (row: Row): row is Row & { readonly licenses: readonly unknown[] } =>
  'licenses' in row && Array.isArray(row.licenses) && row.licenses.length > 1

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
      return { ...listing, pageCount: among(ODD_COUNTS, pick) }
    case 'totalMoves':
      return { ...listing, total: before.length + asked.strike }
    case 'totalAbsent':
      return without(listing, 'total')
    case 'totalOdd':
      return { ...listing, total: among(ODD_COUNTS, pick) }
    case 'rowsAbsent':
      return among([{}, [], null, without(listing, 'entities')], pick)
    case 'licensesAbsent':
      return { ...listing, entities: entities.map((row, index) => (index % 2 === pick % 2 ? untold(row, pick) : row)) }
    case 'splitsRow': {
      const whole = before.filter(holdsSeveral)[0]
      if (whole === undefined) return listing
      const [first, ...others] = whole.licenses
      const parted = entities.map((row) => (Object(row).id === whole.id ? { ...Object(row), licenses: [first] } : row))
      const isLast = asked.pageNumber * asked.pageSize >= before.length
      return { ...listing, entities: isLast ? [...parted, { id: whole.id, licenses: others }] : parted }
    }
    case 'tooMuch':
      return listing
    case 'leavesWithoutTotal':
      return without(pageOf(rowsAfter(kind, rows), asked), 'total')
  }
}

/** What a simulator does to a page of a list. */
export const genesysPageEffect = (kind: NumberedPageFault | Unseen, rows: MovingRows): FaultEffect => {
  let strike = 0
  if (kind === 'tooMuch') {
    const bears = 1 + (rows.pick % 40)
    const status = rows.pick % 2 === 0 ? 504 : 413
    return {
      kind: 'rewrite',
      rewrite: (answer, { query }) =>
        Number(query.get('pageSize')) > bears ? json({ message: 'too much', status }, status) : answer,
    }
  }
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
