import { type Gap, Lists } from '../../src/provider-kit/index.ts'
import type { LinkedPage } from './list-reader.ts'

/** A page with a header that leads on and a body that could not be read is a gap. */
const unreadableGap = ({ unreadable: error }: LinkedPage<unknown>, what: string, licenseId?: string): readonly Gap[] =>
  error === undefined ? [] : [{ what, reason: error.message, ...(licenseId === undefined ? {} : { licenseId }), error }]

/** A page of the vendor as one of a list, with its gaps. `what`: the page, for these. */
export const tokenPageOf = <A, B>(page: LinkedPage<A>, what: string, map: (record: A) => B, licenseId?: string) => {
  const { gaps, ...read } = Lists.pageOf(page, what, map, licenseId)
  return {
    ...read,
    gaps: [...gaps, ...unreadableGap(page, what, licenseId)],
    next: page.next,
    endedBy: page.endedBy,
  }
}
