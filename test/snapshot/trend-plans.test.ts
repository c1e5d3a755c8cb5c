import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { createLicenseReport, known } from '../../src/index.ts'
import { renderTrend, type TrendFormat, textOf } from '../../src/render/index.ts'
import { createTrend, type KnownJournals, type Trend, type TrendReading } from '../../src/snapshot/index.ts'
import { license, user } from '../report/reported-organization.ts'
import { openStory } from './plan-story.ts'

const users = ['ada', 'bob', 'cleo', 'dan'].map((id) => user(id, ['basic', 'plus']))
const take = (licenseId: string, id: string) => ({ action: 'remove' as const, license: licenseId, user: id })

/** Four snapshots: a plan after the first one, another and an undo after the third one. */
const aStory = async () => {
  const story = openStory(users, {
    licenses: [license('basic', { purchased: known(10) }), license('plus', { name: 'Plus', purchased: known(4) })],
  })
  const readings: TrendReading[] = []
  const keep = async (name: string) => {
    const { clock, providers } = await story.snapshot()
    readings.push({ name, report: await createLicenseReport({ clock })(providers)() })
  }
  await story.apply('before all', [take('basic', 'dan')])
  await keep('one')
  await story.apply('idle.json', [take('plus', 'ada'), take('plus', 'bob'), take('basic', 'bob')])
  await keep('two')
  await keep('three')
  await story.apply('more.json', [take('plus', 'cleo')])
  await story.undo('idle.json')
  await keep('four')
  await story.apply('after all', [take('plus', 'dan')])
  return { story, readings }
}

const trendOf = async (more: KnownJournals = {}): Promise<Trend> => {
  const { story, readings } = await aStory()
  return createTrend(readings, [], { plans: await story.histories(), ...more })
}

const shown = async (trend: Trend, format: TrendFormat, columns?: number) =>
  textOf(await renderTrend(trend, { format, columns }))

describe('a trend with the journals of plans', () => {
  it('has each plan, and the undo of one, at the snapshots that it was applied between', async () => {
    const { plans, journals } = await trendOf()
    const numbers = plans?.map(({ name, undo, after, given, givenBack }) => [
      name,
      undo ?? false,
      after,
      given,
      givenBack,
    ])
    expect(numbers).toEqual([
      ['idle.json', false, 0, 0, 3],
      ['more.json', false, 2, 0, 1],
      ['idle.json', true, 2, 3, 0],
    ])
    expect(plans?.[0]).toMatchObject({
      provider: 'acme',
      licenses: [
        { id: 'plus', given: 0, givenBack: 2 },
        { id: 'basic', given: 0, givenBack: 1 },
      ],
    })
    expect(journals).toEqual([])
  })

  it('has none where no journals are given', async () => {
    const { readings } = await aStory()
    expect(createTrend(readings)).not.toHaveProperty('plans')
  })

  it('tells of damaged and foreign journals, and marks nothing for them', async () => {
    const { story, readings } = await aStory()
    const [first] = await story.histories()
    if (first === undefined) throw new Error('there is no history')
    const { plans, journals } = createTrend(readings, [], {
      plans: [{ ...first, provider: { id: 'other', vendor: 'acme', displayName: 'Other' } }],
      damagedJournals: [{ name: 'torn', problem: 'it is torn' }],
    })
    expect(plans).toEqual([])
    expect(journals?.map(({ kind }) => kind)).toEqual(['damaged', 'otherProvider'])
  })

  it('marks them between the levels of a table, and lists them below', async () => {
    const table = await shown(await trendOf(), 'table')
    expect(table).toMatch(/acme +Name of basic +[▁▂▃▄▅▆▇█]┊[▁▂▃▄▅▆▇█]{2}┊[▁▂▃▄▅▆▇█] /)
    expect(table).toMatch(/acme +Plus +█┊▄▄┊[▁▂▃▄▅▆▇█] /)
    expect(table).toContain('┊ is a plan; Change is in percentage points\n')
    expect(table).toMatch(
      /\nPlans applied: 3\n {2}2026-11-01 03:00 UTC, after the snapshot one: plan idle\.json, acme: 3 seats given back\n/,
    )
    expect(table).toMatch(/after the snapshot three: undo of plan idle\.json, acme: 3 seats given\n/)
    for (const line of (await shown(await trendOf(), 'table', 70)).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(70)
    }
  })

  it('keeps a mark beside its snapshots where a character stands for several', async () => {
    const story = openStory(users)
    const readings: TrendReading[] = []
    for (let index = 0; index < 90; index++) {
      if (index === 45) await story.apply('idle.json', [take('basic', 'ada')])
      const { clock, providers } = await story.snapshot()
      readings.push({ name: `${index}`, report: await createLicenseReport({ clock })(providers)() })
    }
    const trend = createTrend(readings, [], { plans: await story.histories() })
    expect(await shown(trend, 'table')).toMatch(/Name of basic +▄{30}┊▃{30} /)
  })

  it('has them in CSV beside the license and the snapshot after them', async () => {
    const rows: readonly Readonly<Record<string, string>>[] = parse(await shown(await trendOf(), 'csv'), {
      columns: true,
    })
    expect(
      rows.filter(({ plansSince }) => plansSince !== '').map((row) => [row.snapshot, row.id, row.plansSince]),
    ).toEqual([
      ['two', 'basic', 'plan idle.json'],
      ['two', 'plus', 'plan idle.json'],
      ['four', 'basic', 'undo of plan idle.json'],
      ['four', 'plus', 'plan more.json; undo of plan idle.json'],
    ])
  })

  it('marks them in the charts of the page, in words too, and lists them', async () => {
    const page = await shown(await trendOf(), 'html')
    const charts = [...page.matchAll(/<svg class="plot" .*?<\/svg>/gs)].map(([chart]) => chart)
    const [basic = '', plus = ''] = charts
    expect([basic, plus].map((chart) => [...chart.matchAll(/<g class="plan">/g)].length)).toEqual([2, 3])
    expect(plus).toMatch(
      /aria-label="Plus: [^"]*; 1 Nov 2026: plan idle\.json, 2 seats given back; 1 Nov 2026: plan more\.json, 1 seat given back; /,
    )
    expect(plus).toContain('<title>1 Nov 2026: plan idle.json, 2 seats given back</title>')
    expect(page).toContain('<span class="key plan">plan applied</span>')
    expect(page).toMatch(/<section id="plans".*<bdi>plan idle\.json<\/bdi>.*<td class="number">3<\/td>/s)
  })

  it('shows no plans on a page without journals', async () => {
    const { readings } = await aStory()
    const page = await shown(createTrend(readings), 'html')
    expect(page).not.toContain('id="plans"')
    expect(page).not.toContain('plan applied')
  })
})
