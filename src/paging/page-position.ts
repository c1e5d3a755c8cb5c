/** A page number means nothing without its page size, so that a continuation has both. */
export interface PagePosition {
  /** 1 for the first page. */
  readonly pageNumber: number
  /** The size that is asked for; the vendor may give less. */
  readonly pageSize: number
  /** Rows on the pages before it. Default: those pages were full. */
  readonly rowsBefore?: number | undefined
}

export const rowsBefore = ({ pageNumber, pageSize, rowsBefore: came }: PagePosition): number =>
  came ?? (pageNumber - 1) * pageSize

export const continuationOf = (position: PagePosition): string => {
  const { pageNumber, pageSize } = position
  const came = rowsBefore(position)
  const place = `${pageNumber}/${pageSize}`
  return came === (pageNumber - 1) * pageSize ? place : `${place}+${came}`
}

const CONTINUATION = /^([1-9]\d{0,8})\/([1-9]\d{0,5})(?:\+(0|[1-9]\d{0,14}))?$/

/** The position that a continuation of `walkByPageNumber` leads to; the start without one; undefined where it is not one. */
export const readPagePosition = (continuation: string | undefined, pageSize: number): PagePosition | undefined => {
  if (continuation === undefined) return { pageNumber: 1, pageSize }
  const [, number, size, came] = CONTINUATION.exec(continuation) ?? []
  if (number === undefined || size === undefined) return undefined
  const place = { pageNumber: Number(number), pageSize: Number(size) }
  return came === undefined ? place : { ...place, rowsBefore: Number(came) }
}
