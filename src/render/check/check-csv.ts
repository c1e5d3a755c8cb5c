import { gridCsv } from '../grid/grid-csv.ts'
import { gridOfItems } from './check-rows.ts'
import { selectedItems } from './check-selection.ts'
import type { RenderCheck } from './render-check.ts'

/**
 * One row for each item, of a finding for each seat that can be given up, in the columns that a plan is read from; or the rows
 * that are asked for. A user is an id: a check keeps no addresses.
 */
export const renderCheckCsv: RenderCheck = (result, surface, rows) =>
  gridCsv(rows === undefined ? gridOfItems(result.items) : selectedItems(result, rows).grid, surface)
