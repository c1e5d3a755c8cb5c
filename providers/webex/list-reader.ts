import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type * as t from 'io-ts'
import {
  Answers,
  type DecodedRecords,
  type Http,
  type LicenseError,
  type RequestScope,
} from '../../src/provider-kit/index.ts'
import type { WebexAccess } from './access.ts'
import { unitsOf } from './codecs.ts'
import { type LinkedList, placesOf } from './list-places.ts'
import { readNextLink } from './next-link.ts'

/** One page of a list whose next page is named in the `Link` header, or begins after the rows that came. */
export interface LinkedPage<A> extends DecodedRecords<A> {
  /** The cursor of the next page, opaque; absent on the last one. Empty where the vendor says that there is one but not where. */
  readonly next?: string | undefined
  /** Why what comes next cannot be asked for, though there is more, or may be. */
  readonly endedBy?: LicenseError | undefined
  /** Records that name another organization than the configured one, and are left out. Absent: none. */
  readonly ofAnother?: number | undefined
  /** Records of the organization that also name licenses of another one, which are left out of them. Absent: none. */
  readonly shortened?: number | undefined
  /** Why the body could not be read, where the header could: this page is lost, those after it are not. */
  readonly unreadable?: LicenseError | undefined
}

/** A list, and how its answers are read. */
export interface Listing<A> {
  readonly list: LinkedList
  /** The path of the operation, with `{licenseId}` in place of an id. */
  readonly path: string
  readonly needs: readonly string[]
  readonly rowsIn: (response: Http.HttpResponse, isOnlyPage: boolean) => E.Either<LicenseError, readonly unknown[]>
  readonly record: t.Type<A>
  /** What of a record is the organization's own: all of it, the same record; nothing, undefined. */
  readonly own: (record: A) => A | undefined
  /** Rows on a page where no number of them is asked for; absent where the vendor documents no pages. */
  readonly defaultRows?: number
}

/** Where in a list, and how much of it. */
export interface PageWish {
  /** Default: the first page. */
  readonly cursor?: string | undefined
  /** Default: as many as the vendor gives by itself. */
  readonly rows?: number | undefined
  /** The caller can ask for fewer rows: what is too much (413, 504, no answer in time) is soon given up. Default: false. */
  readonly divisible?: boolean | undefined
  /** Is told the cursor of the next page as soon as a link to it has come. */
  readonly onNext?: ((cursor: string) => void) | undefined
}

export interface ListReader {
  readonly read: <A>(
    listing: Listing<A>,
    wish: PageWish,
    scope: RequestScope,
  ) => TaskEither<LicenseError, LinkedPage<A>>
  /** The page in an answer. `rows`: so many were asked for; absent, as many as the vendor gives. */
  readonly readPage: <A>(
    listing: Listing<A>,
    rows: number | undefined,
    isFirst: boolean,
    response: Http.HttpResponse,
  ) => E.Either<LicenseError, LinkedPage<A>>
}

/** Where the link to the next page is. */
type Head = Pick<Http.HttpResponse, 'header' | 'status'>

const HIDDEN_LINK =
  'a full page came without a Link header that this browser is shown, so whether there are more pages is unknown'

const rowsOf = ({ records, undecodable, ofAnother = 0 }: LinkedPage<unknown>): number =>
  records.length + undecodable + ofAnother

const noRecords = { records: [], undecodable: 0, issues: [] }

