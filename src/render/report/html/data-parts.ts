import type { DataPart } from '../../page/page.ts'
import { jsonText } from '../../text/json-text.ts'
import type { PackedFinding, PackedPerson, PackedTables, RemovalTables } from './page-data.ts'

/** The data of the page before it is text. */
export interface PageContents {
  readonly tables: PackedTables
  readonly people: Iterable<PackedPerson>
  readonly findings: Iterable<PackedFinding>
  /** Asked for when all findings are made. */
  readonly removals: () => RemovalTables
}

const RECORDS_IN_PART = 500

function* partsOf(name: string, records: Iterable<unknown>): Generator<DataPart> {
  let batch: unknown[] = []
  for (const record of records) {
    batch.push(record)
    if (batch.length < RECORDS_IN_PART) continue
    yield { name, json: jsonText(batch) }
    batch = []
  }
  if (batch.length > 0) yield { name, json: jsonText(batch) }
}

/** A `PackedData` as JSON, part by part. */
export function* dataParts({ tables, people, findings, removals }: PageContents): Generator<DataPart> {
  yield { name: 'tables', json: jsonText(tables) }
  yield* partsOf('people', people)
  yield* partsOf('findings', findings)
  yield { name: 'removals', json: jsonText(removals()) }
}
