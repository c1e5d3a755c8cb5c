import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { type AcmeWorld, createAcme } from '../support/acme.ts'
import { acmes, newFolder, type RunOptions, registryOf, run } from '../support/run.ts'
import { said } from '../support/said.ts'

const worlds: Readonly<Record<string, AcmeWorld>> = {
  acme: {
    licenses: [
      { id: 'basic', name: 'Basic', productCode: 'B1' },
      { id: 'plus', name: 'Plus' },
    ],
    users: [
      {
        items: [
          { id: 'u1', displayName: 'Ada', email: 'ada@example.com', lastActiveAt: '2024-01-01T00:00:00.000Z' },
          { id: 'u2', displayName: 'Bob', email: 'bob@example.com', licenseIds: ['plus'] },
        ],
      },
    ],
  },
}

const DAY_MS = 24 * 60 * 60 * 1_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)

const runWith = async (
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  options: RunOptions = {},
): ReturnType<typeof run> => {
  const folder = await newFolder()
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return run(args, { folder, worlds, ...options })
}

const jsonWith = async (files: Readonly<Record<string, string>>, args: readonly string[], options: RunOptions = {}) => {
  const { code, stdout, stderr } = await runWith(files, [...args, '--format', 'json'], options)
  return { code, stderr: said(stderr), json: JSON.parse(stdout) }
}

const refusalOf = async (
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  options: RunOptions = {},
) => {
  const { code, stdout, stderr } = await runWith(files, ['report', ...args], options)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  return stderr
}

