/** A value that is sent as it is in the place of a record, such as one that cannot be decoded. */
export interface RawRecord {
  readonly raw: unknown
}

/** Puts any value in the place of a record of an explicit world. */
export const rawRecord = (raw: unknown): RawRecord => ({ raw })

/** Whether a record is sent as it is, instead of being made from a world. */
export const isRawRecord = <A extends object>(record: A | RawRecord): record is RawRecord =>
  'raw' in record && Object.keys(record).length === 1
