import * as E from 'fp-ts/lib/Either.js'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type CheckResult,
  checkReport,
  costOfSeatIn,
  createLicenseReport,
  createTrend,
  diffSnapshots,
  known,
  type LicenseProvider,
  type LicenseReport,
  type Plan,
  type PlanResult,
  type SnapshotDiff,
  type Trend,
  withDeclaredLicenses,
} from '../../src/index.ts'
import {
  bytesOf,
  type Content,
  changesFormats,
  checkFormats,
  createLicenseWriter,
  createUserWriter,
  diffFormats,
  licenseFormats,
  noticesOf,
  noticesOfDiff,
  personFormats,
  planFormats,
  renderChanges,
  renderCheck,
  renderDiff,
  renderPerson,
  renderPlan,
  renderReport,
  renderTrend,
  reportFormats,
  reportLayouts,
  showsDetail,
  textOf,
  trendFormats,
  userFormats,
} from '../../src/render/index.ts'
import { readWorkbook } from '../cli/support/read-workbook.ts'
import {
  applied,
  assign,
  license as offered,
  user as person,
  planFor,
  organization as toChange,
} from '../plan/organization.ts'
import { reportOn, seatPrice } from '../report/priced.ts'
import { license, organization, user } from '../report/reported-organization.ts'
import { snapshotOf } from '../snapshot/in-memory-folder.ts'
import { wholeTextOf } from '../support/page-data.ts'

const ada = user('ada', ['basic'], { displayName: 'Ada <Lovelace>', email: 'ada@example.com' })
const bought = { name: 'Product', quantity: known(10), from: { source: 'contract' } }
const licenses = [license('basic', { name: '=Basic', purchases: [bought] }), license('plus', { name: 'Plus' })]

const acme = (more: Parameters<typeof organization>[1] = {}): LicenseProvider =>
  withDeclaredLicenses(
    organization('acme', { displayName: 'Acme', licenses, users: [ada], ...more }),
    new Map([['basic', { prices: [seatPrice(10)] }]]),
  )

/** The text, or of a workbook the XML of all sheets. */
const seenIn = (content: Content): string => {
  const bytes = Buffer.from(bytesOf(content))
  if (bytes.subarray(0, 2).toString() !== 'PK') return bytes.toString()
  return [...readWorkbook(bytes).values()].map(({ xml }) => xml).join('')
}

