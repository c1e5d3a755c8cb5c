import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { known, notApplicable } from '../../src/index.ts'
import { failure } from './support/acme.ts'
import { readWorkbook } from './support/read-workbook.ts'
import { acmes, run } from './support/run.ts'

const price = { amount: 1_000, currency: 'EUR', per: 'seat-month' }
const worlds = {
  north: {
    licenses: [
      { id: 'n', name: 'Suite', productCode: 'S' },
      { id: 'nf', name: 'Free', purchased: notApplicable },
    ],
    users: [{ items: [{ id: 'ann', licenseIds: ['n', 'nf'] }] }],
  },
  south: {
    licenses: [{ id: 's', name: 'Suite of the south', productCode: 'S', purchased: known(30), consumed: known(2) }],
    users: [{ items: [{ id: 'bob', licenseIds: ['s'] }] }],
  },
  down: { failure: failure('AuthenticationFailed', 'down') },
}
const configuration = {
  providers: acmes('north', 'south', 'down').providers.map((entry) =>
    entry.id === 'north' ? { ...entry, licenses: { n: { price } } } : entry,
  ),
}
const options = { worlds, configuration }
const by = (...args: readonly string[]) => run(['report', '--by', 'organization', ...args], options)

describe('seatlens report --by organization', () => {
  it('has a table for each product that fits into 80 columns, with what the sums lack', async () => {
    const { stdout } = await run(['report', '--by', 'organization'], {
      ...options,
      stdout: { columns: 80 },
      variables: { NO_COLOR: '1' },
    })
    const [, suite = ''] = stdout.split('Suite (S) · acme\n')
    expect(suite.split('\n').slice(0, 5)).toEqual([
      'Organization         Purchased    In use  Available  Cost per month',
      'north                       10         1          9      EUR 100.00',
      'south                       30         2         28        unknown¹',
      'down                  unknown²  unknown²   unknown²        unknown³',
      'All 3 organizations      ≥ 40⁴      ≥ 3⁴   unknown⁴   ≥ EUR 100.00⁵',
    ])
    expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true)
  })

  it('has a row for each product of each organization in CSV, and one for an organization that failed', async () => {
    const { stdout } = await by('--format', 'csv')
    const rows = stdout
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','))
    expect(rows.map((row) => [row[0], row[3], row[4], row[5], row[7], row[9]])).toEqual([
      ['provider', 'providerStatus', 'productCode', 'name', 'purchased', 'inUse'],
      ['north', 'complete', 'S', 'Suite', '10', '1'],
      ['north', 'complete', '', 'Free', '', '1'],
      ['south', 'complete', 'S', 'Suite', '30', '2'],
      ['down', 'failed', '', '', '', ''],
    ])
    expect(stdout).toContain('unknown: AuthenticationFailed it is')
  })

  it('has the products in JSON, beside everything else', async () => {
    const report = JSON.parse((await by('--format', 'json')).stdout)
    expect(report.licenses).toHaveLength(3)
    expect(report.products).toMatchObject([
      {
        vendor: 'acme',
        productCode: 'S',
        organizations: [{ provider: 'north' }, { provider: 'south' }],
        notRead: ['down'],
      },
      { name: 'Free', organizations: [{ provider: 'north' }] },
    ])
  })

  it('has organizations × products in a workbook, for each measure', async () => {
    const { folder } = await by('--output', 'organizations.xlsx')
    const sheets = readWorkbook(await readFile(join(folder, 'organizations.xlsx')))
    expect(sheets.get('Organizations')?.rows).toHaveLength(4)
    const purchased = sheets.get('Purchased by organization')
    expect(purchased?.rows.map((row) => [row.Provider, row['acme: Suite (S)'], row['acme: Free']])).toEqual([
      ['north', 10, 'not applicable'],
      ['south', 30, ''],
      ['down', 'unknown', 'unknown'],
      ['All organizations', 'at least 40', 'unknown'],
    ])
    expect(sheets.has('Cost by organization')).toBe(true)
  })

  it.each(['md', 'html'])('is in %s', async (format) => {
    const { stdout } = await by('--format', format)
    expect(stdout).toMatch(/All (3 )?organizations/)
    expect((await run(['report', '--format', format], options)).stdout).not.toMatch(/All (3 )?organizations/)
  })
})
