import { jsonText } from '../../text/json-text.ts'
import type { PackedFinding, PackedPerson, PageTables, RemovalTables } from './page-data.ts'

/** The data of the page before it is text. */
export interface PageContents {
  readonly tables: PageTables
  readonly people: Iterable<PackedPerson>
  readonly findings: readonly { readonly elementId: string; readonly findings: Iterable<PackedFinding> }[]
  /** They grow as findings are made. */
  readonly removals: RemovalTables
}

const RECORDS_IN_PIECE = 500

function* listPieces(records: Iterable<unknown>): Generator<string> {
  let batch: unknown[] = []
  let between = '['
  for (const record of records) {
    batch.push(record)
    if (batch.length < RECORDS_IN_PIECE) continue
    yield `${between}${jsonText(batch).slice(1, -1)}`
    between = ','
    batch = []
  }
  yield batch.length > 0 || between === '[' ? `${between}${jsonText(batch).slice(1, -1)}]` : ']'
}

/** A `PackedData` as JSON, piece by piece. */
export function* dataPieces({ tables, people, findings, removals }: PageContents): Generator<string> {
  yield '{"people":'
  yield* listPieces(people)
  yield ',"findings":['
  for (const [index, list] of findings.entries()) {
    yield `${index === 0 ? '' : ','}{"elementId":${jsonText(list.elementId)},"findings":`
    yield* listPieces(list.findings)
    yield '}'
  }
  yield `],"removals":${jsonText(removals)},${jsonText(tables).slice(1)}`
}
