import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { known, unknown } from '../../src/model/count.ts'
import { failure } from './support/acme.ts'
import { readWorkbook } from './support/read-workbook.ts'
import { acmes, newFolder, type RunOptions, run } from './support/run.ts'

const many = (count: number, make: (index: number) => object) =>
  Array.from({ length: count }, (_, index) => make(index))

const nobody = [{ items: [] }]
const full = { purchased: known(1), consumed: known(1) }
const untold = { purchased: unknown('the vendor does not tell'), consumed: known(1) }

const worldOf = (...licenses: readonly object[]): RunOptions => ({ worlds: { acme: { licenses, users: nobody } } })

const report = async (format: string, options: RunOptions, ...args: readonly string[]) =>
  (await run(['report', '--format', format, '--detail', ...args], options)).stdout

const rowOf = (text: string, rule: string): readonly string[] =>
  (text.split('\n').find((line) => new RegExp(`^(\\| )?${rule} `).test(line)) ?? '')
    .split(/ {2,}|\| ?/)
    .map((cell) => cell.trim().replace(/[¹²³⁴]$/, ''))
    .filter((cell) => cell !== '')

const summaryOf = async (options: RunOptions) => {
  const { folder } = await run(['report', '--format', 'xlsx', '--output', 'r.xlsx'], options)
  return readWorkbook(await readFile(join(folder, 'r.xlsx'))).get('Summary')?.rows ?? []
}

describe('a rule that could not look into everything', () => {
  const some = worldOf(
    { id: 'a', purchased: known(5), consumed: known(1) },
    { id: 'b', ...untold },
    { id: 'c', ...untold },
  )

  it.each(['table', 'md'])('has found at least what it has found, in %s', async (format) => {
    const text = await report(format, some)
    expect(rowOf(text, 'unassigned-seats')).toEqual(['unassigned-seats', '1', '≥ 4', '0', '2'])
    expect(rowOf(text, 'over-assigned')).toEqual(['over-assigned', '0', 'unknown', '0', '2'])
    expect(text).toContain('¹ the rule lacks data for 2')
  })

  it('costs at least what it has found', async () => {
    const licenses = { a: { price: { amount: 1_000, currency: 'EUR', per: 'seat-month' } } }
    const configuration = { providers: [{ id: 'acme', type: 'acme', token: 'sesame', licenses }] }
    for (const format of ['table', 'md']) {
      const text = await report(format, { ...some, configuration })
      expect(rowOf(text, 'unassigned-seats').at(-1)).toBe('≥ EUR 40.00')
      expect(rowOf(text, 'over-assigned').at(-1)).toBe('unknown')
    }
    const rows = await summaryOf({ ...some, configuration })
    expect(rows.find(({ About, What }) => About === 'Findings: unassigned-seats' && What === 'open')).toMatchObject({
      Value: 1,
      'Cost per month (EUR)': 'unknown',
      Notes: expect.stringContaining('at least EUR 40.00: the rule lacks data for 2'),
    })
  })

  it('is in the workbook, also if it has found nothing', async () => {
    const rows = await summaryOf(some)
    const of = (rule: string) =>
      rows.filter(({ About }) => About === `Findings: ${rule}`).map(({ What, Value }) => [What, Value])
    expect(of('unassigned-seats')).toEqual([
      ['open', 1],
      ['seats at stake', 'at least 4'],
      ['unknown', 2],
    ])
    expect(of('over-assigned')).toEqual([
      ['open', 0],
      ['seats at stake', 'unknown'],
      ['unknown', 2],
    ])
  })

  it('is on the page with what it has found at least', async () => {
    const text = await report('html', some)
    expect(text).toContain('Purchased and not assigned</h3><span class="facts"><span>≥ 4 seats</span>')
    expect(text).toContain('<span>2 unknown</span>')
  })
})

describe('a report in which nothing was found', () => {
  it.each(['table', 'md', 'html'])('says so in %s where everything was looked into', async (format) => {
    const active = { lastActiveAt: new Date().toISOString() }
    const text = await report(format, {
      worlds: {
        acme: { licenses: [{ id: 'basic', ...full, term: { end: '2099-12-31' } }], users: [{ items: [active] }] },
      },
    })
    expect(text).toContain('Nothing was found.')
    expect(text).not.toContain('lacks data')
  })

  it.each(['table', 'md', 'html'])('does not say so in %s where something was not', async (format) => {
    const text = await report(format, worldOf({ id: 'a', ...untold }))
    expect(text).not.toMatch(/[Nn]othing was found[.<]/)
    expect(text).toContain('Nothing was found, but some rules lack data.')
    if (format !== 'html')
      expect(rowOf(text, 'unassigned-seats')).toEqual(['unassigned-seats', '0', 'unknown', '0', '1'])
  })
})

