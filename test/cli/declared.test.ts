import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { known } from '../../src/index.ts'
import { failure } from './support/acme.ts'
import { worlds } from './support/people.ts'
import { readWorkbook } from './support/read-workbook.ts'
import { run } from './support/run.ts'
import { said, saidBy } from './support/said.ts'

const price = { amount: 11_000, currency: 'EUR', per: 'seat-month' }
const configured = (licenses: Readonly<Record<string, unknown>>) => ({
  providers: [{ id: 'acme', type: 'acme', token: 'sesame', licenses }],
})

describe('a license in the configuration', () => {
  const mistyped = configured({ basic: { purchased: 10, price }, bsaic: { purchased: 300, price } })

  it.each([
    ['report', ['report', '--format', 'json']],
    ['check', ['check', '--max-utilization', '90', '--format', 'json']],
  ])('that the vendor does not list makes %s exit with 5, and counts for nothing', async (_, args) => {
    const { code, stdout, stderr } = await run(args, { worlds, configuration: mistyped })
    expect(code).toBe(5)
    expect(said(stderr)).toContain(
      'acme: the license bsaic has overrides in the configuration, but the vendor does not list it\n',
    )
    const result = JSON.parse(stdout)
    expect(result.idleDeclarations).toEqual([{ provider: 'acme', key: 'bsaic', why: 'not listed' }])
    expect(JSON.stringify(result.cost ?? {})).not.toContain('3410000')
    expect(result.items?.filter(({ licenseId }: { licenseId?: string }) => licenseId === 'bsaic') ?? []).toEqual([])
  })

  it.each([
    ['report', ['report', '--format', 'json']],
    ['report', ['report', '--format', 'csv']],
    ['check', ['check', '--max-utilization', '90', '--format', 'json']],
  ])('that says another number than the vendor makes %s no less complete, and is told in its data', async (_, args) => {
    const { code, stdout, stderr } = await run(args, {
      worlds,
      configuration: configured({ basic: { purchased: 300 } }),
    })
    const remark = "acme: purchased of Basic: the configuration says 300, the vendor's list of licenses says 10"
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    if (args.includes('check')) expect(JSON.parse(stdout).remarks).toEqual([remark])
    else if (args.includes('csv')) expect(stdout).toContain('purchased 10')
    else expect(JSON.parse(stdout).licenses[0].overridden).toEqual([{ field: 'purchased', value: known(10) }])
  })

  const notListed = 'acme: the license bsaic has overrides in the configuration, but the vendor does not list it'

  it.each([
    ['table', notListed, 'Basic'],
    ['md', notListed, 'As of '],
    ['html', 'the license bsaic has overrides', 'id="summary"'],
  ])(
    'that the vendor does not list is named first by a report as %s, which is complete',
    async (format, line, next) => {
      const { stdout } = await run(['report', '--format', format], { worlds, configuration: mistyped })
      const text = format === 'html' ? stdout.slice(stdout.indexOf('<main>')) : stdout
      expect(text).toContain('Check the configuration')
      expect(text).not.toContain('not complete')
      expect(text.indexOf(line)).toBeGreaterThan(-1)
      expect(text.indexOf(line)).toBeLessThan(text.indexOf(next))
    },
  )

  it('that the vendor does not list is named by its row of CSV, and there is no such column without', async () => {
    const rowsOf = async (configuration: object): Promise<readonly Record<string, string>[]> => {
      const { stdout } = await run(['report', '--format', 'csv'], { worlds, configuration })
      return parse(stdout, { columns: true, bom: true })
    }
    const told = (await rowsOf(mistyped)).map(({ id, configuration }) => [id, configuration])
    expect(told).toContainEqual(['bsaic', 'it has overrides, but the vendor does not list it'])
    expect(told).toContainEqual(['basic', ''])
    expect((await rowsOf(configured({ basic: { purchased: 10 } })))[0]).not.toHaveProperty('configuration')
  })

  it('that the vendor does not list is in the summary of a workbook', async () => {
    const { folder } = await run(['report', '--format', 'xlsx', '--output', 'report.xlsx'], {
      worlds,
      configuration: mistyped,
    })
    const sheets = readWorkbook(await readFile(join(folder, 'report.xlsx')))
    expect(sheets.get('Summary')?.rows.slice(0, 2)).toEqual([
      expect.objectContaining({ About: 'Report', What: 'complete', Value: 'yes' }),
      expect.objectContaining({ About: 'Configuration', What: notListed }),
    ])
  })

  it('that the vendor does not list is named first by a check, and is an error for a build server', async () => {
    const checked = async (...args: readonly string[]) =>
      run(['check', '--max-utilization', '90', ...args], { worlds, configuration: mistyped })
    const { stdout } = await checked()
    expect(stdout.startsWith(`Check the configuration:\n  ${notListed}\n`)).toBe(true)
    const { stdout: xml } = await checked('--format', 'junit')
    expect(xml).toContain('errors="1"')
    expect(xml).toContain(`<error message="${notListed}" type="configuration"/>`)
  })

  it('that the vendor does not list is named once on a terminal', async () => {
    const { stdout, stderr } = await run(['report'], {
      worlds,
      configuration: mistyped,
      stdout: { columns: 120 },
      stderr: { columns: 120 },
    })
    expect((stdout + stderr).split('bsaic has overrides')).toHaveLength(2)
  })

  it('that may be several is told by names, and not by ids that nobody can read', async () => {
    const id = (last: string) =>
      `Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvYjBjNDkxNzgtMGQ5Ny00MDhhLThjMjUtNDlmY2JhNmUzN2V${last}`
    const { code, stderr } = await run(['licenses'], {
      worlds: {
        acme: {
          licenses: [
            { id: id('a'), name: 'Twin', productCode: 'TW' },
            { id: id('b'), name: 'Twin', productCode: 'TW' },
            { id: id('c'), name: 'Twin', siteUrl: 'site-c.example.com' },
          ],
        },
      },
      configuration: configured({ Twin: { purchased: 10 } }),
    })
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'acme: licenses."Twin": expected the id of one license without other overrides; ' +
        '3 licenses have that name or product code: Twin (TW, id Y2lzY29z…NmUzN2Va), Twin (TW, id Y2lzY29z…NmUzN2Vb), ' +
        'Twin (site-c.example.com); the list of licenses has their ids\n',
    })
  })

  const unread = '; whether users hold it is unknown, as this command reads no holders: see "seatlens report"'

  it.each([
    ['licenses', ['licenses'], unread],
    ['licenses as CSV', ['licenses', '--format', 'csv'], unread],
    ['users', ['users'], ''],
    ['users as NDJSON', ['users', '--format', 'ndjson'], ''],
    ['users of one license', ['users', '--license', 'basic'], ''],
  ])('that the vendor does not list is told by %s too, which exit with 5', async (_, args, more) => {
    const { code, stderr } = await run(args, { worlds, configuration: mistyped })
    expect({ code, told: saidBy(args, stderr) }).toEqual({
      code: 5,
      told: `acme: the license bsaic has overrides in the configuration, but the vendor does not list it${more}\n`,
    })
  })

  it('that users hold and the vendor does not list is not called mistyped where holders are not read', async () => {
    const configuration = configured({ ghost: { purchased: 3, price } })
    const { code, stderr } = await run(['licenses'], { worlds, configuration })
    // It is not known whether it is mistyped: as everywhere, what is not known is incomplete.
    expect({ code, stderr }).toEqual({
      code: 5,
      stderr: `acme: the license ghost has overrides in the configuration, but the vendor does not list it${unread}\n`,
    })
    expect(await run(['report'], { worlds, configuration })).toMatchObject({ code: 0 })
  })

  it('that somebody holds is no mistake among the users', async () => {
    const { code, stderr } = await run(['users', '--format', 'ndjson'], {
      worlds,
      configuration: configured({ ghost: { purchased: 3, price } }),
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('is not called mistyped where not all licenses could be read', async () => {
    const { code, stderr } = await run(['licenses'], {
      worlds: { acme: { users: worlds.acme?.users ?? [], licensesFailure: failure('NotFound') } },
      configuration: mistyped,
    })
    expect({ code, stderr }).toEqual({ code: 5, stderr: expect.not.stringContaining('bsaic') })
  })

  it('that somebody holds is one, listed or not', async () => {
    const { code, stdout } = await run(['report', '--format', 'json'], {
      worlds,
      configuration: configured({ ghost: { purchased: 3, price } }),
    })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).licenses).toContainEqual(
      expect.objectContaining({ id: 'ghost', purchased: { kind: 'known', value: 3 } }),
    )
  })

  it('is named by its product code or name as everywhere, and by one that several have is a mistake', async () => {
    const reportWith = async (key: string) => {
      const { code, stdout, stderr } = await run(['report', '--format', 'json'], {
        worlds: {
          acme: {
            users: worlds.acme?.users ?? [],
            licenses: [
              { id: 'basic', name: 'Basic', productCode: 'B1' },
              { id: 'one', name: 'Twin' },
              { id: 'other', name: 'twin' },
            ],
          },
        },
        configuration: configured({ [key]: { purchased: 10, price } }),
      })
      return { code, stderr, total: JSON.parse(stdout).cost?.total?.atLeast }
    }
    for (const key of ['basic', 'BASIC', 'b1']) {
      expect(await reportWith(key)).toMatchObject({ code: 0, total: [{ amount: 110_000, currency: 'EUR' }] })
    }
    const { code, stderr } = await reportWith('Twin')
    expect(code).toBe(2)
    expect(said(stderr)).toContain(
      'acme: licenses."Twin": expected the id of one license without other overrides; 2 licenses have that name or product code: one, other\n',
    )
  })
})
