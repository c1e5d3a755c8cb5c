import type { Values } from '../../src/provider-kit/index.ts'

/** The same records in another form, which is made when one is read. */
export const recordsAs = <A, B>(
  records: Values.ReadonlyRecordMap<A>,
  form: (id: string, record: A) => B,
): Values.ReadonlyRecordMap<B> => ({
  get: (id) => {
    const record = records.get(id)
    return record === undefined ? undefined : form(id, record)
  },
  has: (id) => records.has(id),
  keys: () => records.keys(),
  get size() {
    return records.size
  },
  *[Symbol.iterator]() {
    for (const [id, record] of records) yield [id, form(id, record)] as const
  },
})