describe('what could not be looked into', () => {
  it('is said in the table once for each reason, with how many licenses it is true of', async () => {
    const text = await report(
      'table',
      worldOf(
        { id: 'a', name: 'A\u001b', ...untold },
        ...many(3, (index) => ({ id: `b${index}`, purchased: unknown('secret') })),
      ),
    )
    expect(text).toContain(`\nWhat is not known
  unassigned-seats: acme: A␛: purchased seats: the vendor does not tell
  unassigned-seats: acme: 3 licenses: purchased seats: secret
  over-assigned: acme: A␛: purchased seats: the vendor does not tell
`)
  })

  it('has at most 5 lines in the table, as it is read before the numbers', async () => {
    const text = await report(
      'table',
      worldOf(...many(30, (index) => ({ id: `b${index}`, purchased: unknown(`reason ${index}`) }))),
    )
    const [, section = ''] = text.split('\nWhat is not known\n')
    expect(section.split('\n\n')[0]?.match(/^ {2}/gm)).toHaveLength(5)
    expect(section).toContain('\nand 56 more; --format json --detail has all\n')
  })
})

describe('a finding that somebody has accepted', () => {
  const accept = async (license: string) => {
    const folder = await newFolder()
    await writeFile(
      join(folder, 'ok.csv'),
      `rule,license,reason,until\r\nunassigned-seats,${license},spare | seats,2099-12-31\r\n`,
    )
    return {
      ...worldOf(...many(300, (index) => ({ id: `l${index}`, purchased: known(5), consumed: known(1) }))),
      folder,
    }
  }

  it('stays in sight in Markdown, however many others there are', async () => {
    const text = await report('md', await accept('l299'), '--suppressions', 'ok.csv')
    expect(text).toMatch(
      /\nAnd 99 more; --format json --detail has all\.\n\n### Accepted\n\n\| .*Accepted because \| Accepted until \|/,
    )
    expect(text).toContain('| spare \\| seats | 2099-12-31 |')
  })

  it('is in the table with the reason', async () => {
    const text = await report('table', await accept('l299'), '--suppressions', 'ok.csv')
    expect(text).toContain(
      'Accepted\n  unassigned-seats: l299: 4 of 5 purchased seats are not in use (spare | seats, until 2099-12-31)\n',
    )
  })

  it('has at most 20 lines in the table and 200 in Markdown', async () => {
    const table = await report('table', await accept(''), '--suppressions', 'ok.csv')
    expect(table.match(/^ {2}unassigned-seats: .*spare/gm)).toHaveLength(20)
    expect(table).toContain('\nand 280 more; --format json --detail has all\n')
    const markdown = await report('md', await accept(''), '--suppressions', 'ok.csv')
    expect(markdown.match(/\| spare/g)).toHaveLength(200)
    expect(markdown).toContain('\nAnd 100 more; --format json --detail has all.\n')
  })
})

describe('a table with --detail', () => {
  const person = { id: 'u1', displayName: 'Ann', email: 'ann@example.com', status: 'inactive' as const }
  const options: RunOptions = {
    configuration: acmes('one', 'two'),
    worlds: {
      one: { licenses: [{ id: 'a', name: 'A' }], users: [{ items: [{ ...person, licenseIds: ['a'] }] }] },
      two: { licenses: [{ id: 'b', name: 'B' }], users: [{ items: [{ ...person, licenseIds: ['b'] }] }] },
    },
  }

  it('names what was found, one line for each user and rule', async () => {
    const { stdout } = await run(['report', '--detail'], options)
    const [, open = ''] = stdout.split('\nOpen: ')
    expect(open).toMatch(/\none +Ann <ann@example\.com> is inactive and holds A +1\n/)
    expect(open).toMatch(/\ntwo +Ann <ann@example\.com> is inactive and holds B +1\n/)
    expect((await run(['report'], options)).stdout).not.toContain('inactive-holder')
  })

  it('has the people who are in two providers, and those who are paid for twice, as Markdown has', async () => {
    const { stdout } = await run(['report', '--detail'], options)
    expect(stdout).toMatch(/in both one and two +1\n/)
    expect(stdout).toMatch(/paid for in both one and two +1\n/)
    const markdown = (await run(['report', '--format', 'md'], options)).stdout
    expect(markdown).toContain('| paid for in both one and two | 1 |')
  })

  it('has at most 20 findings, and says how many more there are', async () => {
    const items = Array.from({ length: 30 }, (_, index) => ({
      ...person,
      id: `u${index}`,
      email: `u${index}@example.com`,
      licenseIds: ['a'],
    }))
    const { stdout } = await run(['report', '--detail'], {
      worlds: { acme: { licenses: [{ id: 'a', name: 'A' }], users: [{ items }] } },
    })
    const [, section = ''] = stdout.split(/\nOpen: \d+\n/)
    const [table = ''] = section.split('\nand ')
    expect(table.trimEnd().split('\n').slice(1)).toHaveLength(20)
    expect(section).toMatch(/\nand \d+ more; --format json --detail has all\n/)
  })
})

describe('a table without findings', () => {
  const terminals = { stdout: { columns: 120 }, stderr: { columns: 120 } }
  const hint = 'To see what can be saved, and where: seatlens report --detail\n'

  it('says on a terminal where savings are to be seen', async () => {
    expect((await run(['report'], terminals)).stderr).toContain(hint)
    expect((await run(['report', '--detail'], terminals)).stderr).not.toContain(hint)
  })

  it('says nothing of them to a program, or where nothing was read', async () => {
    expect((await run(['report'])).stderr).not.toContain(hint)
    const worlds = { acme: { failure: failure('AuthenticationFailed') } }
    expect((await run(['report'], { ...terminals, worlds })).stderr).not.toContain(hint)
  })
})
