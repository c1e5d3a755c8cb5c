/**
 * What goes wrong on the vendor's side while the suite looks: one for each rule of paging, of failure and of changing.
 * Those of reading happen in the listing that names the users (for a vendor that lists the holders of each license: in the
 * list of `busiestLicenseId`), at {@link conformancePageSize} rows a page. None takes rows away unless it says so, and
 * none touches the requests for tokens unless it says so.
 */
export type Disturbance = keyof typeof disturbances

/** What a scenario does to the vendor or its answers, in words for the title of the test. */
export const disturbances = {
  /** An empty page is put between the first page and the second; the answer says that there is more. */
  emptyPageInTheMiddle: 'an empty page that is not the last',
  /** From the second page on, every page is empty, says that there is more, and leads to yet another one. */
  endlessEmptyPages: 'empty pages without end',
  /**
   * No answer says how many pages there are, neither a count nor a total nor a page size, and pages in the middle are
   * short: the first empty one is the end. Where each page leads to the next, the last one with rows leads to an empty one.
   */
  noPageCount: 'pages without a count',
  /**
   * Pages have {@link smallerPageSize} rows, however many were asked for. No answer says how many pages there are; where
   * an answer names a page size, it is that one.
   */
  smallerPagesThanAsked: 'pages that are smaller than the request asks for',
  /** Every page takes its time, and the second to be asked for several times as long as the others. Takes nothing away. */
  slowPages: 'pages that come late and out of order',
  /** The second page leads to itself. */
  repeatedToken: 'a next page that was read before',
  /** The first page leads to a next page without a name: an empty cursor or link. */
  emptyToken: 'an empty token',
  /** The first page leads to another origin; `foreignRequests` counts what arrives there. */
  foreignNextLink: 'a next link to another origin',
  /** The second page brings a row of the first once more, in addition to its own. */
  repeatedRows: 'rows that come again on a later page',
  /** The second page brings a user of the first once more, and says that they hold something else. */
  repeatedRowsOtherwise: 'rows that come again with other licenses',
  /** The second page gives another total than the first. */
  totalMoves: 'a total that changes while the list is read',
  /** One more row comes, of the wrong shape; it contains the text {@link unspeakable}, which is nowhere to be repeated. */
  undecodableRecord: 'a record that cannot be decoded',
  /** {@link undecodablePageCount} pages, between the first and the second, have one row each, as in `undecodableRecord`. */
  undecodablePages: 'a record that cannot be decoded on more than ten pages in a row',
  /** The second page is answered with 200 and a body that is no JSON, however often it is asked for. Takes its rows away. */
  unreadablePage: 'a page that is not JSON',
  /** The second page is answered with 500, however often it is asked for. Takes its rows away. */
  failingPage: 'a page that fails for good',
  /** The second page is answered with 404: the list is gone. Takes away all rows but the first page's. */
  goneAfterPageOne: 'a list that is gone after its first page',
  /** The second page is asked for and never answered. */
  hangingPage: 'a page that never comes',
  /** The directory with the names of users is refused or broken; the assignments can be read. */
  unreadableDirectory: 'a directory that cannot be read',
  /** The first request is answered with 503 once. */
  serverErrorOnce: 'a server error that passes',
  /**
   * The first request is answered with 429 and a `Retry-After` of a second once, and so is the first one that changes
   * assignments.
   */
  rateLimitedOnce: 'a rate limit that passes',
  /** Every request is answered with 429 and a `Retry-After` of an hour. */
  rateLimitedForAnHour: 'a rate limit that takes an hour',
  /** The first page's body is cut off in the middle once. */
  truncatedBodyOnce: 'a body that is cut off once',
  /** The first access token is refused from the second page on; a new one is taken. */
  tokenExpires: 'an access token that expires on the way',
  /** The credentials are refused, where tokens are minted and where they are used. */
  badCredentials: 'wrong credentials',
  /** The credentials are good and may do nothing; the answer names what is missing where the vendor's does. */
  permissionDenied: 'a missing permission',
  /** Every request that changes assignments is carried out, and its answer never comes: the connection breaks. */
  lostAnswer: 'a change whose answer is lost',
  /**
   * Every change of an assignment is answered as if it had been made, and is not made. Wherever the vendor lists what a
   * user holds, be it in that answer, the list is true.
   */
  ignoredChange: 'a change that is said to be made and is not',
  /**
   * Every change of an assignment is answered as if it had been made, and is made {@link lateChangeMs} later by the
   * provider's clock. No list of what a user holds shows it before.
   */
  lateChange: 'a change that is made some time after it was accepted',
  /** A user who is assigned a license loses `busiestLicenseId`, if they hold it. Nothing else is done unasked. */
  implicitChange: 'a license that is taken because another is given',
  /**
   * Of every request that changes assignments the first half of the changes is made, at least one of them. The answer
   * says nothing of the others, or that they were not made.
   */
  halfChange: 'a request of which a part is done',
  /**
   * Every request with a change of `refusedUserId` is refused, with the vendor's answer for a user that cannot be changed:
   * the whole request, if it carries the changes of several users.
   */
  refusedUser: 'one user who cannot be changed',
  /** The credentials may read everything and change nothing: every request that changes assignments is refused. */
  changesDenied: 'credentials that may not change anything',
  /** Every request that changes assignments is carried out, and is answered without a body. */
  silentChange: 'an answer to a change that has no body',
} as const satisfies Readonly<Record<string, string>>

/** A text inside of the records of `undecodableRecord` and `undecodablePages`. No error and no ledger may contain it. */
export const unspeakable = 'a-value-from-a-record'

/** Rows on a page of the vendor, so that there are several pages of few users; the provider is configured with it. */
export const conformancePageSize = 3

/** The size of the pages of `smallerPagesThanAsked`. */
export const smallerPageSize = 2

/** How much later the changes of `lateChange` are made: less than the minute that is waited for them. */
export const lateChangeMs = 10_000

/** More than the ten pages that a list may go on without bringing anything. */
export const undecodablePageCount = 12
