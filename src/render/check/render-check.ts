import type { ItemFilter } from '../../check/check-report.ts'
import type { CheckResult } from '../../check/check-result.ts'
import type { Content } from '../../model/content.ts'
import { demandGiven, type Formats, inFormat, type RenderOptions, surfaceFor } from '../rendering.ts'
import type { RowOptions } from '../rows/row-options.ts'
import { readOnce } from '../text/content.ts'
import type { Surface } from '../text/surface.ts'

/**
 * `json` is also what a later check can take as its baseline; `junit` is for build servers; a plan can be made from `csv`;
 * `message` is a title and a few lines of plain text for mails and chats, and empty where a baseline was given and nothing
 * changed.
 */
export const checkFormats = ['table', 'json', 'junit', 'csv', 'message'] as const
/** One of {@link checkFormats}. */
export type CheckFormat = (typeof checkFormats)[number]

/** Those that have rows, which can be chosen. */
export const checkRowFormats: readonly CheckFormat[] = ['table', 'json', 'csv']

/**
 * Which rows of a check are shown, in which columns and in which order; without `sort`, what is breached comes first and what
 * has passed last. The verdict and the counts are of all items: what is to be judged is for `filter` of `checkReport`.
 */
export type CheckRows = Pick<RowOptions, 'columns' | 'sort' | 'limit'>

/** How a check is rendered. */
export interface RenderCheckOptions extends RenderOptions<CheckFormat> {
  /**
   * Only some rows, as `csv` has them, or some of their columns. `json` then has them as `rows`, what became of all of them
   * as `selection`, and neither `items` nor `findingGroups`: it is no baseline. A mistake, or a format without rows
   * ({@link checkRowFormats}), rejects with a `LicenseException` with `InvalidInput`; see {@link rowMistakesIn}. Default:
   * what the format shows.
   */
  readonly rows?: CheckRows | undefined
}

export type RenderCheck = (
  result: CheckResult,
  surface: Surface,
  rows?: CheckRows | undefined,
) => Content | Promise<Content>

const formats: Formats<CheckFormat, RenderCheck> = {
  table: async () => (await import('./check-table.ts')).renderCheckTable,
  json: async () => (await import('./check-json.ts')).renderCheckJson,
  message: async () => (await import('./check-message.ts')).renderCheckMessage,
  csv: async () => (await import('./check-csv.ts')).renderCheckCsv,
  junit: async () => (await import('./check-junit.ts')).renderCheckJunit,
}

/**
 * Which items of a check count, by their columns in CSV: for `filter` of `checkReport`. Rejects with a `LicenseException` with
 * `InvalidInput` where there are no such columns.
 */
export const filterOfItems = async (where: string): Promise<ItemFilter> =>
  (await import('./check-filter.ts')).itemFilter(where)

/**
 * What a check left out, one line each, for people: formats that programs read have no place for it. `rows`: those that are
 * asked for. Default: all.
 */
export const itemsLeftOut = async (
  result: Pick<CheckResult, 'filter' | 'savings' | 'items'>,
  rows?: CheckRows | undefined,
): Promise<readonly string[]> => [
  ...(rows === undefined ? [] : (await import('./check-selection.ts')).selectedItems(result, rows).told),
  ...(await import('./check-filter.ts')).checkFilterLines(result),
]

/** The outcome of a check: what is breached, accepted and unknown. */
export const renderCheck = async (result: CheckResult, options: RenderCheckOptions): Promise<Content> => {
  await demandGiven('result', result, options)
  const { format, rows, ...target } = options
  const render = await inFormat(formats, format)
  if (rows !== undefined && !checkRowFormats.includes(format)) {
    const { invalidOption } = await import('../invalid-option.ts')
    throw invalidOption('rows', `a format that has rows: ${checkRowFormats.join(', ')}`)
  }
  return readOnce(await render(result, surfaceFor(target), rows))
}
