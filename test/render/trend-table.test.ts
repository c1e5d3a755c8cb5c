import { describe, expect, it } from 'vitest'
import { createLicenseReport, known, type License } from '../../src/index.ts'
import { renderTrend, textOf } from '../../src/render/index.ts'
import { createTrend, type Trend, type TrendReading } from '../../src/snapshot/index.ts'
import { license, organization } from '../report/reported-organization.ts'

const START = Date.parse('2026-11-20T10:00:00.000Z')
const DAY_MS = 86_400_000

/** A snapshot a day, each with these licenses. */
const trendOf = async (
  snapshots: number,
  licensesOf: (index: number) => readonly Omit<License, 'provider'>[],
): Promise<Trend> => {
  const readings: TrendReading[] = []
  for (let index = 0; index < snapshots; index++) {
    const clock = { now: () => START + index * DAY_MS, sleep: async () => {} }
    const provider = organization('acme', { licenses: licensesOf(index) })
    readings.push({ name: `day ${index}`, report: await createLicenseReport({ clock })([provider])() })
  }
  return createTrend(readings)
}

const tableOf = async (trend: Trend, columns?: number): Promise<string> =>
  textOf(await renderTrend(trend, { format: 'table', columns }))

describe('a trend as a table', () => {
  const used = (index: number) => [license('basic', { name: 'Basic', consumed: known(index % 10) })]

  it('says for how many snapshots a character stands, and keeps lines in a pipe within bounds', async () => {
    const table = await tableOf(await trendOf(90, used))
    expect(table).toContain('each character is about 1.5 snapshots: the last known value\n')
    expect(table).toMatch(/Basic +[▁▂▃▄▅▆▇█]{60} /)
    expect(await tableOf(await trendOf(2, used))).not.toContain('each character')
  })

  it('tells licenses of one name apart in the width of a terminal', async () => {
    const name = 'Webex Meetings Suite with everything that there is'
    const sites = ['emea.acme.example', 'apac.acme.example']
    const trend = await trendOf(40, () =>
      sites.map((siteUrl, index) => license(`l${index}`, { name, siteUrl, consumed: known(5) })),
    )
    const show = async (columns: number) =>
      (await tableOf(trend, columns)).split('\n').filter((line) => line.startsWith('acme'))
    const [emea = '', apac = ''] = await show(80)
    expect(emea).toMatch(/^acme +Web[^(]*…[^(]* \(emea\.acme\.example\) /)
    expect(apac).toMatch(/^acme +Web[^(]*…[^(]* \(apac\.acme\.example\) /)
    for (const columns of [80, 60, 50])
      for (const line of await show(columns)) expect(line.length).toBeLessThanOrEqual(columns)
    const [one, other] = await show(50)
    expect(one).toMatch(/\(emea…?\)/)
    expect(other).toMatch(/\(apac…?\)/)
  })
})
