/** Which rows of a result are shown, in which columns and in which order. What is left out is told with the result. */
export interface RowOptions {
  /**
   * Only rows of which this is true, such as `available < 5 and provider = webex`. A row of which it is unknown, because a
   * value is unknown or not there, is left out and counted. Default: all rows.
   */
  readonly where?: string | undefined
  /** Only these columns, by their names in CSV and in this order. Default: those of the format. */
  readonly columns?: readonly string[] | undefined
  /**
   * By these columns, the first one first; `-available` begins with the largest. What is unknown or not there comes last
   * either way. To sort, a list is read to its end. Default: the order of the result.
   */
  readonly sort?: readonly string[] | undefined
  /** At most this many rows. Default: all. */
  readonly limit?: number | undefined
}

/** What became of the rows of a result. */
export interface RowAccount extends RowOptions {
  /** The rows that there were. Of a list that was cut: those that were read. */
  readonly found: number
  /** Those of which `where` is true. */
  readonly matching: number
  /** Those of which it is unknown. */
  readonly unknown: number
  /** Those that are shown. */
  readonly shown: number
}

/** Something wrong in {@link RowOptions}. */
export interface RowMistake {
  readonly option: 'where' | 'columns' | 'sort' | 'limit'
  /** What is wrong, in one line. */
  readonly message: string
  /** What was given. */
  readonly text: string
  /** How many characters of it come before the mistake. */
  readonly at: number
  /** The same, with those of the mistake. */
  readonly end: number
  /** All of it for people: the message, below it what was given, and below that a mark at the mistake. */
  readonly lines: readonly string[]
}