describe('seats that were purchased, from a file', () => {
  const file = 'license,purchased,asOf\nbasic,250,2025-09-30\nPlus,unlimited,\n'

  it('are in the report with the name of the file and its day, before configuration and vendor', async () => {
    const { code, json, stderr } = await jsonWith({ 'bought.csv': file }, ['report', '--purchased', 'bought.csv'], {
      configuration: {
        providers: [{ id: 'acme', type: 'acme', token: 'sesame', licenses: { basic: { purchased: 20 } } }],
      },
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { json: checked } = await jsonWith({ 'bought.csv': file }, [
      ...['check', '--fail-on', 'unassigned-seats', '--purchased', 'bought.csv'],
    ])
    expect(checked.items[0].evidence).toEqual({
      purchased: 250,
      inUse: 1,
      purchasedFrom: 'file bought.csv',
      purchasedAsOf: '2025-09-30',
    })
    expect(json.licenses).toMatchObject([
      {
        purchased: { kind: 'known', value: 250 },
        purchasedFrom: { source: 'file', name: 'bought.csv', at: '2025-09-30' },
        available: { kind: 'known', value: 249 },
        overridden: [
          { field: 'purchased', value: { kind: 'known', value: 10 } },
          { field: 'purchased', value: { kind: 'known', value: 20 }, from: { source: 'configuration' } },
        ],
      },
      { purchased: { kind: 'unlimited' }, purchasedFrom: { source: 'file', name: 'bought.csv' } },
    ])
  })

  it.each([
    ['licenses', ['licenses', '--format', 'csv'], '250'],
    ['check', ['check', '--min-available', '240', '--format', 'json'], '"value": 250'],
  ])('count for %s', async (_, args, text) => {
    const { code, stdout, stderr } = await runWith({ 'bought.csv': file }, [...args, '--purchased', 'bought.csv'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(text)
  })

  it('are kept by a snapshot, and come before those of a snapshot', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'bought.csv'), file)
    expect(await run(['snapshot', '--output', 'kept', '--purchased', 'bought.csv'], { folder, worlds })).toMatchObject({
      code: 0,
    })
    const numbersOf = async (...args: readonly string[]) => {
      const { stdout } = await run(['report', '--from', 'kept', '--format', 'json', ...args], { folder, worlds })
      return JSON.parse(stdout).licenses[0]
    }
    expect(await numbersOf()).toMatchObject({ purchased: { value: 250 }, purchasedFrom: { name: 'bought.csv' } })
    await writeFile(join(folder, 'later.csv'), 'license,purchased\nbasic,300\n')
    expect(await numbersOf('--purchased', 'later.csv')).toMatchObject({
      purchased: { value: 300 },
      purchasedFrom: { name: 'later.csv' },
      overridden: [{ value: { value: 10 } }, { value: { value: 250 }, from: { name: 'bought.csv' } }],
    })
  })

  it('of products of one license are added up, and of a product of none are a row of their own', async () => {
    const bought = [
      { license: 'Basic', sku: 'S1', purchased: 5 },
      { license: 'basic', sku: 'S2', purchased: 7 },
      { sku: 'S3', purchased: 9 },
    ]
    const args = ['report', '--purchased', 'bought.json', '--as-of', '2025-10-01']
    const { json, stderr } = await jsonWith({ 'bought.json': JSON.stringify(bought) }, args)
    expect(json.licenses).toMatchObject([
      { id: 'basic', purchased: { value: 12 }, purchasedFrom: { at: '2025-10-01' } },
      { id: 'plus', purchased: { value: 10 } },
      { id: 'sku:S3', boughtOnly: true, purchased: { value: 9 } },
    ])
    expect(stderr).toBe(
      'acme: bought.json: [2]: no license has the product "S3"; map it with "sku" in the configuration; it is listed as a license of its own\n',
    )
  })

  it('of no license say what to do: map the product, or correct what names the license', async () => {
    const bought = [
      { license: 'Lisence', purchased: 5 },
      { sku: 'S3', purchased: 9 },
    ]
    const args = ['report', '--purchased', 'bought.json']
    const { stdout } = await runWith({ 'bought.json': JSON.stringify(bought) }, args)
    expect(stdout).toContain(
      '¹ bought, mapped to no license: give the id of a license in the file; from file bought.json',
    )
    expect(stdout).toContain(
      'bought, mapped to no license: name its product under "sku" of a license in the configuration',
    )
  })

  it.each([['-3'], ['2.5'], ['1,250'], ['many'], ['']])('that are %s are refused with file and line', async (cell) => {
    const files = { 'bought.csv': `license,purchased\nplus,1\nbasic,"${cell}"\n` }
    expect(await refusalOf(files, ['--purchased', 'bought.csv'])).toBe(
      `bought.csv: line 3: purchased: expected a whole number of seats from 0, in digits alone, or "unlimited", found ${cell === '' ? 'nothing' : JSON.stringify(cell)}; correct it, or delete the row\n`,
    )
  })

  it('that are in a file twice are refused with both lines', async () => {
    const files = { 'bought.csv': 'license,purchased\nbasic,1\nplus,1\nBASIC,2\n' }
    expect(await refusalOf(files, ['--purchased', 'bought.csv'])).toBe(
      'bought.csv: line 4: the same license or product as in bought.csv: line 2; keep one of these rows, or add them up\n',
    )
  })

  it('in columns that are not understood are refused, or read as --map says', async () => {
    const files = { 'bought.csv': 'Product,Number of seats,Owner\nbasic,5,Ada\n' }
    expect(await refusalOf(files, ['--purchased', 'bought.csv'])).toBe(
      'bought.csv: line 1: expected headings, and among them "license" or "sku", and "purchased", ' +
        'found "Product", "Number of seats", "Owner"; delete the columns that are not needed; or say what a column is called: --map FIELD=HEADING\n',
    )
    const mapped = ['--map', 'license=product', '--map', 'purchased=Number of seats']
    const { json } = await jsonWith(files, ['report', '--purchased', 'bought.csv', ...mapped])
    expect(json.licenses[0]).toMatchObject({ purchased: { value: 5 } })
    expect(await refusalOf(files, ['--purchased', 'bought.csv', ...mapped, '--map', 'sku=Article'])).toBe(
      '--map sku=Article: no file has a column "Article"\n',
    )
    expect(await refusalOf(files, ['--purchased', 'bought.csv', '--map', 'purchase=Seats'])).toContain(
      '--map: expected FIELD=HEADING with one of the fields provider, license, sku, purchased,',
    )
    expect(await refusalOf({}, ['--map', 'license=A'])).toBe(
      'seatlens report: --map: expected with --purchased, --consumed or --activity; see: seatlens report --help\n',
    )
  })

  it('are refused by commands that would not use them', async () => {
    const { code, stderr } = await run(['apply', 'plan.json', '--purchased', 'bought.csv'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'seatlens apply: --purchased: expected with report, licenses, users, user, check, plan, snapshot, and not with apply; see: seatlens apply --help\n',
    })
  })
})

describe('of several providers', () => {
  const two = { acme: worlds.acme ?? {}, other: worlds.acme ?? {} }
  const options = { configuration: acmes('acme', 'other'), worlds: two }

  it('a file must say of which its rows are', async () => {
    const files = { 'bought.csv': 'license,purchased\nbasic,5\n' }
    expect(await refusalOf(files, ['--purchased', 'bought.csv'], options)).toBe(
      'bought.csv: expected a column provider, as these rows may be about several: acme, other; add it, or read one of them with --provider\n',
    )
    const { json } = await jsonWith(files, ['report', '--provider', 'other', '--purchased', 'bought.csv'], options)
    expect(json.licenses[0]).toMatchObject({ provider: 'other', purchased: { value: 5 } })
  })

  it('rows of one that is not read are left out, and of one that there is not are refused', async () => {
    const files = { 'bought.csv': 'provider,license,purchased\nacme,basic,5\nOTHER,basic,7\n' }
    const { json } = await jsonWith(files, ['report', '--provider', 'other', '--purchased', 'bought.csv'], options)
    expect(json.licenses[0]).toMatchObject({ purchased: { value: 7 } })
    const mistyped = { 'bought.csv': 'provider,license,purchased\nacne,basic,5\n' }
    expect(await refusalOf(mistyped, ['--purchased', 'bought.csv'], options)).toBe(
      'bought.csv: line 2: provider: expected one of acme, other, found "acne" (did you mean "acme"?)\n',
    )
  })
})

describe('seats in use as they are billed, from a file', () => {
  const [start, end] = [daysAgo(40), daysAgo(10)]

  it('are the consumed number, with period and status', async () => {
    const files = { 'bill.csv': `license;consumed;periodStart;periodEnd;status\r\nbasic;3;${start};${end};closed\r\n` }
    const { code, json } = await jsonWith(files, ['report', '--consumed', 'bill.csv'])
    expect(code).toBe(0)
    expect(json.licenses[0]).toMatchObject({
      consumed: { kind: 'known', value: 3 },
      consumedFrom: { source: 'file', name: 'bill.csv', period: { start, end, status: 'closed' } },
      overridden: [{ field: 'consumed', value: { value: 1 } }],
    })
  })

  it.each([
    [
      'no day',
      'license,consumed\nbasic,3\n',
      'line 2: expected periodStart and periodEnd, or the day of the number as asOf',
    ],
    [
      'half a period',
      `license,consumed,periodEnd\nbasic,3,${end}\n`,
      'line 2: expected periodStart and, not before it, periodEnd',
    ],
    [
      'a period of long ago',
      'license,consumed,periodStart,periodEnd\nbasic,3,2025-01-01,2025-01-31\n',
      'line 2: expected usage of the last 62 days before',
    ],
    [
      'another status',
      `license,consumed,asOf,status\nbasic,3,${end},done\n`,
      'line 2: status: expected open or closed, found "done"',
    ],
    [
      'a period of years',
      `license,consumed,periodStart,periodEnd\nbasic,3,${start},2062-11-30\n`,
      `line 2: expected a billing period of a year at most, found ${start} to 2062-11-30`,
    ],
    [
      'two months',
      `license,consumed,periodStart,periodEnd\nbasic,3,${start},${end}\nplus,3,${end},${daysAgo(0)}\n`,
      `line 3: expected ${start} to ${end}, as in bill.csv: line 2, found ${end} to ${daysAgo(0)}; keep the rows of one billing period`,
    ],
  ])('with %s are refused', async (_, text, message) => {
    expect(await refusalOf({ 'bill.csv': text }, ['--consumed', 'bill.csv'])).toContain(`bill.csv: ${message}`)
  })
})

describe('activity from a file', () => {
  const NEW = daysAgo(3)

  it('is in the list of users with the source, beside what the vendor says, and makes no user dormant who was active', async () => {
    const files = {
      'vpn.csv': `email,lastActiveAt,source\nADA@example.com,${NEW},VPN\ngone@example.com,${NEW},VPN\nbob@example.com,never,\n`,
    }
    const { code, json, stderr } = await jsonWith(files, ['report', '--detail', '--activity', 'vpn.csv'])
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'acme: 1 row about activity: no user in the list has that id or address (vpn.csv: line 3)\n',
    })
    expect(json.users).toMatchObject([
      {
        id: 'u1',
        lastActiveAt: `${NEW}T00:00:00.000Z`,
        activity: [
          { at: '2024-01-01T00:00:00.000Z', source: 'lastActiveAt' },
          { at: `${NEW}T00:00:00.000Z`, source: 'VPN (vpn.csv)' },
        ],
      },
      { id: 'u2' },
    ])
    expect(json.users[1].lastActiveAt).toBeUndefined()
    expect(json.findings.filter(({ rule }: { rule: string }) => rule === 'dormant-holder')).toEqual([])
    const without = await jsonWith({}, ['report', '--detail'])
    expect(without.json.findings.filter(({ rule }: { rule: string }) => rule === 'dormant-holder')).toHaveLength(1)
    const { stdout } = await runWith(files, ['users', '--format', 'ndjson', '--activity', 'vpn.csv'])
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({ lastActiveAt: `${NEW}T00:00:00.000Z` })
  })

  it.each([
    [
      'two days',
      '03/04/2026',
      'lastActiveAt: expected a day such as 2026-04-03, found "03/04/2026", which may be two days',
    ],
    [
      'no time',
      'recently',
      'lastActiveAt: expected a time such as 2026-01-31 or 2026-01-31T10:00:00Z, found "recently"',
    ],
    ['a day to come', '2090-01-01', 'lastActiveAt: expected a day that is over, found "2090-01-01"'],
  ])('that may be %s is refused with file and line', async (_, cell, message) => {
    const files = { 'vpn.csv': `user,lastActiveAt\nu1,${cell}\n` }
    expect(await refusalOf(files, ['--activity', 'vpn.csv'])).toContain(`vpn.csv: line 2: ${message}`)
  })

  it('as days since needs the day of the file', async () => {
    const files = { 'idle.csv': 'user,daysInactive\nada@example.com,5\nbob@example.com,7\n' }
    expect(await refusalOf(files, ['--activity', 'idle.csv'])).toBe(
      'idle.csv: it tells days since the last activity; say on which day it was made: --as-of DAY\n',
    )
    const { json } = await jsonWith(files, ['report', '--detail', '--activity', 'idle.csv', '--as-of', daysAgo(1)])
    expect(json.users[0].activity[1]).toEqual({ at: `${daysAgo(6)}T00:00:00.000Z`, source: 'idle.csv' })
    expect(await refusalOf(files, ['--activity', 'idle.csv', '--as-of', '2090-01-01'])).toContain(
      '--as-of: expected a day',
    )
  })

  it('makes a user dormant only where it covers all that users do', async () => {
    const dormantBy = async (covers: string) => {
      const files = { 'vpn.csv': `user,lastActiveAt,covers\nbob@example.com,2024-05-05,${covers}\n` }
      const { json } = await jsonWith(files, ['report', '--detail', '--activity', 'vpn.csv'])
      const dormant = json.findings.filter(({ rule }: { rule: string }) => rule === 'dormant-holder')
      return dormant.map(({ userId }: { userId: string }) => userId)
    }
    expect(await dormantBy('all')).toEqual(['u1', 'u2'])
    expect(await dormantBy('')).toEqual(['u1', 'u2'])
    expect(await dormantBy('some')).toEqual(['u1'])
    const wrong = { 'vpn.csv': 'user,lastActiveAt,covers\nu1,2024-05-05,most\n' }
    expect(await refusalOf(wrong, ['--activity', 'vpn.csv'])).toBe(
      'vpn.csv: line 2: covers: expected some or all, found "most"\n',
    )
  })

  it('names users as a pseudonymized snapshot does, or is refused', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'key'), 'a key of more than sixteen bytes')
    await writeFile(join(folder, 'vpn.csv'), `user,lastActiveAt\nada@example.com,${NEW}\n`)
    const shared = ['snapshot', '--output', 'shared', '--pseudonymize', '--key-file', 'key', '--activity', 'vpn.csv']
    expect(await run(shared, { folder, worlds })).toMatchObject({ code: 0 })
    const offline = ['report', '--from', 'shared', '--format', 'json', '--detail']
    const { stdout } = await run(offline, { folder, worlds })
    expect(stdout).toContain(`${NEW}T00:00:00.000Z`)
    expect(stdout).not.toContain('vpn.csv')
    const { code, stderr } = await run([...offline, '--activity', 'vpn.csv'], { folder, worlds })
    expect({ code, stderr: said(stderr) }).toEqual({
      code: 2,
      stderr: expect.stringContaining('vpn.csv: "ada@example.com" is a real user'),
    })
  })

  it('of very many mistakes names the first ten', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `u${index},soon`)
    const stderr = await refusalOf({ 'vpn.csv': `user,lastActiveAt\n${rows.join('\n')}\n` }, ['--activity', 'vpn.csv'])
    expect(stderr.trimEnd().split('\n')).toHaveLength(11)
    expect(stderr).toContain('vpn.csv: and 30 more mistakes\n')
  })
})

