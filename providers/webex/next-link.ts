import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import LinkHeader from 'http-link-header'

/** What a list is asked for with. Where a page is in it is not among them: that is for the vendor to say. */
const ASKED_FOR_WITH = ['includeAssignedTo', 'limit', 'max', 'email', 'orgId']

/**
 * The address of the next page in a `Link` header (RFC 8288), or undefined where there is none: no header, or only
 * other relations. An address that is empty is given as it is. A header that cannot be read is an error, as it may hide
 * the next page. Webex has been seen to drop the parameters that the list was asked for with, so they are put back.
 */
export const readNextLink = (header: string | undefined, request: URL): Either<string, string | undefined> => {
  if (header === undefined) return E.right(undefined)
  try {
    // A link may come without a relation, whatever the types of the library say.
    const next = LinkHeader.parse(header).refs.find(({ rel = '' }) => rel.toLowerCase() === 'next')
    if (next === undefined || next.uri.trim() === '') return E.right(next?.uri.trim())
    const url = new URL(next.uri, request)
    for (const name of ASKED_FOR_WITH) {
      const value = request.searchParams.get(name)
      const given = url.searchParams.get(name)
      // `max=null` has been seen.
      if (value !== null && (given === null || given === 'null')) url.searchParams.set(name, value)
    }
    return E.right(url.href)
  } catch {
    return E.left('the Link header cannot be read, so that it is not known whether there is more')
  }
}