describe('the entry point of rendering', () => {
  let report: LicenseReport
  let check: CheckResult
  let plan: Plan
  let result: PlanResult
  let diff: SnapshotDiff
  let trend: Trend

  beforeAll(async () => {
    report = await reportOn([acme()], { detail: true, findings: {}, groupBy: 'license' })
    check = checkReport(report, { failOn: ['unassigned-seats'], failOnUnknown: false, dormantAfterDays: 90 })
    const vendor = toChange({ licenses: [offered('basic', { name: '=Basic' })], users: [person('ada', [])] })
    plan = await planFor(vendor, [assign('basic', 'ada')])
    result = await applied(plan, vendor)
    const [before, after] = [await snapshotOf([acme({ users: [] })]), await snapshotOf([acme()])]
    const compared = await diffSnapshots(before, after)()
    if (E.isLeft(compared)) throw new Error(JSON.stringify(compared.left))
    diff = compared.right
    const read = async (name: string, { providers, clock }: typeof before) => ({
      name,
      report: await createLicenseReport({ clock })(providers)(),
    })
    trend = createTrend([await read('one', before), await read('two', after)], [])
  })

  const layouts = reportFormats.flatMap((format) => reportLayouts.map((layout) => [format, layout] as const))

  it.each(layouts)('renders a report as %s by %s', async (format, layout) => {
    const costOfSeat = costOfSeatIn(report, [acme()])
    const content = await renderReport(report, { format, layout, costOfSeat })
    const seen = format === 'html' ? await wholeTextOf(await textOf(content)) : seenIn(content)
    expect(seen).toContain('Basic')
    if (layout === 'user' || layout === 'assignment') expect(seen).toContain('ada@example.com')
  })

  it.each(checkFormats)('renders a check as %s', async (format) => {
    // A message has words for people.
    const seen = format === 'message' ? 'Purchased and not assigned' : 'unassigned-seats'
    expect(seenIn(await renderCheck(check, { format }))).toContain(seen)
  })

  it.each(planFormats)('renders a plan as %s', async (format) => {
    expect(seenIn(await renderPlan(plan, { format }))).toContain('=Basic')
  })

  it('leaves out until when a plan may be applied where that is asked for', async () => {
    expect(textOf(await renderPlan(plan, { format: 'table' }))).toContain('Expires')
    expect(textOf(await renderPlan(plan, { format: 'table', withoutExpiry: true }))).not.toContain('applied until')
  })

  it('has the times of a table in the zone of the reader, with the offset', async () => {
    const local = new Date(Date.parse(plan.expiresAt) + 330 * 60_000).toISOString()
    expect(textOf(await renderPlan(plan, { format: 'table', timeZone: 'Asia/Kolkata' }))).toContain(
      `Expires ${local.slice(0, 10)} ${local.slice(11, 16)} UTC+5:30\n`,
    )
  })

  it.each(changesFormats)('renders what became of changes as %s', async (format) => {
    expect(seenIn(await renderChanges(result, { format }))).toMatch(/applied/)
  })

  it.each(diffFormats)('renders a difference as %s', async (format) => {
    // A message names no user.
    expect(seenIn(await renderDiff(diff, { format }))).toContain(format === 'message' ? '1 user' : 'Ada')
  })

  it.each(trendFormats)('renders a trend as %s', async (format) => {
    expect(seenIn(await renderTrend(trend, { format }))).toContain('Basic')
  })

  it('writes licenses as a table whose columns are as wide for the first ones as for the last ones', async () => {
    const writer = await createLicenseWriter({ format: 'table' })
    const names = ['Basic', 'A license of a much longer name']
    const pieces = licenses.map((one, place) => writer.items([{ provider: 'acme', ...one, name: names[place] ?? '' }]))
    expect(pieces).toEqual(['', ''])
    const [, first = '', second = ''] = writer.end().split('\n')
    expect(first).toContain('Basic')
    expect(second.indexOf(' named ')).toBe(first.indexOf(' named '))
    expect(second.indexOf(' named ')).toBeGreaterThan(second.indexOf('longer name'))
  })

  it.each(licenseFormats.filter((format) => format !== 'table'))(
    'writes licenses as %s, as they come',
    async (format) => {
      const writer = await createLicenseWriter({ format })
      const pieces = licenses.map((one) => writer.items([{ provider: 'acme', ...one }]))
      expect(pieces[0]).toContain('Basic')
      expect(pieces[1]).toContain('Plus')
      if (format === 'json') expect(JSON.parse(`${pieces.join('')}${writer.end()}`)).toHaveLength(2)
    },
  )

  it.each(userFormats)('writes users as %s, as they come', async (format) => {
    const writer = await createUserWriter({ format, licenses: report.licenses })
    const text = `${writer.items([{ provider: 'acme', ...ada }])}${writer.end()}`
    expect(text).toContain('ada@example.com')
    expect(text).toContain(format === 'table' ? '=Basic' : 'basic')
  })

  it.each(personFormats)('renders a person as %s', async (format) => {
    const known = { provider: 'acme', ...ada, licenses: [{ id: 'basic', name: '=Basic' }] }
    expect(textOf(await renderPerson([known], { format }))).toContain('Ada')
  })

  it('calls licenses by their ids where it is not given what they are called', async () => {
    const writer = await createUserWriter({ format: 'table' })
    expect(writer.items([{ provider: 'acme', ...ada }])).toMatch(/basic\n/)
  })

  it('keeps to the width of a terminal, and paints as it is told', async () => {
    const paint = { bold: (text: string) => `<b>${text}</b>`, dim: String, red: String, yellow: String, green: String }
    const text = textOf(await renderReport(report, { format: 'table', columns: 80, paint }))
    expect(text).toContain('<b>Acme</b>')
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it('begins CSV with a byte order mark where it becomes a file, and nowhere else', async () => {
    expect(textOf(await renderReport(report, { format: 'csv', isFile: true }))).toMatch(/^\ufeff/)
    expect(textOf(await renderReport(report, { format: 'csv' }))).toMatch(/^provider,/)
  })

  /** Each result in each of its formats, made again with each call. */
  const everyResult = (): readonly (readonly [string, () => Promise<Content>])[] => [
    ...layouts.map(
      ([format, layout]) => [`report ${format} ${layout}`, () => renderReport(report, { format, layout })] as const,
    ),
    ...checkFormats.map((format) => [`check ${format}`, () => renderCheck(check, { format })] as const),
    ...planFormats.map((format) => [`plan ${format}`, () => renderPlan(plan, { format })] as const),
    ...changesFormats.map((format) => [`changes ${format}`, () => renderChanges(result, { format })] as const),
    ...diffFormats.map((format) => [`diff ${format}`, () => renderDiff(diff, { format })] as const),
    ...trendFormats.map((format) => [`trend ${format}`, () => renderTrend(trend, { format })] as const),
    ...personFormats.map((format) => [`person ${format}`, () => renderPerson([], { format })] as const),
  ]

  it.each(everyResult())('gives the text of what is text, and the same as bytes: %s', async (name, render) => {
    const bytes = bytesOf(await render())
    if (!name.includes('xlsx'))
      expect(textOf(await render())).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  })

  it('refuses to give a workbook as text, which would be garbage', async () => {
    const workbook = await renderReport(report, { format: 'xlsx' })
    expect(() => textOf(workbook)).toThrow('expected text; found bytes')
    expect(() => textOf(workbook)).toThrow(
      expect.objectContaining({ error: expect.objectContaining({ _tag: 'InvalidInput', path: 'content' }) }),
    )
  })

  it.each(everyResult())('never gives a second reader an empty file: %s', async (_, render) => {
    const content = await render()
    const first = bytesOf(content)
    const again = () => bytesOf(content)
    if (typeof content === 'string' || Array.isArray(content)) expect(again()).toEqual(first)
    else expect(again).toThrow('This content was read before')
  })

  it('makes the same workbook of the same report', async () => {
    const [one, other] = [
      await renderReport(report, { format: 'xlsx' }),
      await renderReport(report, { format: 'xlsx' }),
    ]
    expect(bytesOf(one)).toEqual(bytesOf(other))
  })

  it.each([
    ['a format', '{"format":"pdf"}', 'format: expected one of table, json, csv, md, html, xlsx; found "pdf"'],
    ['a format that every object has', '{"format":"toString"}', 'format: expected one of'],
    [
      'a layout',
      '{"format":"csv","layout":"seat"}',
      'layout: expected one of license, user, assignment, purchase, group, finding, organization; found "seat"',
    ],
  ])('rejects %s that there is not', async (_, options, message) => {
    const thrown: unknown = await renderReport(report, JSON.parse(options)).catch((error: unknown) => error)
    expect(thrown).toMatchObject({
      message: expect.stringContaining(message),
      error: { _tag: 'InvalidInput', path: message.split(':')[0] },
    })
  })

  it.each(reportFormats)(
    'rejects rows of people as %s where the report has none, which is not that there are none',
    async (format) => {
      const short = await createLicenseReport()([acme()])()
      await expect(renderReport(short, { format, layout: 'user' })).rejects.toThrow('make it with detail: true')
      expect(seenIn(await renderReport(short, { format }))).toContain('Basic')
    },
  )

  it('has no sheet of people or findings where the report has none, which is not that there are none', async () => {
    const short = await createLicenseReport()([acme()])()
    const workbook = readWorkbook(Buffer.from(bytesOf(await renderReport(short, { format: 'xlsx' }))))
    expect([...workbook.keys()]).toEqual(['Summary', 'Licenses', 'Utilization', 'Purchases', 'Data quality'])
  })

  it('says what was written down for nothing', async () => {
    const declared = withDeclaredLicenses(acme(), new Map([['typo', { name: 'Typo' }]]))
    const notices = noticesOf(await reportOn([declared]))
    expect(notices).toEqual([
      'acme: the license typo has overrides in the configuration, but the vendor does not list it',
    ])
    expect(noticesOfDiff(diff)).toEqual([])
  })
})

describe('what a report is to be made with', () => {
  /** The text of a report, which names Ada where it shows her. */
  const namesAda = async (format: (typeof reportFormats)[number], layout: (typeof reportLayouts)[number]) => {
    // Of an active user, there is no finding.
    const users = layout === 'finding' ? [{ ...ada, status: 'inactive' as const }] : [ada]
    const options = { detail: true, findings: {}, groupBy: 'department' } as const
    const report = await createLicenseReport(options)([acme({ users })])()
    const content = await renderReport(report, { format, layout })
    return seenIn(content).includes('Lovelace')
  }
  const shown = reportFormats.flatMap((format) => reportLayouts.map((layout) => ({ format, layout })))

  it.each(shown.filter(({ format }) => format !== 'json' && format !== 'md'))(
    'is its users where $format shows them in the layout $layout',
    async ({ format, layout }) => {
      expect(showsDetail({ format, layout })).toBe(await namesAda(format, layout))
    },
  )

  it('is its findings where Markdown lists them', async () => {
    const report = await createLicenseReport({ detail: true, findings: {} })([acme()])()
    expect(showsDetail({ format: 'md' })).toBe(true)
    expect(textOf(await renderReport(report, { format: 'md' }))).toContain('Findings')
  })
})
