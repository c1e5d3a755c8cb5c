import { describe, expect, test } from 'vitest'
import { costOfSeatIn, createLicenseReport, type LicenseProvider, withDeclaredLicenses } from '../../src/index.ts'
import { piecesOf, type RenderReportOptions, renderReport } from '../../src/render/index.ts'
import { readWorkbook } from '../cli/support/read-workbook.ts'
import { license, organization, user } from '../report/reported-organization.ts'

const rooms = [
  {
    id: 'w1',
    displayName: 'Lobby',
    location: 'Turin',
    licenseIds: ['calling', 'plus'],
    devices: 2,
    lastSeenAt: '2026-11-02T08:15:00.000Z',
  },
  { id: 'w2', displayName: '<b>Den</b>', location: null, licenseIds: ['calling'] },
]

const licenses = [
  license('calling', { holders: 'usersAndWorkspaces' }),
  license('plus', { holders: 'usersAndWorkspaces' }),
  license('room', { holders: 'notTold', metric: 'device' }),
  license('free'),
]

const acme = organization('acme', { licenses, users: [user('ada', ['calling'])], workspaces: rooms })

const priced = withDeclaredLicenses(
  acme,
  new Map([['calling', { prices: [{ amount: 1001, currency: 'EUR', per: 'pack-month', packSize: 2 }] }]]),
)

const rendered = async (options: RenderReportOptions, provider: LicenseProvider = acme): Promise<string> => {
  const report = await createLicenseReport({ detail: true, findings: {} })([provider])()
  const content = await renderReport(report, { columns: 160, costOfSeat: costOfSeatIn(report, [provider]), ...options })
  return [...piecesOf(content)].map((piece) => (typeof piece === 'string' ? piece : '')).join('')
}

describe('workspaces in a report', () => {
  test('are rows of seats in CSV, with the kind workspace, and no people', async () => {
    const [heading = '', ...lines] = (await rendered({ format: 'csv', layout: 'assignment' })).trimEnd().split(/\r?\n/)
    const columns = heading.replace('\ufeff', '').split(',')
    const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [columns[index], cell])))
    expect(
      rows.map(({ user: holder, kind, licenseId, seat, person }) => [holder, kind, licenseId, seat, person]),
    ).toEqual([
      ['ada', 'internal', 'calling', 'assigned', expect.stringContaining('')],
      ['w1', 'workspace', 'calling', 'assigned', ''],
      ['w1', 'workspace', 'plus', 'assigned', ''],
      ['w2', 'workspace', 'calling', 'assigned', ''],
      ['', '', 'room', 'unknown', ''],
      ['', '', 'free', 'nobody', ''],
    ])
    expect(rows[1]).toMatchObject({ name: 'Lobby', lastActiveAt: expect.stringContaining('2026-11-02'), status: '' })
  })

  test('are in no table of people', async () => {
    for (const format of ['csv', 'table'] as const) {
      expect(await rendered({ format, layout: 'user' })).not.toMatch(/Lobby|Den/)
    }
  })

  test('are in the table of seats, marked as such', async () => {
    expect(await rendered({ format: 'table', layout: 'assignment' })).toContain('Lobby (workspace)')
  })

  test('have a part of their own in Markdown and on the page', async () => {
    const markdown = await rendered({ format: 'md' })
    expect(markdown).toMatch(
      /## Workspaces\n\n.*\n.*\n\| acme \| Lobby \| Turin \| Name of calling, Name of plus \| 2 \|/,
    )
    const page = await rendered({ format: 'html' })
    expect(page).toContain('<section id="workspaces"')
    expect(page).toContain('Lobby')
    expect(page).not.toContain('<b>Den</b>')
  })

  test('say that a room has no location, and nothing where it was not read', async () => {
    const unread = { id: 'w3', displayName: 'Attic', licenseIds: ['calling'] }
    const provider = organization('acme', { licenses, users: [], workspaces: [...rooms, unread] })
    const markdown = await rendered({ format: 'md' }, provider)
    expect(markdown).toMatch(/Den.* \| none \| Name of calling \|/)
    expect(markdown).toMatch(/Attic \| {2}\| Name of calling \|/)
    const page = await rendered({ format: 'html' }, provider)
    expect(page).toMatch(/Den(?:(?!<tr>).)*<td[^>]*><bdi>none<\/bdi><\/td>/)
    expect(page).toMatch(/Attic(?:(?!<tr>).)*<td[^>]*><bdi><\/bdi><\/td>/)
  })

  test('are in JSON as they are', async () => {
    const { workspaces } = JSON.parse(await rendered({ format: 'json' }))
    expect(workspaces).toEqual(rooms.map((room) => ({ provider: 'acme', ...room })))
  })

  test('have a sheet in the workbook', async () => {
    const report = await createLicenseReport({ detail: true })([acme])()
    const pieces = [...piecesOf(await renderReport(report, { format: 'xlsx' }))]
    const bytes = Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
    const sheets = readWorkbook(bytes)
    expect([...sheets.keys()]).toEqual([
      'Summary',
      'Licenses',
      'Utilization',
      'Users',
      'Workspaces',
      'Findings',
      'Single findings',
      'Data quality',
    ])
    expect(JSON.stringify(sheets.get('Workspaces'))).toMatch(/w1.*Lobby.*Turin.*Name of calling, Name of plus/)
  })

  test('share packs with the people who hold the same license', async () => {
    const csv = await rendered({ format: 'csv', layout: 'assignment' }, priced)
    const costs = csv.split(/\r?\n/).filter((line) => line.includes(',calling,'))
    expect(costs.map((line) => line.split(',').find((cell) => /^\d+\.\d\d$/.test(cell)))).toEqual([
      '5.00',
      '5.01',
      '5.00',
    ])
  })
})

describe('a list of workspaces that could not be read', () => {
  const refusing = organization('acme', {
    licenses,
    users: [],
    workspaces: rooms,
    onRequest: ({ operation }) =>
      operation === 'listWorkspaces'
        ? {
            _tag: 'PermissionDenied',
            provider: 'acme',
            operation,
            message: 'needed: rooms:read',
            missing: ['rooms:read'],
          }
        : undefined,
  })

  test.each(['md', 'html', 'table'] as const)(
    'is said in %s, and does not make the report incomplete',
    async (format) => {
      const text = await rendered({ format }, refusing)
      expect(text).toContain('rooms:read')
      expect(text).not.toMatch(/not complete/)
    },
  )
})