/** Reads the lists of one client, page by page. */
export const createListReader = ({ provider, send, organization }: WebexAccess): ListReader => {
  /** Where a browser has once been shown a `Link` header, one that is not there is not hidden. */
  let isLinkShown = false
  const mayHideNext = (
    { defaultRows }: Pick<Listing<never>, 'defaultRows'>,
    asked: number | undefined,
    response: Http.HttpResponse,
    rows: number,
  ): boolean => {
    if (response.header('link') !== undefined) isLinkShown = true
    if (response.hidesHeaders !== true || isLinkShown || defaultRows === undefined || rows === 0) return false
    return rows >= (asked ?? defaultRows) || rows === defaultRows
  }

  /** The cursor that a link leads to; undefined where there is no link. */
  const linkedIn = (list: LinkedList, { header, status }: Head): E.Either<LicenseError, string | undefined> =>
    pipe(
      readNextLink(header('link')),
      E.mapLeft((issue) => Answers.invalidResponse(provider, list.operation, [issue], status)),
      E.flatMap((address) =>
        address === undefined ? E.right(undefined) : placesOf(list, organization).cursorIn(address),
      ),
    )

  const readPage: ListReader['readPage'] = (listing, asked, isFirst, response) => {
    const { list } = listing
    const invalid = (issue: string): LicenseError =>
      Answers.invalidResponse(provider, list.operation, [issue], response.status)
    const next = linkedIn(list, response)
    const isLast = E.isRight(next) && next.right === undefined
    const leads = E.isLeft(next) ? { endedBy: next.left } : next.right === undefined ? {} : { next: next.right }

    const rows = listing.rowsIn(response, isFirst && isLast)
    if (E.isLeft(rows)) {
      const mayGoOn = rows.left._tag === 'InvalidResponse' && !isLast
      return mayGoOn ? E.right({ ...noRecords, ...leads, unreadable: rows.left }) : rows
    }
    const decoded = Answers.decodeRecords(listing.record, rows.right)
    const own = decoded.records.map(listing.own)
    const records = own.filter((record) => record !== undefined)
    const ofAnother = own.length - records.length
    const shortened = own.filter((record, index) => record !== undefined && record !== decoded.records[index]).length
    const hidden = mayHideNext(listing, asked, response, rows.right.length) && isLast
    return E.right({
      ...decoded,
      records,
      ...(ofAnother === 0 ? {} : { ofAnother }),
      ...(shortened === 0 ? {} : { shortened }),
      ...(hidden ? { endedBy: invalid(HIDDEN_LINK) } : leads),
    })
  }

  /**
   * A page of a list that is paged by offset leads to the next as long as it brings rows, even fewer than were asked for: the
   * vendor may have a limit of its own. Where links led to it, one that has none is the last.
   */
  const leadingOn = <A>({ list }: Listing<A>, url: URL, wasLed: boolean, page: LinkedPage<A>): LinkedPage<A> => {
    const isLed = page.next !== undefined || page.endedBy !== undefined
    if (list.offset === undefined || isLed || rowsOf(page) === 0) return page
    const place = url.searchParams.get(list.offset)
    const before = place === null && !wasLed ? 0 : unitsOf(place)
    if (before === undefined) return page
    return pipe(
      placesOf(list, organization).cursorIn(`?${list.offset}=${before + rowsOf(page)}`),
      E.match(
        (endedBy): LinkedPage<A> => ({ ...page, endedBy }),
        (next): LinkedPage<A> => ({ ...page, next }),
      ),
    )
  }

  return {
    readPage,
    read: (listing, { cursor, rows, divisible = false, onNext }, scope) => {
      const onHead = (head: Head): void => {
        const next = linkedIn(listing.list, head)
        if (E.isRight(next) && next.right !== undefined) onNext?.(next.right)
      }
      return pipe(
        TE.fromEither(placesOf(listing.list, organization).pageAt(cursor, rows)),
        TE.flatMap((url) =>
          pipe(
            send({ method: 'GET', path: listing.path, url, divisible, needs: listing.needs, onHead }, scope),
            TE.flatMapEither((response) => {
              const asked = url.searchParams.get(listing.list.pageSize?.parameter ?? '')
              return pipe(
                readPage(listing, asked === null ? undefined : Number(asked), cursor === undefined, response),
                E.map((page) => leadingOn(listing, url, cursor !== undefined, page)),
              )
            }),
          ),
        ),
      )
    },
  }
}
