import type { FaultEffect, SimulatedRequest } from '../../src/simulator-kit/index.ts'
import type { RawRecordFields, RecordField } from './decoded/field.ts'
import { oddValues } from './decoded/odd-values.ts'
import type { ScheduledValue } from './schedule.ts'

/** The records of one kind of page, and the fields of them. */
export interface OddList {
  readonly path: string
  /** Where they are in the body. */
  readonly rows: 'entities' | 'users' | 'items'
  readonly fields: readonly RecordField[]
}

/** What became of a record: as it was, and as it was sent. */
export interface OddRecord {
  readonly list: OddList
  readonly request: SimulatedRequest
  readonly before: RawRecordFields
  readonly after: RawRecordFields
}

export interface OddValue {
  readonly kind: string
  readonly path: string
  readonly skip: number
  readonly effect: FaultEffect
  /** Undefined until it has struck. */
  readonly struck: () => OddRecord | undefined
}

const among = <A>(choices: readonly A[], pick: number): A | undefined => choices[pick % Math.max(1, choices.length)]

/** Puts the value that was scheduled into the field of the record that was; once. */
export const oddValueIn = (lists: readonly OddList[], scheduled: ScheduledValue): OddValue | undefined => {
  const chosen = among(
    lists.flatMap((list) => list.fields.map((field) => ({ list, field }))),
    scheduled.field,
  )
  if (chosen === undefined) return undefined
  const { list, field } = chosen
  const value = among(oddValues, scheduled.value)
  let struck: OddRecord | undefined
  return {
    kind: `odd ${field.name}`,
    path: list.path,
    skip: scheduled.skip,
    struck: () => struck,
    effect: {
      kind: 'rewrite',
      rewrite: (answer, request) => {
        if (answer.status !== 200) return answer
        const body = JSON.parse(answer.body)
        const rows: readonly RawRecordFields[] = body[list.rows] ?? []
        const before = among(rows, scheduled.record)
        if (before === undefined) return answer
        const after = field.put(before, value)
        struck = { list, request, before, after }
        return {
          ...answer,
          body: JSON.stringify({ ...body, [list.rows]: rows.map((row) => (row === before ? after : row)) }),
        }
      },
    },
  }
}

/** The text that stands in a field, as far as it is one. */
export const textIn = (record: RawRecordFields, field: string): string | undefined => {
  const value = record[field]
  return typeof value === 'string' ? value : undefined
}

/** The ids in a list of ids or of things with ids; undefined where it is no such list. */
export const idsIn = (value: unknown): readonly string[] | undefined => {
  if (!Array.isArray(value)) return undefined
  const ids = value.map((one: unknown) => (typeof one === 'object' && one !== null && 'id' in one ? one.id : one))
  return ids.every((id) => typeof id === 'string') ? ids : undefined
}
