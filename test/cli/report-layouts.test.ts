import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { known } from '../../src/model/count.ts'
import { markdownText } from '../../src/render/text/markdown-text.ts'
import { failure } from './support/acme.ts'
import { awkwardConfiguration, awkwardWorlds } from './support/awkward.ts'
import { readWorkbook } from './support/read-workbook.ts'
import { acmes, newFolder, run } from './support/run.ts'
import { said } from './support/said.ts'

const awkward = { worlds: awkwardWorlds, configuration: awkwardConfiguration }

const workbookOf = async (args: readonly string[] = [], options: Parameters<typeof run>[1] = awkward) => {
  const { folder, stdout } = await run(['report', '--format', 'xlsx', '--output', 'r.xlsx', ...args], options)
  expect(stdout).toBe('')
  return readWorkbook(await readFile(join(folder, 'r.xlsx')))
}

describe('seatlens report --by user', () => {
  const two = {
    configuration: acmes('one', 'two'),
    worlds: {
      one: {
        licenses: [
          { id: 'a', name: 'A' },
          { id: 'idle', name: 'Idle' },
        ],
        users: [{ items: [{ id: 'u1', displayName: 'Ada', email: 'Ada@example.com', licenseIds: ['a'] }] }],
      },
      two: {
        licenses: [{ id: 'b', name: 'B' }],
        users: [
          {
            items: [
              {
                id: 'x1',
                email: 'ada@example.com',
                licenseIds: [],
                pendingLicenseIds: ['b'],
                status: 'inactive' as const,
              },
              { id: 'x2', displayName: 'Bob', licenseIds: ['b'] },
            ],
          },
        ],
      },
    },
  }

  it('has one row for each person across providers, and a column for each license, held or not', async () => {
    const { stdout } = await run(['report', '--format', 'csv', '--by', 'user'], two)
    expect(stdout).toBe(
      'name,email,department,users,link,kind,status,lastActiveAt,reportStatus,seats,seatsNote,pending,pendingNote,' +
        'division,manager,location,costCenter,employeeNumber,activity,invitation,createdAt,hiredAt,neverActive,one: A,one: Idle,two: B\r\n' +
        'Ada,Ada@example.com,,one:u1 two:x1,email,internal,"one: active, two: inactive",,complete,1,,1,,,,,,,,,,,,1,,pending\r\n' +
        'Bob,,,two:x2,none,internal,active,,complete,1,,0,,,,,,,,,,,,,,1\r\n',
    )
  })

  it('begins with a byte order mark in a file, which people open, and not in a pipe, which programs read', async () => {
    const folder = await newFolder()
    const { stdout } = await run(['report', '--format', 'csv'], { ...two, folder })
    await run(['report', '--format', 'csv', '--output', 'r.csv'], { ...two, folder })
    const [first, ...others] = (await readFile(join(folder, 'r.csv'), 'utf8')).split('\r\n')
    expect(stdout).toMatch(/^provider,/)
    expect(first).toBe(`\ufeff${stdout.split('\r\n')[0]}`)
    expect(others).toHaveLength(stdout.split('\r\n').length - 1)
  })

  it('takes users for one person where a file says so', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'who.csv'), 'person,provider,user\r\nada,one,u1\r\nada,two,x2\r\n')
    const { stdout } = await run(['report', '--format', 'csv', '--by', 'user', '--people', 'who.csv'], {
      ...two,
      folder,
    })
    expect(stdout).toContain('Ada,Ada@example.com,,one:u1 two:x2,mapping,')
  })

  it('says what of the file names nobody, and nothing of providers that are left out', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'who.csv'), 'person,provider,user\r\nada,one,u1\r\nada,two,x9\r\nada,tow,x1\r\n')
    const report = async (...args: readonly string[]) =>
      said((await run(['report', '--format', 'json', '--people', 'who.csv', ...args], { ...two, folder })).stderr)
    expect(await report()).toContain(
      [
        'who.csv: line 3: x9 in two is not linked to ada: no such user\n',
        'who.csv: line 4: x1 in tow is not linked to ada: no such provider\n',
      ].join(''),
    )
    expect(await report('--provider', 'one')).not.toContain('linked to')
  })

  it('refuses a file in which a user is two people, line by line', async () => {
    const folder = await newFolder()
    await writeFile(
      join(folder, 'who.csv'),
      'person,provider,user\r\nada,one,a@x.com\r\nbob,one,A@x.com\r\n,two,x2\r\n',
    )
    const { code, stderr } = await run(['report', '--people', 'who.csv'], { ...two, folder })
    expect(code).toBe(2)
    expect(stderr).toBe(
      'who.csv: line 4: person: expected a text\nwho.csv: line 3: person: the user "A@x.com" is another person further above\n',
    )
  })

  it('numbers the columns in a table and says before it what the numbers stand for', async () => {
    const { stdout } = await run(['report', '--by', 'user'], two)
    expect(stdout).toMatch(/^ {3}1 {2}one: A\n {3}2 {2}one: Idle\n {3}3 {2}two: B\n\nPerson/)
  })

  it('has a row for a provider that failed, and calls what it could have said unknown', async () => {
    const world = { failure: failure('AuthenticationFailed', 'two') }
    const { stdout } = await run(['report', '--format', 'csv', '--by', 'user'], {
      ...two,
      worlds: { ...two.worlds, two: world },
    })
    const [, ada = '', gone = ''] = stdout.split('\r\n')
    expect(ada).toContain('two: failed,,"unknown, at least 1: two: AuthenticationFailed it is"')
    expect(gone).toMatch(/^,,,two:,,,,,two: failed,,unknown: AuthenticationFailed it is,/)
  })
})

