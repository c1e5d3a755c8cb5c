import { describe, expect, it } from 'vitest'
import {
  createLicenseReport,
  known,
  type LicenseReport,
  type Term,
  unknown,
  withDeclaredLicenses,
} from '../../src/index.ts'
import { bytesOf, type ReportFormat, renderReport, textOf } from '../../src/render/index.ts'
import { readWorkbook } from '../cli/support/read-workbook.ts'
import { atTime } from '../report/at-time.ts'
import { NOW, reportOn, seatPrice } from '../report/priced.ts'
import { license, organization, user } from '../report/reported-organization.ts'

const rendered = async (report: LicenseReport, format: ReportFormat, columns?: number): Promise<string> =>
  textOf(await renderReport(report, { format, columns }))

const workbookOf = async (report: LicenseReport) =>
  readWorkbook(Buffer.from(bytesOf(await renderReport(report, { format: 'xlsx' }))))

/** Each starts where the one before it ends. */
const placesOf = (text: string, headings: readonly string[]): readonly number[] =>
  headings.map((heading) => text.indexOf(`${heading}\n`))

const free = { purchased: { kind: 'notApplicable' } as const }

const acme = () =>
  withDeclaredLicenses(
    organization('acme', {
      licenses: [
        license('gift', free),
        license('basic', { term: { end: '2027-01-31', noticeDays: 30 } }),
        license('plus'),
        license('bonus', free),
        license('dark', { purchased: unknown('nobody tells') }),
      ],
      users: [
        user('ada', ['basic', 'plus', 'gift'], { status: 'inactive' }),
        user('bob', ['basic', 'gift']),
        user('eve', ['plus', 'gift'], { status: 'inactive' }),
      ],
    }),
    new Map([
      ['basic', { prices: [seatPrice(1_000)] }],
      ['plus', { prices: [seatPrice(250)] }],
    ]),
  )

