import type { UserRow } from '../../../report/license-report.ts'
import type { Cell, GridColumn } from '../../grid/grid.ts'

/** What rows of people say of single licenses. */
export interface HeldLicenses {
  readonly columns: readonly GridColumn[]
  /** As many as there are columns. */
  readonly cellsOf: (person: readonly UserRow[]) => readonly Cell[]
}

/** Nothing. */
export const noLicenses: HeldLicenses = { columns: [], cellsOf: () => [] }