describe('seatlens report --format json', () => {
  it('has users, overlaps and findings only where they were asked for', async () => {
    const keys = async (...args: string[]) =>
      Object.keys(JSON.parse((await run(['report', '--format', 'json', ...args])).stdout))
    const plain = ['schemaVersion', 'generatedAt', 'complete', 'providers', 'licenses', 'people', 'failures']
    expect(await keys()).toEqual(plain)
    expect(await keys('--detail')).toEqual(expect.arrayContaining([...plain, 'users', 'overlaps', 'findings', 'cost']))
    expect(await keys('--by', 'assignment')).toContain('assignments')
  })

  it('is the text that JSON.stringify makes, however many there are of anything', async () => {
    const items = Array.from({ length: 1_201 }, (_, index) => ({ id: `u${index}`, licenseIds: ['basic'] }))
    const worlds = { acme: { users: [{ items }] } }
    const { stdout } = await run(['report', '--format', 'json', '--by', 'assignment'], { worlds })
    expect(stdout).toBe(`${JSON.stringify(JSON.parse(stdout), null, 2)}\n`)
    expect(JSON.parse(stdout).assignments).toHaveLength(1_201)
  })
})

describe('seatlens report --format xlsx', () => {
  it('has its sheets in the order in which people read them', async () => {
    const sheets = ['Summary', 'Licenses', 'Utilization', 'Users', 'Findings', 'Single findings', 'Data quality']
    expect([...(await workbookOf([], {})).keys()]).toEqual(sheets)
    expect([...(await workbookOf(['--by', 'assignment'], {})).keys()]).toEqual([
      ...sheets.slice(0, 4),
      'Assignments',
      ...sheets.slice(4),
    ])
  })

  it('begins with failures and data quality where something is missing', async () => {
    const sheets = await workbookOf()
    expect([...sheets.keys()].slice(0, 2)).toEqual(['Failures', 'Data quality'])
    expect(sheets.get('Data quality')?.rows).toContainEqual(
      expect.objectContaining({
        Provider: 'beta',
        What: 'gap in the list of users',
        Result: 'unknown',
        Explanation: 'the list of users lacks holders of | Pool: it was <not> JSON',
      }),
    )
  })

  it('freezes and filters the headings of every sheet', async () => {
    for (const [name, { xml }] of await workbookOf()) {
      expect([name, xml.match(/state="frozen"/g)?.length]).toEqual([name, 1])
      expect(xml).toMatch(/<\/sheetData><autoFilter ref="A1:[A-Z]+\d+"\/>/)
    }
  })

  it('has no formula, whatever a name is like, and every id and phone number is text', async () => {
    const sheets = await workbookOf(['--by', 'assignment'])
    for (const { xml } of sheets.values()) expect(xml).not.toMatch(/<f[ >]/)
    const seats = sheets.get('Assignments')?.rows ?? []
    expect(seats.map(({ Name }) => Name)).toEqual(expect.arrayContaining(['=cmd|calc', '+15551234', 'Multi\nline']))
    expect(sheets.get('Users')?.rows.map(({ Users }) => Users)).toContain('alpha:00012')
    expect(sheets.get('Licenses')?.rows.map(({ License }) => License)).toContain('Packs _x0041_ \u0007')
  })

  it('has dates as dates', async () => {
    const { xml = '' } = (await workbookOf()).get('Users') ?? {}
    const [, day] = /s="5"><v>([\d.]+)<\/v>/.exec(xml) ?? []
    expect(new Date(Date.UTC(1899, 11, 30) + Number(day) * 86_400_000).toISOString()).toBe('2026-01-02T03:04:05.000Z')
  })

  it('is not poured into a terminal', async () => {
    const { code, stdout, stderr } = await run(['report', '--format', 'xlsx'], { stdout: { columns: 80 } })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(
      'seatlens report: --output: expected with --format xlsx, which no terminal can show; see: seatlens report --help\n',
    )
  })
})