describe('what a report opens with', () => {
  it.each([
    [
      'table',
      [
        'What can be saved',
        'Most valuable actions',
        'Renewals ahead',
        'What is not known',
        'Display name of acme (acme) · complete · 3 licensed users',
        'People',
        'Cost',
        'Findings',
      ],
    ],
    [
      'md',
      [
        '## What can be saved',
        '## Most valuable actions',
        '## Renewals ahead',
        '## What is not known',
        '## Licenses',
        '## People with a license',
        '## Cost',
        '## Findings',
        '## Data quality',
      ],
    ],
  ] as const)(
    'is savings, actions, renewals and what is not known, before the numbers: %s',
    async (format, headings) => {
      const places = placesOf(await rendered(await reportOn([acme()]), format), headings)
      expect(places).not.toContain(-1)
      expect(places).toEqual([...places].sort((one, other) => one - other))
    },
  )

  it.each(['table', 'md', 'html'] as const)('says what the amounts of actions are: %s', async (format) => {
    const report = await reportOn([acme()])
    const textOf = async (one: LicenseReport) => (await rendered(one, format)).replace(/\s+/g, ' ')
    expect(await textOf(report)).toContain('Amounts are what each action saves by itself.')
    // A report of an earlier version knows only what the seats cost.
    const { savings: _, ...old } = report
    expect(await textOf(old)).toContain('Not every seat saves its cost: a plan says what it saves.')
  })

  describe('as actions', () => {
    const active = { lastActiveAt: '2026-11-19T00:00:00Z' }
    const gone = { status: 'inactive' } as const
    const idle = { lastActiveAt: '2026-01-05T00:00:00Z' }
    /** Two seats of a dear license, one of which a limit keeps free; three of a cheap one. */
    const kept = (keepFree: number) =>
      createLicenseReport({
        detail: true,
        clock: atTime(NOW),
        limits: [{ license: 'dear', keepFree }],
      })([
        withDeclaredLicenses(
          organization('acme', {
            licenses: [
              license('dear', { purchased: known(3) }),
              license('cheap', { purchased: known(4), consumed: known(4) }),
            ],
            users: [
              user('ann', ['dear'], gone),
              user('bob', ['dear'], gone),
              user('cleo', ['dear'], active),
              ...['dan', 'eve', 'fay'].map((id) => user(id, ['cheap'], idle)),
              user('gus', ['cheap'], active),
            ],
          }),
          new Map([
            ['dear', { prices: [seatPrice(1_000)] }],
            ['cheap', { prices: [seatPrice(400)] }],
          ]),
        ),
      ])()

    const actionsIn = (text: string) =>
      [...text.matchAll(/^\| acme \| (Take back .+?) \| .+ \| (\d+) \| (.*?) \|$/gm)].map(([, what, seats, saves]) => [
        what,
        seats,
        saves,
      ])

    it('come in the order of what a plan of them saves, which is not what the seats cost', async () => {
      const report = await kept(1)
      expect(report.savings?.plans?.map(({ rule, saving: { cost } }) => [rule, cost])).toEqual([
        ['inactive-holder', { kind: 'known', amounts: [{ amount: 1_000, currency: 'EUR' }] }],
        ['dormant-holder', { kind: 'known', amounts: [{ amount: 1_200, currency: 'EUR' }] }],
      ])
      const text = await rendered(report, 'md')
      expect(text).toContain('| Saves per month |')
      expect(actionsIn(text)).toEqual([
        ['Take back 3 seats of 3 users who have been idle for 90 days or more', '3', 'EUR 12.00'],
        ['Take back 2 seats of 2 users who are inactive or deleted', '2', 'EUR 10.00'],
      ])
    })

    it.each(['table', 'md', 'html'] as const)('stand below how many seats limits keep free, in %s', async (format) => {
      const report = await kept(2)
      expect(report.savings?.keptFree).toBe(2)
      const seen = (await rendered(report, format)).replace(/<[^>]*>/g, '')
      const [, count] = /but limits keep free[:| ]+(\d+)/.exec(seen) ?? []
      expect(count).toBe('2')
    })

    it('leave out what saves nothing at all', async () => {
      expect(actionsIn(await rendered(await kept(3), 'md')).map(([what]) => what)).toEqual([
        'Take back 3 seats of 3 users who have been idle for 90 days or more',
      ])
    })
  })

  it('says by when each part saves', async () => {
    const text = await rendered(await reportOn([acme()]), 'table')
    expect(text).toMatch(/\nSeats that users can give up +3 +EUR 15\.00\n/)
    expect(text).toMatch(/\n {2}of these at renewal, after 2027-01-31 +1 +EUR 10\.00\n/)
    expect(text).toMatch(/\n {2}of these at a time that is not known +2 +EUR 5\.00\n/)
    expect(text).not.toContain('at once')
  })

  it('says that nothing can be saved only where every rule had its data', async () => {
    const full = { purchased: known(1), consumed: known(1), term: { end: '2028-01-31', noticeDays: 30 } }
    const users = [user('ada', ['basic'], { lastActiveAt: '2026-11-19T00:00:00Z' })]
    const certain = organization('acme', { licenses: [license('basic', full)], users })
    expect(await rendered(await reportOn([certain]), 'table')).toContain('No seat was found that could be saved.\n')
    const dark = license('dark', { purchased: unknown('nobody tells') })
    const uncertain = organization('acme', { licenses: [license('basic', full), dark], users })
    for (const format of ['table', 'md'] as const) {
      expect(await rendered(await reportOn([uncertain]), format)).toContain(
        'No seat was found that could be saved, but some rules lack data.\n',
      )
    }
  })

  it('has renewals without findings too, and nothing of savings then', async () => {
    const report = await createLicenseReport({ clock: atTime(NOW) })([acme()])()
    const text = await rendered(report, 'table')
    expect(text).toContain('Renewals ahead\n')
    expect(text).not.toContain('What can be saved')
  })

  it('is in a report of an earlier version, which has no groups and no savings, with each finding by itself', async () => {
    const { findingGroups: _, savings: __, ...old } = await reportOn([acme()])
    const text = await rendered(old, 'table')
    expect(text).not.toContain('What can be saved')
    expect(text).toMatch(
      /\nMost valuable actions\n(?:.*\n)+?acme +Take back 3 seats of 2 users who are inactive or deleted /,
    )
    expect((await workbookOf(old)).get('Findings')?.rows).toHaveLength(old.findings?.length ?? 0)
  })
})

describe('renewals ahead', () => {
  const bought = (terms: Readonly<Record<string, Term>>) =>
    reportOn([
      organization('acme', { licenses: Object.entries(terms).map(([id, term]) => license(id, { name: id, term })) }),
    ])

  const listed = async (terms: Readonly<Record<string, Term>>) => {
    const [, section = ''] = (await rendered(await bought(terms), 'table')).split('\nRenewals ahead\n')
    const rows = (section.split('\n\n')[0] ?? '').split('\n').slice(1)
    return rows.map((row) => row.split(/ {2,}/).slice(1, 5))
  }

  it('are terms that end within 180 days, first what is to be decided first', async () => {
    expect(
      await listed({
        late: { end: '2027-05-19' },
        beyond: { end: '2027-05-20' },
        over: { end: '2026-11-19' },
        today: { end: '2026-11-20' },
        noticed: { end: '2027-03-31', noticeDays: 120 },
        passed: { end: '2027-01-31', noticeDays: 90 },
        endless: { start: '2026-01-01' },
      }),
    ).toEqual([
      ['passed', '2027-01-31', '72', '2026-11-02 (passed)'],
      ['today', '2026-11-20', '0', 'unknown'],
      ['noticed', '2027-03-31', '131', '2026-12-01'],
      ['late', '2027-05-19', '180', 'unknown'],
    ])
  })

  it('are in the workbook as in the table', async () => {
    const report = await bought({ noticed: { end: '2027-03-31', noticeDays: 120 } })
    const rows = (await workbookOf(report)).get('Summary')?.rows
    expect(rows).toContainEqual(expect.objectContaining({ About: 'Renewal 1', What: 'acme: noticed', Value: 10 }))
    // In a row of its own, it is not cut by the number beside it.
    expect(rows).toContainEqual(
      expect.objectContaining({ About: 'Renewal 1', What: 'ends 2027-03-31, cancel by 2026-12-01' }),
    )
  })
})

