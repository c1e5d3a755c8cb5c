import type { Finding, LicenseReport, RemovableSeat } from '../../../report/license-report.ts'
import { unmetLines } from '../../rows/row-texts.ts'
import { judgeRows } from '../../rows/select-rows.ts'
import { findingRowColumns, findingRows } from '../grids/finding-rows.ts'

/** A seat that a finding says can be given up, and what an expression says of its row. */
export interface FoundSeat {
  readonly finding: Finding
  readonly seat: RemovableSeat
  /** Undefined: that depends on a value that is unknown or not there. */
  readonly verdict: boolean | undefined
}

/** The seats that findings say can be given up. */
export interface FoundSeats {
  readonly seats: readonly FoundSeat[]
  /** Words of the expression that no seat has, and what may be meant, one line each, for people. */
  readonly told: readonly string[]
}

export const seatsOfFindings = (report: LicenseReport, where: string): FoundSeats => {
  const { verdictOn, unmet } = judgeRows(where, findingRowColumns)
  const seats = [...findingRows(report)].flatMap(({ finding, row: { provider, userId, licenseId, canGo }, cells }) =>
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
  return { seats, told: unmetLines(unmet(), 'seat') }
}
