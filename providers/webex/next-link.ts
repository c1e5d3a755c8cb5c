import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import LinkHeader from 'http-link-header'

/**
 * The address of the next page in a `Link` header (RFC 8288), or undefined where there is none: no header, or only
 * other relations. A header that cannot be read is an error, as it may hide the next page.
 * Webex has been seen to drop the parameters that the list was asked for, so those of the request are put back.
 */
export const readNextLink = (header: string | undefined, request: URL): Either<string, URL | undefined> => {
  if (header === undefined) return E.right(undefined)
  try {
    const next = LinkHeader.parse(header).refs.find(({ rel }) => rel.toLowerCase().split(/\s+/).includes('next'))
    if (next === undefined) return E.right(undefined)
    const url = new URL(next.uri, request)
    for (const [name, value] of request.searchParams) {
      if (name !== 'next' && !url.searchParams.has(name)) url.searchParams.append(name, value)
    }
    return E.right(url)
  } catch {
    return E.left('the Link header cannot be read, so that it is not known whether there is more')
  }
}
