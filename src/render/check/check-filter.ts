import type { ItemFilter } from '../../check/check-report.ts'
import type { CheckResult } from '../../check/check-result.ts'
import type { Verdict } from '../../filter/index.ts'
import { rowAccountLines, unmetLines } from '../rows/row-texts.ts'
import { judgeRows } from '../rows/select-rows.ts'
import { checkColumns, rowsOfItem } from './check-rows.ts'

/** True if one is true, else unknown if one is unknown. */
const someOf = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes(true) ? true : verdicts.includes(undefined) ? undefined : false

/** An item counts if one of its rows does. Throws where there are no such columns. */
export const itemFilter = (where: string): ItemFilter => {
  const { verdictOn, unmet } = judgeRows(where, checkColumns)
  return {
    where,
    verdictOn: (item) => someOf(rowsOfItem(item).map(verdictOn)),
    remarks: () => unmetLines(unmet(), 'item'),
  }
}

/** What was left out of a check, one line each. */
export const checkFilterLines = ({ filter, savings }: Pick<CheckResult, 'filter' | 'savings'>): readonly string[] =>
  filter === undefined
    ? []
    : [
        'Only these were judged:',
        ...rowAccountLines({ ...filter, shown: filter.matching }, ['item']),
        ...(filter.remarks ?? []),
        ...(savings === undefined ? [] : ['What could go in all is of everything, not of these items.']),
      ]
