import { type Gap, Lists } from '../../src/provider-kit/index.ts'
import type { LinkedPage } from './list-reader.ts'

/** A page with a header that leads on and a body that could not be read is a gap. */
const unreadableGap = ({ unreadable: error }: LinkedPage<unknown>, what: string, licenseId?: string): readonly Gap[] =>
  error === undefined ? [] : [{ what, reason: error.message, ...(licenseId === undefined ? {} : { licenseId }), error }]

const EMPTY = 'a page came empty and led to others; Webex gives no total, so it would not show if rows were missing'

/** Some lists have pages without rows before their end. Here, such a page may be a mistake, which nothing would show. */
const remarksOn = ({ records, undecodable, ofAnother, unreadable, next }: LinkedPage<unknown>): readonly string[] =>
  records.length + undecodable + (ofAnother ?? 0) === 0 && unreadable === undefined && next !== undefined ? [EMPTY] : []

/** A page of the vendor as one of a list, with its gaps. `what`: the page, for these. */
export const tokenPageOf = <A, B>(page: LinkedPage<A>, what: string, map: (record: A) => B, licenseId?: string) => {
  const { gaps, ...read } = Lists.pageOf(page, what, map, licenseId)
  return {
    ...read,
    gaps: [...gaps, ...unreadableGap(page, what, licenseId)],
    remarks: remarksOn(page),
    next: page.next,
    endedBy: page.endedBy,
  }
}