describe('an export of a console', () => {
  const webex = registryOf(
    createAcme(() => worlds.acme ?? {}, 'webex'),
    createAcme(() => worlds.acme ?? {}, 'genesys'),
  )
  const providersOf = (...types: readonly string[]) => ({
    registry: webex,
    configuration: { providers: types.map((type) => ({ id: type, type, token: 'sesame' })) },
  })
  const HUB = `First Name,Last Name,Display Name,User ID/Email (Required),Title,Last Service Accessed Time,Days since Last Service Accessed
Ada,L,Ada L,ada@example.com,,${daysAgo(28)} 10:00:00,28
Bob,M,Bob M,bob@example.com,,,
`

  it('of users of Control Hub is about the only provider of its vendor', async () => {
    const options = providersOf('genesys', 'webex')
    const { json, stderr } = await jsonWith(
      { 'users.csv': HUB },
      ['report', '--detail', '--activity', 'users.csv'],
      options,
    )
    expect(stderr).toBe('')
    const active = json.users.map(({ provider, id, activity }: Record<string, unknown>) => [provider, id, activity])
    expect(active).toContainEqual([
      'webex',
      'u1',
      [
        { at: '2024-01-01T00:00:00.000Z', source: 'lastActiveAt' },
        { at: `${daysAgo(28)}T10:00:00.000Z`, source: 'users.csv' },
      ],
    ])
    expect(JSON.stringify(active.filter(([provider]: readonly unknown[]) => provider === 'genesys'))).not.toContain(
      'users.csv',
    )
  })

  it('is about the providers that a column says, where there are several of its vendor', async () => {
    const options = {
      registry: webex,
      configuration: { providers: ['emea', 'us'].map((id) => ({ id, type: 'webex', token: 'sesame' })) },
    }
    expect(await refusalOf({ 'users.csv': HUB }, ['--activity', 'users.csv'], options)).toContain(
      'users.csv: expected a column provider, as these rows may be about several: emea, us',
    )
    const named = HUB.replace('First Name', 'Provider').replace(/^(?:Ada|Bob)/gm, 'us')
    const { json } = await jsonWith({ 'users.csv': named }, ['report', '--detail', '--activity', 'users.csv'], options)
    const told = json.users.filter((user: object) => JSON.stringify(user).includes('users.csv'))
    expect(told).toMatchObject([{ provider: 'us', id: 'u1' }])
  })

  it('of another vendor is refused', async () => {
    expect(await refusalOf({ 'users.csv': HUB }, ['--activity', 'users.csv'], providersOf('genesys'))).toBe(
      'users.csv: this is the list of users of Control Hub, and no provider that is read is of the vendor webex: genesys; ' +
        'leave it out, or add the column provider if these rows are about one of them\n',
    )
  })

  it('of inactive users of Control Hub is read by its days', async () => {
    const files = {
      'inactive.csv': `Name,Email,User ID,License Type,Admin Status,Days since last activity\nAda,ada@example.com,x,Free,No,30\n`,
    }
    const args = ['report', '--detail', '--activity', 'inactive.csv', '--as-of', daysAgo(0)]
    const { json } = await jsonWith(files, args, providersOf('webex'))
    expect(json.users[0].lastActiveAt).toBe(`${daysAgo(30)}T00:00:00.000Z`)
  })

  it('of billable usage of Genesys Cloud is counted user by user, and says who was active', async () => {
    const usage = `Charge,Entity,First Billable Login (UTC)\nBasic,ada@example.com,${daysAgo(20)} 08:00\nBasic,bob@example.com,${daysAgo(9)} 08:00\nBasic,ADA@example.com,${daysAgo(8)}\nPlus,bob@example.com,${daysAgo(9)}\n`
    const args = ['report', '--detail', '--consumed', 'usage.csv', '--activity', 'usage.csv']
    const { json, stderr } = await jsonWith({ 'usage.csv': usage }, args, providersOf('genesys'))
    expect(stderr).toBe('')
    expect(json.licenses).toMatchObject([
      { consumed: { value: 2 }, consumedFrom: { source: 'file', name: 'usage.csv', at: daysAgo(8) } },
      { consumed: { value: 1 } },
    ])
    expect(json.users[0].activity).toContainEqual({
      at: `${daysAgo(8)}T00:00:00.000Z`,
      source: 'usage.csv',
      covers: 'some',
    })
    const unmapped = await jsonWith(
      { 'usage.csv': usage.replace(/^Basic/gm, 'CX 2 (concurrent)') },
      args,
      providersOf('genesys'),
    )
    expect(unmapped.stderr).toContain(
      'genesys: usage.csv: line 2: no license has the product "CX 2 (concurrent)"; map it with "sku" in the configuration',
    )
  })
})

it('a file in another folder is named by its own name, and a result never takes its place', async () => {
  const folder = await newFolder()
  await mkdir(join(folder, 'in'))
  await writeFile(join(folder, 'in/bought.csv'), 'license,purchased\nbasic,5\n')
  const report = ['report', '--purchased', 'in/bought.csv', '--format']
  const { stdout } = await run([...report, 'json'], { folder, worlds })
  expect(JSON.parse(stdout).licenses[0].purchasedFrom).toEqual({ source: 'file', name: 'bought.csv' })
  expect(await run([...report, 'csv', '--output', 'in/bought.csv'], { folder, worlds })).toMatchObject({ code: 2 })
  const { stdout: csv } = await run([...report, 'csv'], { folder, worlds })
  expect(parse(csv, { columns: true, bom: true })[0]).toMatchObject({ id: 'basic', purchased: '5' })
})