describe('seatlens report --format md', () => {
  it('says first what is missing and why', async () => {
    const { stdout } = await run(['report', '--format', 'md'], awkward)
    const lines = stdout.split('\n')
    expect(lines[0]).toBe('# License report')
    expect(lines[2]).toMatch(/^> \*\*This report is not complete\.\*\*/)
    expect(stdout).toContain('> - beta: the list of users lacks holders of \\| Pool: it was \\<not\\> JSON\n')
    expect(stdout.indexOf('> -')).toBeLessThan(stdout.indexOf('| Provider |'))
  })

  it('has as many cells in every row of a table as in its head, whatever names are like', async () => {
    for (const by of ['license', 'user', 'assignment']) {
      const { stdout } = await run(['report', '--format', 'md', '--by', by], awkward)
      let width = 0
      for (const line of stdout.split('\n')) {
        if (!line.startsWith('|')) width = 0
        else {
          const cells = line.split(/(?<!\\)\|/).length
          expect([line, cells]).toEqual([line, width || cells])
          width = cells
        }
      }
    }
  })

  it.each([
    ['a|b', 'a\\|b'],
    ['a\\|b', 'a\\\\\\|b'],
    ['line\nbreak', 'line␊break'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['![x](http://evil)', '!\\[x\\](http\\://evil)'],
    ['[x](javascript:alert)', '\\[x\\](javascript:alert)'],
    ['www.evil.example', 'www\\.evil.example'],
    ['`code` *b* _i_ ~~s~~ $m$', '\\`code\\` \\*b\\* \\_i\\_ \\~\\~s\\~\\~ \\$m\\$'],
    ['@octocat', '@&#8288;octocat'],
    ['(@octocat) and:@team', '(@&#8288;octocat) and:@&#8288;team'],
    ['.@octocat -@octocat é@octocat +@octocat', '.@&#8288;octocat -@&#8288;octocat é@&#8288;octocat +@&#8288;octocat'],
    ['a@@octocat', 'a@@&#8288;octocat'],
    ['p0@e.com', 'p0@e.com'],
    ['Ada.O-Neil+seats@mail.example.com', 'Ada.O-Neil+seats@mail.example.com'],
    ['zoë@example.com, a-@example.com, a+@example.com', 'zoë@example.com, a-@example.com, a+@example.com'],
    ['ada_@example.com', 'ada\\_@example.com'],
    ['fixes #12 and GH-34', 'fixes #&#8288;12 and GH-&#8288;34'],
    [':tada:', ':&#8288;tada:'],
    ['2026-01-02T03:04:05', '2026-01-02T03:04:05'],
    ['Genesys Cloud CX 3 (EU) - 50%', 'Genesys Cloud CX 3 (EU) - 50%'],
  ])('writes %j so that it is shown as it is', (text, markdown) => {
    expect(markdownText(text)).toBe(markdown)
  })

  it('is readable with 2,000 licenses: every one has one line, and no line is long', async () => {
    const licenses = Array.from({ length: 2_000 }, (_, index) => ({
      id: `license-${index}`,
      name: `License number ${index} for everybody`,
      purchased: known(index),
      consumed: known(index % 2),
    }))
    const { stdout } = await run(['report', '--format', 'md'], {
      worlds: { acme: { licenses, users: [{ items: [] }] } },
    })
    const rows = stdout.split('\n').filter((line) => line.startsWith('| License number'))
    expect(rows).toHaveLength(2_000)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(300)
    expect(stdout).toMatch(/And [\d,]+ more; --format json --detail has all\./)
    expect(stdout.length).toBeLessThan(400_000)
  })
})

describe('seatlens report --open', () => {
  it('is for HTML', async () => {
    const { code, stderr } = await run(['report', '--open'])
    const told = 'seatlens report: --open: expected with --format html; see: seatlens report --help\n'
    expect({ code, stderr }).toEqual({ code: 2, stderr: told })
  })
})

describe('seatlens report --suppressions', () => {
  it('keeps what somebody has accepted in sight, with the reason', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'ok.csv'), 'rule,reason,until\r\nunassigned-seats,spare | seats,2099-12-31\r\n')
    const { stdout } = await run(['report', '--format', 'md', '--suppressions', 'ok.csv'], { folder })
    expect(stdout).toContain('| unassigned-seats | 0 | – | 1 |')
    expect(stdout).toContain('| spare \\| seats | 2099-12-31 |')
  })
})