describe('licenses that come free', () => {
  it('are one line in the table, with their holders', async () => {
    const text = await rendered(await reportOn([acme()]), 'table')
    expect(text).toContain('2 licenses that come free: Name of gift (3 assigned), Name of bonus (0 assigned)\n')
    expect(text).not.toMatch(/^Name of gift/m)
  })

  it('are rows where there are no others, or only one', async () => {
    const one = organization('acme', { licenses: [license('gift', free), license('basic')] })
    const [, table = ''] = (await rendered(await reportOn([one]), 'table')).split('\nLicense ')
    expect(table.indexOf('\nName of gift')).toBeGreaterThan(table.indexOf('\nName of basic'))
    const all = organization('acme', { licenses: [license('gift', free), license('bonus', free)] })
    expect(await rendered(await reportOn([all]), 'table')).toMatch(/\nName of gift .*\nName of bonus /)
  })

  it('are the last rows in Markdown and the workbook', async () => {
    const report = await reportOn([acme()])
    const ids = ['basic', 'plus', 'dark', 'gift', 'bonus']
    expect((await workbookOf(report)).get('Licenses')?.rows.map(({ Id }) => Id)).toEqual(ids)
    const rows = [...(await rendered(report, 'md')).matchAll(/^\| Name of (\w+) \| \S/gm)].map(([, id]) => id)
    expect(rows.filter((id) => ids.includes(id ?? '')).slice(-5)).toEqual(ids)
  })
})

describe('a group of which a part is accepted', () => {
  it('is open with the rest, and the part is among what is accepted', async () => {
    const report = await reportOn([acme()], {
      findings: { suppressions: [{ rule: 'inactive-holder', user: 'ada', license: 'plus', reason: 'on leave' }] },
    })
    const text = await rendered(report, 'table')
    expect(text).toMatch(/\ninactive-holder +2 +2 +1 +0 /)
    expect(text).toMatch(/\n.*ada@example.com is inactive and holds .*basic.* +1 +EUR 10\.00\n/)
    expect(text).toMatch(/\nAccepted\n {2}inactive-holder: .*Name of plus \(on leave\)\n/)
    expect(await rendered(report, 'md')).toMatch(
      /### Accepted\n\n.*\n.*\n\| inactive-holder \|.*Name of plus .*on leave/,
    )
  })
})

describe('the time of a report', () => {
  it.each([
    ['Europe/Berlin', 'As of 2026-11-20 11:00 UTC+1 (10:00 UTC)\n'],
    ['Pacific/Kiritimati', 'As of 2026-11-21 00:00 UTC+14 (2026-11-20 10:00 UTC)\n'],
    ['UTC', 'As of 2026-11-20 10:00 UTC\n'],
  ])('is in the zone of the terminal, with UTC beside: %s', async (timeZone, expected) => {
    const report = await reportOn([acme()])
    expect(textOf(await renderReport(report, { format: 'table', timeZone }))).toContain(expected)
    expect(textOf(await renderReport(report, { format: 'md', timeZone }))).toContain('As of 2026-11-20 10:00 UTC.\n')
  })
})

describe('in a terminal', () => {
  const name = (number: number) => `Genesys Cloud CX ${number} Digital Add-on with Workforce Engagement`
  const prices = new Map(
    ['a', 'b', 'c'].map((id, index) => [id, { prices: [seatPrice(123_456, index === 2 ? { currency: 'USD' } : {})] }]),
  )
  const priced = withDeclaredLicenses(
    organization('acme', {
      licenses: ['a', 'b', 'c'].map((id, index) =>
        license(id, {
          name: name(index + 1),
          productCode: `CODE-${id}`,
          purchased: known(1_000),
          term: { end: '2027-01-31', noticeDays: 30 },
        }),
      ),
      users: Array.from({ length: 30 }, (_, index) =>
        user(`user-${index}`, ['a', 'b', 'c'], { status: 'inactive', displayName: 'Wolfeschlegelsteinhausenberger' }),
      ),
    }),
    prices,
  )

  it.each([80, 120, 200])(
    'of %s columns, with prices, each license is one line, and no line is longer',
    async (columns) => {
      const report = await reportOn([priced])
      const lines = (await rendered(report, 'table', columns)).split('\n')
      expect(lines.filter((line) => line.length > columns)).toEqual([])
      const top = lines.findIndex((line) =>
        /^License .*Purchased .*Available +Utilization .*Cost per month$/.test(line),
      )
      expect(top).toBeGreaterThan(0)
      for (const [index, line] of lines.slice(top + 1, top + 4).entries()) {
        expect(line).toMatch(new RegExp(`^Gen.* 1,000 .* ${index === 2 ? 'USD' : 'EUR'} 1,234,560\\.00$`))
      }
    },
  )
})
