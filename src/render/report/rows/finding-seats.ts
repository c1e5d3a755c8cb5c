import type { Finding, LicenseReport, RemovableSeat } from '../../../report/license-report.ts'
import { judgeRows } from '../../rows/select-rows.ts'
import { findingRowColumns, findingRows } from '../grids/finding-rows.ts'

/** A seat that a finding says can be given up, and what an expression says of its row. */
export interface FoundSeat {
  readonly finding: Finding
  readonly seat: RemovableSeat
  /** Undefined: that depends on a value that is unknown or not there. */
  readonly verdict: boolean | undefined
}

export const seatsOfFindings = (report: LicenseReport, where: string): readonly FoundSeat[] => {
  const verdictOn = judgeRows(where, findingRowColumns)
  return [...findingRows(report)].flatMap(({ finding, row: { provider, userId, licenseId, canGo }, cells }) =>
    canGo && provider !== undefined && userId !== undefined && licenseId !== undefined
      ? [
          {
            finding,
            seat: { provider, userId, licenseId },
            verdict: verdictOn(cells),
          },
        ]
      : [],
  )
}
