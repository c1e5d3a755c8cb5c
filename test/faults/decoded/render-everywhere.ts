import { reportFormats, reportLayouts } from '../../../src/render/report/report-formats.ts'
import { piecesOf } from '../../../src/render/text/content.ts'
import { plain } from '../../../src/render/text/surface.ts'
import type { LicenseReport } from '../../../src/report/index.ts'
import { problemsOfReport } from '../../../src/report/report-problems.ts'

/** The report in every format and layout, and what stderr says of it, one after the other. */
export const renderEverywhere = async (report: LicenseReport): Promise<string> => {
  const texts: string[] = [...problemsOfReport(report)]
  for (const load of Object.values(reportFormats)) {
    const render = await load()
    for (const layout of reportLayouts) {
      const content = await render(report, { paint: plain, columns: 80 }, { layout, costOfSeat: () => undefined })
      for (const piece of piecesOf(content)) texts.push(typeof piece === 'string' ? piece : '')
    }
  }
  return texts.join('\n')
}
