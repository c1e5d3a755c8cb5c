import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { known } from '../../src/model/count.ts'
import { failure } from './support/acme.ts'
import { readWorkbook, unzip } from './support/read-workbook.ts'
import { acmes, type RunOptions, run } from './support/run.ts'

const price = (amount: number, currency: string, more = {}) => ({
  price: { amount, currency, per: 'seat-month', ...more },
})

/** Acme providers, the first with these prices. */
const priced = (licenses: Readonly<Record<string, object>>, ...others: readonly string[]) => ({
  providers: [{ id: 'acme', type: 'acme', token: 'sesame', licenses }, ...acmes(...others).providers],
})

const report = async (format: string, options: RunOptions, ...args: readonly string[]) =>
  (await run(['report', '--format', format, ...args], options)).stdout

describe('a report of which every price has expired', () => {
  const expired: RunOptions = { configuration: priced({ basic: price(100, 'EUR', { validTo: '2020-01-31' }) }) }
  const reason = /no price holds on \d{4}-\d\d-\d\d/

  it('has the columns of cost in CSV, empty and with the reason', async () => {
    for (const by of ['license', 'user', 'assignment']) {
      const [headings = '', row = ''] = (await report('csv', expired, '--by', by)).split('\r\n')
      expect(headings).toContain(',costEUR,costNote')
      expect(row).toMatch(/,,unknown: no price holds on/)
    }
  })

  it('has them in the table, and says that what was purchased costs an unknown amount, and why', async () => {
    const text = await report('table', expired)
    expect(text).toMatch(/Utilization +Cost per month\n.* unknown¹\n/)
    expect(text).toContain('Cost\nPurchased seats: unknown\n')
    const [, section = ''] = text.split('\nCost\n')
    expect(section).toMatch(/in total +unknown¹\nAcme Seats \(acme\) +unknown¹\n¹ no price holds on/)
  })

  it('has them in Markdown and in the workbook', async () => {
    const text = await report('md', expired)
    expect(text).toContain('Purchased seats: **unknown**.')
    expect(text.match(/\| Cost per month \|/g)?.length).toBeGreaterThan(4)
    expect(text).toMatch(reason)
    const { folder } = await run(['report', '--format', 'xlsx', '--output', 'r.xlsx'], expired)
    const [row] = readWorkbook(await readFile(join(folder, 'r.xlsx'))).get('Licenses')?.rows ?? []
    expect(row).toMatchObject({ 'Cost per month (EUR)': 'unknown', Notes: expect.stringMatching(reason) })
  })

  it('has a column for each currency, also for one in which no amount is known', async () => {
    const { price: old } = price(100, 'EUR', { validTo: '2020-01-31' })
    const { price: now } = price(200, 'USD', { validFrom: '2020-02-01' })
    const configuration = priced({ basic: { price: [old, now] } })
    expect(await report('csv', { configuration })).toContain(',costEUR,costUSD,costNote,purchasedSource,')
  })
})

