import { describe, expect, it } from 'vitest'
import { known } from '../../src/index.ts'
import { textWidth } from '../../src/render/text/text-width.ts'
import { failure } from './support/acme.ts'
import { acmes, type RunOptions, run } from './support/run.ts'

const NAMES = ['Kenji Williams', 'Kenji Wilkinson', 'Kenji Willoughby']
const people = NAMES.map((displayName, index) => ({
  id: `user-${index}`,
  displayName,
  email: `${displayName.toLowerCase().replace(' ', '.')}${index}@departments.example.com`,
  status: 'inactive' as const,
  lastActiveAt: '2020-01-01T00:00:00.000Z',
}))
const licenses = Array.from({ length: 32 }, (_, index) => ({
  id: `license-${index}`,
  name: `Genesys Cloud CX Add-on ${index}`,
  purchased: known(100),
  consumed: known(94),
}))
const world = {
  licenses,
  users: [{ items: people.map((user, index) => ({ ...user, licenseIds: ['license-0', `license-${index + 1}`] })) }],
}

const shown = async (args: readonly string[], options: RunOptions = {}) => {
  const { stdout } = await run(args, {
    worlds: {
      acme: world,
      other: { licenses: [], users: [{ items: people.map((user) => ({ ...user, licenseIds: [] })) }] },
    },
    configuration: acmes('acme', 'other'),
    stdout: { columns: 80 },
    variables: { NO_COLOR: '1' },
    ...options,
  })
  const lines = stdout.split('\n')
  expect(lines.filter((line) => textWidth(line) > 80)).toEqual([])
  return lines
}

/** What stands in a column, from line to line, without spaces: a text that takes several lines is whole again. */
const columnText = (lines: readonly string[], heading: string, next: string): string => {
  const top = lines.findIndex((line) => line.includes(heading) && line.includes(next))
  const [from, to] = [lines[top]?.indexOf(heading) ?? 0, lines[top]?.indexOf(next)]
  return lines
    .slice(top)
    .map((line) => line.slice(from, to))
    .join('')
    .replaceAll(' ', '')
}

