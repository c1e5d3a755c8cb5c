import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import LinkHeader from 'http-link-header'

type Reference = ReturnType<typeof LinkHeader.parse>['refs'][number]

/** A relation may be written in single quotes, in capitals, or as an address, which IANA has one of for `next`. */
const isNextRelation = (written: string): boolean => {
  const relation = written.replaceAll("'", '').toLowerCase()
  return relation === 'next' || (relation.startsWith('http') && /[/#]next$/.test(relation))
}

/** A link may come without a relation, with several, or with one that is encoded, whatever the types of the library say. */
const relationsOf = (reference: Reference): readonly string[] => {
  const { rel, 'rel*': encoded }: { readonly rel?: unknown; readonly 'rel*'?: unknown } = reference
  const value = typeof encoded === 'object' && encoded !== null && 'value' in encoded ? encoded.value : undefined
  return [rel, value].flatMap((text) => (typeof text === 'string' ? text.split(/\s+/) : []))
}

/** What a header says of its links, without their addresses. */
const attributesOf = (header: string): string =>
  header
    .split('<')
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf('>') + 1)))
    .join('')

const TITLE = /title\*?\s{0,9}=\s{0,9}$/i

/** Titles are for people: one that says "next" leads nowhere. */
const withoutTitles = (attributes: string): string =>
  attributes
    .split('"')
    .filter((_, index, parts) => index % 2 === 0 || !TITLE.test(parts[index - 1]?.slice(-32) ?? ''))
    .join('"')

/**
 * The address of the next page in a `Link` header (RFC 8288), or undefined where there is none: no header, or only
 * other relations. An address that is empty is given as it is. What cannot be read, or looks like a next page and is not
 * understood, is an error, as there may be more.
 */
export const readNextLink = (header: string | undefined): Either<string, string | undefined> => {
  if (header === undefined) return E.right(undefined)
  try {
    const next = LinkHeader.parse(header).refs.filter((reference) => relationsOf(reference).some(isNextRelation))
    const [target, ...others] = new Set(next.map(({ uri }) => uri.trim()))
    if (others.length > 0) return E.left('the Link header names several next pages')
    if (target !== undefined) return E.right(target)
  } catch {
    return E.left('the Link header cannot be read, so whether there are more pages is unknown')
  }
  return /next/i.test(withoutTitles(attributesOf(header)))
    ? E.left('the Link header names a next page in a way that is not understood')
    : E.right(undefined)
}