describe('a report in which nothing has a price', () => {
  it('says nothing of cost', async () => {
    expect(await report('csv', {})).not.toContain('cost')
    expect(await report('table', {}, '--detail')).not.toMatch(/cost/i)
    expect(await report('md', {})).not.toMatch(/Cost per month|## Cost/)
  })
})

describe('a provider that failed', () => {
  const options: RunOptions = {
    configuration: priced({ basic: price(100, 'EUR') }, 'gone'),
    worlds: { gone: { failure: failure('AuthenticationFailed', 'gone') } },
  }

  it.each(['license', 'user', 'assignment'])('has a cost by %s, which is unknown', async (by) => {
    const [headings = '', ...rows] = (await report('csv', options, '--by', by)).trimEnd().split('\r\n')
    const row = rows.find((line) => line.startsWith('gone,') || line.includes(',gone:,'))
    expect(headings).toContain(',costEUR,costNote')
    expect(row).toContain(',,unknown: the list of licenses could not be read: AuthenticationFailed it is')
  })

  it('has a cost in the table too', async () => {
    expect(await report('table', options, '--by', 'assignment')).toMatch(/\ngone .* unknown +unknown[¹²³]\n/)
    expect(await report('table', options)).toMatch(/\nAcme Seats \(gone\) +unknown[¹²³]\n/)
  })
})

describe('the section of costs', () => {
  const departments = (count: number): RunOptions => ({
    configuration: priced({ basic: price(100, 'EUR') }),
    worlds: {
      acme: {
        users: [
          {
            items: Array.from({ length: count + 1 }, (_, index) => ({
              id: `u${index}`,
              // Two of them work in the last one.
              department: `Department | ${String(Math.min(index, count - 1)).padStart(3, '0')}`,
            })),
          },
        ],
      },
    },
  })

  it('has the total, each provider, and first the departments that cost most', async () => {
    const [, section = ''] = (await report('table', departments(2), '--detail')).split('\nCost\n')
    expect(section.split('\nFindings\n')[0]).toBe(`Purchased seats: EUR 10.00 per month

Purchased          Cost per month
in total                EUR 10.00
Acme Seats (acme)       EUR 10.00

Seats that people hold, by department  Cost per month
Department | 001                             EUR 2.00
Department | 000                             EUR 1.00
`)
    const markdown = await report('md', departments(2))
    expect(markdown).toContain('| in total | EUR 10.00 |\n| Acme Seats (acme) | EUR 10.00 |\n')
    expect(markdown).toContain('| Department \\| 001 | EUR 2.00 |\n| Department \\| 000 | EUR 1.00 |\n')
  })

  it('has at most 50 departments, and says how many more there are', async () => {
    const table = await report('table', departments(60), '--detail')
    expect(table.match(/^Department \| \d+ /gm)).toHaveLength(50)
    expect(table).toContain('\nand 10 more; --format json --detail has all\n')
    const markdown = await report('md', departments(60))
    expect(markdown.match(/^\| Department \\\| \d+ /gm)).toHaveLength(50)
    expect(markdown).toContain('\nAnd 10 more; --format json --detail has all.\n')
    expect(await report('table', departments(50), '--detail')).not.toContain('more;')
  })

  it('has no departments where nobody named any', async () => {
    const options = { configuration: priced({ basic: price(100, 'EUR') }) }
    expect(await report('table', options, '--detail')).not.toContain('by department')
    expect(await report('md', options)).not.toContain('by department')
  })
})

describe('an amount in a workbook', () => {
  const currencies = {
    EUR: '[$EUR]\\ #,##0.00',
    JPY: '[$JPY]\\ #,##0',
    KWD: '[$KWD]\\ #,##0.000',
    CLF: '[$CLF]\\ #,##0.0000',
  }

  it.each(Object.entries(currencies))('of %s is shown as %s', async (currency, format) => {
    const worlds = { acme: { licenses: [{ id: 'basic', purchased: known(3) }] } }
    const options = { configuration: priced({ basic: price(1_234, currency) }), worlds }
    const { folder } = await run(['report', '--format', 'xlsx', '--output', 'r.xlsx'], options)
    const archive = await readFile(join(folder, 'r.xlsx'))
    const styles = unzip(archive).get('xl/styles.xml') ?? ''
    const [, cellFormats = ''] = /<cellXfs count="\d+">(.*)<\/cellXfs>/.exec(styles) ?? []
    const numberFormats = [...cellFormats.matchAll(/<xf numFmtId="(\d+)"/g)].map(([, id]) => id)
    const sheet = readWorkbook(archive).get('Licenses')
    const [row] = sheet?.rows ?? []
    const amount = row?.[`Cost per month (${currency})`]
    const [, style] =
      new RegExp(`s="(\\d+)"><v>${String(amount).replace('.', '\\.')}0*</v>`).exec(sheet?.xml ?? '') ?? []
    expect(styles).toContain(`<numFmt numFmtId="${numberFormats[Number(style)]}" formatCode="${format}"/>`)
    expect(styles).toContain(`<cellXfs count="${numberFormats.length}">`)
  })
})