describe('in a terminal of 80 columns', () => {
  it.each([
    ['report', ['report', '--by', 'user'], 'E-mail', 'Providers', 'Licenses'],
    ['users', ['users'], 'E-mail', 'Status', 'Licenses'],
    ['seats', ['report', '--by', 'assignment'], 'E-mail', 'Department', 'License'],
  ] as const)('people and what they hold are told apart: %s', async (_, args, email, next, held) => {
    const lines = await shown(args)
    const emails = columnText(lines, email, next)
    for (const person of people) expect(emails).toContain(person.email)
    const names = lines.join(' ').replaceAll(/\s+/g, ' ')
    for (const { displayName } of people) expect(names).toContain(displayName.split(' ')[1])
    if (held === 'Licenses') expect(lines.join('')).not.toContain('…')
  })

  it('groups with costs in two currencies fit, and columns are left out only where there is no room', async () => {
    const world = {
      licenses: [
        { id: 'license-0', name: 'Calls' },
        { id: 'license-1', name: 'Meetings' },
      ],
      users: [
        {
          items: people.map((user) => ({
            ...user,
            department: 'Technical Support',
            licenseIds: ['license-0', 'license-1'],
          })),
        },
      ],
    }
    const priceOf = (currency: string) => ({ price: { amount: 123_456_700, currency, per: 'seat-month' } })
    const configuration = {
      providers: [
        {
          id: 'acme',
          type: 'acme',
          token: 'sesame',
          licenses: { 'license-0': priceOf('EUR'), 'license-1': priceOf('USD') },
        },
      ],
    }
    const grouped = ['report', '--group-by', 'department']
    const lines = await shown(grouped, { worlds: { acme: world }, configuration })
    expect(lines).toContain('No room for: People, Findings, Cost at stake (use a wider window)')
    expect(lines.join('\n')).toMatch(/\nDepartment +Users +Seats held +Cost per month +Seats at stake\n/)
    const unpriced = await shown(grouped, { worlds: { acme: world }, configuration: acmes('acme') })
    expect(unpriced.join('\n')).toMatch(/\nDepartment +People +Users +Seats held +Findings +Seats at stake\n/)
  })

  it('what contracts say of products fits, and no heading is wider than its column', async () => {
    const prices = (amount: string) => [
      { amount, currency: 'EUR', per: 'User', validFrom: '2026-01-01', validTo: '2026-12-31' },
      { amount, currency: 'EUR', per: 'User', validFrom: '2027-01-01', validTo: '2027-12-31' },
    ]
    const purchases = [
      {
        sku: 'GC-COLLABORATE-PRO-ANNUAL',
        name: 'Genesys Cloud Collaborate',
        quantity: known(200),
        billed: known(126),
        committedPrices: prices('19.9'),
        overagePrices: prices('24'),
        term: { start: '2026-01-01', end: '2027-12-31' },
        from: { source: 'contract', name: 'SIM-2002' },
      },
    ]
    const bought = { licenses: [{ id: 'a', name: 'Genesys Cloud Collaborate', purchases }], users: [] }
    const lines = await shown(['report', '--by', 'purchase'], {
      worlds: { acme: bought },
      configuration: acmes('acme'),
    })
    expect(lines.join('\n')).toMatch(/\nProvider License +Product +Purchased Billed Committed price Term end\n/)
  })

  it('a single price fits, and when it is valid is a note', async () => {
    const price = { amount: '19.9', currency: 'EUR', per: 'User', validFrom: '2026-01-01', validTo: '2026-12-31' }
    const purchases = [
      {
        name: 'Product',
        quantity: known(200),
        committedPrices: [price],
        from: { source: 'contract', name: 'SIM-2002' },
      },
    ]
    const lines = await shown(['report', '--by', 'purchase'], {
      worlds: { acme: { licenses: [{ id: 'a', name: 'License', purchases }], users: [] } },
      configuration: acmes('acme'),
    })
    const text = lines.join('\n')
    expect(text).toMatch(/ EUR 19\.90[¹²³]/)
    expect(text.replace(/\s+/g, ' ')).toContain(', from 2026-01-01 to 2026-12-31')
  })

  it('a check shows who, which limit and why', async () => {
    const lines = await shown(['check', '--max-utilization', '90', '--fail-on', 'inactive-holder'])
    const what = columnText(lines, 'What', 'Seats')
    for (const { email } of people) expect(what).toContain(email)
    const text = lines.map((line) => line.replace(/^acme| f[0-9a-f]{16}$/g, '').trim()).join(' ')
    expect(text).toMatch(/94 % in use, at most 90 % allowed/)
    expect(text).toMatch(/ f[0-9a-f]{16}|inactive/)
    expect(lines.join('')).not.toContain('…')
  })

  it.each([
    ['a mistake of a command line', ['report', '--by', 'everything-that-there-is-in-the-world-of-licenses']],
    ['a file that is not there', ['plan', '--file', 'a-file-with-a-name-that-is-rather-long-and-is-not-there.csv']],
    ['what is not configured', ['report', '--config', 'a-file-with-a-name-that-is-rather-long-and-is-not-there.json']],
    ['gaps', ['users', '--format', 'csv']],
  ])('stderr is cut between words: %s', async (_, args) => {
    const options = {
      worlds: {
        acme: { usersFailure: { ...failure('RateLimited'), message: 'the vendor wants a wait of ten minutes' } },
      },
    }
    const whole = (await run(args, options)).stderr
    const { stderr } = await run(args, { ...options, stderr: { columns: 80 }, variables: { CI: '1' } })
    expect(stderr.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(stderr.replaceAll('\n  ', ' ')).toBe(whole)
    expect(whole).not.toBe('')
  })
})
