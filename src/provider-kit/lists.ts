/** Lists that are walked page by page: by a number or a token, in one call, with a ledger. */
export { asksForLess, type PageAsk, smallerPage } from '../paging/ask-for-less.ts'
export { createPaged, type ListSource, type WalkStart } from '../paging/create-paged.ts'
export { drain, type Drained, drainOnce, type ReadList } from '../paging/drain.ts'
export type { FetchedPage, Walk } from '../paging/fetched-page.ts'
export { foreignContinuation } from '../paging/foreign-continuation.ts'
export { type PagePosition, readPagePosition } from '../paging/page-position.ts'
export { changeItems, inOneCall, type ListName, pagedFrom } from '../paging/paged.ts'
export { clampPageSize } from '../paging/request.ts'
export {
  type NumberedPage,
  type NumberedPageAsk,
  type PageNumberWalk,
  walkByPageNumber,
} from '../paging/walk-by-page-number.ts'
export { type TokenPage, type TokenWalk, walkByToken } from '../paging/walk-by-token.ts'
