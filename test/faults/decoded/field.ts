import type { Meaning } from './meaning.ts'

export type RawRecordFields = Readonly<Record<string, unknown>>

/** One field of the records of a list. */
export interface RecordField {
  /** The codec and the field: `License.totalUnits`. */
  readonly name: string
  /** The record with the value in that field. */
  readonly put: (record: RawRecordFields, value: unknown) => RawRecordFields
  /** What the model has of it; absent where the field is the id by which the record is found. */
  readonly told?: { readonly member: string; readonly means: Meaning; readonly sent?: (value: unknown) => unknown }
}

export const fieldOf = (codec: string, field: string, told?: RecordField['told']): RecordField => ({
  name: `${codec}.${field}`,
  put: (record, value) => ({ ...record, [field]: value }),
  ...(told === undefined ? {} : { told }),
})

/** A field of the things in a field: `[{ id }]`. */
export const fieldOfEach = (
  codec: string,
  field: string,
  put: (value: unknown) => unknown,
  told?: RecordField['told'],
): RecordField => ({
  name: `${codec}.${field}`,
  put: (record, value) => ({ ...record, [field.replace(/[[.].*/, '')]: put(value) }),
  ...(told === undefined ? {} : { told }),
})
