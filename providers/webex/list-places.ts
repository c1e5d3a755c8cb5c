import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Answers, Http, type LicenseError, Lists } from '../../src/provider-kit/index.ts'
import { idKey } from './hydra-id.ts'
import type { OwnOrganization } from './own-organization.ts'

/** A list that is paged by `Link` headers, as it is asked for: the vendor says where a page is in it, and nothing else. */
export interface LinkedList {
  readonly provider: string
  readonly operation: string
  /** Which list it is, in front of its cursors, so that one of another list is not taken for one of this. */
  readonly name: string
  readonly apiUrl: string
  readonly path: string
  /** The organization whose list it is, where the vendor documents that this can be said; no page may name another one. */
  readonly orgId?: string | undefined
  /**
   * The parameter with the number of rows before a page, where the vendor documents no `Link` headers: without one, the next
   * page begins after the rows that came.
   */
  readonly offset?: string | undefined
  /** What else every page is asked for with. Parameters that would make another list of it and are not used are `undefined`. */
  readonly fixed: Readonly<Record<string, string | undefined>>
  /** The parameter with the number of rows on a page, where the list has one. */
  readonly pageSize?: PageSize | undefined
}

export interface PageSize {
  readonly parameter: 'limit' | 'max'
  /** The vendor gives no more, whatever is asked for. */
  readonly most: number
}

const NEXT_ELSEWHERE = 'refused a next page at an address that is not of this list'
const NO_NEXT_ADDRESS = 'the Link header names a next page with an address that cannot be read'
const NOT_THIS_LIST = 'refused a next page of another list than the one asked for: '
const NO_ADDRESS = 'refused a continuation that is an address: a continuation is a cursor'

/** The segments of a path as they are meant; one that is not encoded well is compared as it is. */
const segmentsOf = (path: string): readonly string[] =>
  path.split('/').map((segment) => {
    try {
      return idKey(decodeURIComponent(segment))
    } catch {
      return segment
    }
  })

const isSamePath = (one: string, other: string): boolean => {
  const segments = segmentsOf(one)
  const others = segmentsOf(other)
  return segments.length === others.length && segments.every((segment, index) => segment === others[index])
}

/** A parameter of an address as it is written there. */
interface Parameter {
  readonly written: string
  readonly name: string
  readonly value: string
}

const parametersIn = (search: string): readonly Parameter[] =>
  search
    .replace(/^\?/, '')
    .split('&')
    .flatMap((written) => [...new URLSearchParams(written)].map(([name, value]) => ({ written, name, value })))

/** `orgId=null` and the like have been seen: a parameter that was lost on the way. */
const isLost = (value: string): boolean => value === '' || value === 'null' || value === 'undefined'

/** A list and what leads through it. */
export interface LinkedListPlaces {
  /**
   * The address of the page that a cursor leads to, the first one where there is none. `rows`: at most so many are asked
   * for; absent, as many as the vendor's link says, or gives by itself.
   */
  readonly pageAt: (cursor: string | undefined, rows: number | undefined) => Either<LicenseError, URL>
  /** The cursor in the address of a next page; empty where the address leads nowhere new. */
  readonly cursorIn: (address: string) => Either<LicenseError, string>
}

/**
 * Goes through a list by cursors. A cursor is what the vendor's next link has in addition to the parameters that the
 * list was asked for with, and no address: every page is asked for at the list's own address, with its own parameters.
 * A link or a cursor that brings another value of one of them, or a link to another place, would show another list,
 * perhaps of another organization, and is `Untrusted`; one that has lost them gets them back.
 */
export const placesOf = (list: LinkedList, organization: OwnOrganization): LinkedListPlaces => {
  const { provider, operation, fixed, pageSize } = list
  const first = Http.urlOf(list.apiUrl, list.path)
  const prefix = `${list.name}?`
  const fixedByName = new Map(Object.entries(fixed).map(([name, value]) => [name.toLowerCase(), value]))

  const untrusted = (message: string): Either<LicenseError, never> =>
    E.left({ _tag: 'Untrusted', provider, operation, message })
  const isPageSize = ({ name }: Parameter) => name === pageSize?.parameter
  const isUsableSize = ({ value }: Parameter) =>
    pageSize !== undefined && /^[1-9]\d{0,5}$/.test(value) && Number(value) <= pageSize.most

  const isOrgId = ({ name }: Parameter): boolean => name.toLowerCase() === 'orgid'
  const isFixed = (parameter: Parameter): boolean => isOrgId(parameter) || fixedByName.has(parameter.name.toLowerCase())
  const isDifferent = (parameter: Parameter): boolean => {
    const { name, value } = parameter
    if (isLost(value)) return false
    // One organization has two names.
    if (isOrgId(parameter)) return !organization.isOwn(value)
    return fixedByName.get(name.toLowerCase()) !== value
  }

  /** What is left of the parameters of a link or a cursor when those that are not up to it are taken away. */
  const placeIn = (parameters: readonly Parameter[]): Either<LicenseError, readonly Parameter[]> => {
    const different = parameters.find((parameter) => isFixed(parameter) && isDifferent(parameter))
    if (different !== undefined) return untrusted(`${NOT_THIS_LIST}${different.name} differs`)
    const others = parameters.filter((parameter) => !isFixed(parameter))
    const place = others.filter((parameter) => !isPageSize(parameter))
    if (place.length === 0) return E.right([])
    return E.right(others.filter((parameter) => !isPageSize(parameter) || isUsableSize(parameter)))
  }

  const cursorIn = (address: string): Either<LicenseError, string> => {
    if (address === '') return E.right('')
    if (!URL.canParse(address, first.href))
      return E.left(Answers.invalidResponse(provider, operation, [NO_NEXT_ADDRESS]))
    const url = new URL(address, first)
    const hasUser = url.username !== '' || url.password !== ''
    if (url.origin !== first.origin || hasUser || !isSamePath(url.pathname, first.pathname))
      return untrusted(NEXT_ELSEWHERE)
    return pipe(
      placeIn(parametersIn(url.search)),
      E.map((place) => (place.length === 0 ? '' : `${prefix}${place.map(({ written }) => written).join('&')}`)),
    )
  }

  const at = (place: readonly Parameter[], rows: number | undefined): URL => {
    const url = new URL(first)
    const told = place.filter(isPageSize).map(({ value }) => Number(value))
    const size = Math.min(...told, rows ?? Number.POSITIVE_INFINITY)
    const asked = {
      ...fixed,
      ...(pageSize === undefined || size === Number.POSITIVE_INFINITY ? {} : { [pageSize.parameter]: size }),
      orgId: list.orgId,
    }
    const own = Http.urlOf(first.origin, '/', asked).search.slice(1)
    const further = place.filter((parameter) => !isPageSize(parameter)).map(({ written }) => written)
    url.search = [own, ...further].filter((part) => part !== '').join('&')
    return url
  }

  return {
    cursorIn,
    pageAt: (cursor, rows) => {
      if (cursor === undefined) return E.right(at([], rows))
      if (!cursor.startsWith(prefix)) {
        return cursor.includes('://') ? untrusted(NO_ADDRESS) : E.left(Lists.foreignContinuation(list))
      }
      const place = placeIn(parametersIn(cursor.slice(prefix.length)))
      if (E.isLeft(place)) return place
      return place.right.length === 0 ? E.left(Lists.foreignContinuation(list)) : E.right(at(place.right, rows))
    },
  }
}
