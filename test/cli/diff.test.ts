import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AcmeWorld } from './support/acme.ts'
import { failure } from './support/acme.ts'
import { start } from './support/child.ts'
import { ada, bob, licenses } from './support/people.ts'
import { acmes, newFolder, run } from './support/run.ts'
import { said } from './support/said.ts'

const world = (users: readonly object[]): AcmeWorld => ({ licenses, users: [{ items: users }] })
const before = world([ada, bob])
const after = world([
  { ...ada, licenseIds: ['plus'] },
  bob,
  { id: 'u9', email: 'a|b@example.com', licenseIds: ['basic'] },
])

const priced = (amount: number, purchased = 10) => {
  const [provider] = acmes('acme').providers
  const price = { amount, currency: 'EUR', per: 'seat-month' }
  return { providers: [{ ...provider, licenses: { basic: { purchased, price } } }] }
}

/** A folder with snapshots of these worlds, called 1, 2 and so on. */
const taken = async (...worlds: readonly (AcmeWorld & { readonly configuration?: unknown })[]): Promise<string> => {
  const folder = await newFolder()
  for (const [index, { configuration, ...acme }] of worlds.entries()) {
    await run(['snapshot', '--output', String(index + 1)], {
      folder,
      worlds: { acme },
      ...(configuration === undefined ? {} : { configuration }),
    })
  }
  return folder
}

const diff = (folder: string, ...args: readonly string[]) =>
  run(['diff', '1', '2', ...args], { folder, configuration: null, registry: [] })

describe('seatlens diff', () => {
  it('says what changed, without configuration', async () => {
    const { code, stdout, stderr } = await diff(await taken(before, after))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^From 20\d\d-\d\d-\d\d \d\d:\d\d UTC to 20\d\d-\d\d-\d\d \d\d:\d\d UTC\n/)
    expect(stdout).toMatch(/acme +Basic +changed +10 +1 +2 +1 +1 +0/)
    expect(stdout).toMatch(/out +Ada <ada@example.com> +Basic +acme/)
    expect(stdout).toMatch(/in +a\|b@example.com +Basic +acme/)
    expect(stdout).toContain('unknown: neither snapshot has a price')
  })

  it('has its times in the zone of the user, and in UTC where it is a document', async () => {
    const folder = await taken(before, after)
    const inZone = { folder, configuration: null, registry: [], timeZone: 'Asia/Kolkata' }
    const { stdout } = await run(['diff', '1', '2'], inZone)
    const manifest: { readonly generatedAt: string } = JSON.parse(
      await readFile(join(folder, '1/manifest.json'), 'utf8'),
    )
    expect(stdout).toMatch(/^From 20\d\d-\d\d-\d\d \d\d:\d\d UTC\+5:30 to 20\d\d-\d\d-\d\d \d\d:\d\d UTC\+5:30\n/)
    const local = new Date(Date.parse(manifest.generatedAt) + 330 * 60_000).toISOString()
    expect(stdout).toContain(`From ${local.slice(0, 10)} ${local.slice(11, 16)} UTC+5:30`)
    const { stdout: markdown } = await run(['diff', '1', '2', '--format', 'md'], inZone)
    expect(markdown).toMatch(/^# Licenses from 20\S+ \d\d:\d\d UTC to 20\S+ \d\d:\d\d UTC\n/)
    const { stdout: json } = await run(['diff', '1', '2', '--format', 'json'], inZone)
    expect(json).toContain(manifest.generatedAt)
  })

  it('takes the zone of the machine for that of the user', async () => {
    const { finished } = start(['diff', '1', '2'], await taken(before, after), { TZ: 'Asia/Kolkata' })
    expect((await finished).stdout).toMatch(/^From 20\S+ \d\d:\d\d UTC\+5:30 to /)
  })

  it('tells programs', async () => {
    const { stdout } = await diff(await taken(before, after), '--format', 'json')
    const { schemaVersion, complete, licenses: changed } = JSON.parse(stdout)
    expect({ schemaVersion, complete }).toEqual({ schemaVersion: 1, complete: true })
    expect(changed[0].holders.out).toEqual([{ id: 'u1', name: 'Ada', email: 'ada@example.com' }])
  })

  it('writes Markdown into a file, in which no name is markup', async () => {
    const folder = await taken(before, after)
    const { code, stdout } = await diff(folder, '--format', 'md', '--output', 'changes.md')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    const text = await readFile(join(folder, 'changes.md'), 'utf8')
    expect(text).toMatch(/^# Licenses from /)
    expect(text).toContain('a\\|b')
    expect(text).toContain('| Provider | License | Change |')
  })

  it('tells what everything costs, and splits the change of what can be compared', async () => {
    const folder = await taken(
      { ...before, configuration: priced(1_000) },
      { ...before, configuration: priced(1_250, 12) },
    )
    const { stdout } = await diff(folder)
    expect(stdout).toMatch(/acme +Basic +changed .* EUR 100\.00 → EUR 150\.00 \(\+50\.00\)/)
    expect(stdout).toMatch(/Cost per month\n.*\nacme +≥ EUR 100\.00¹ +≥ EUR 150\.00¹ +unknown\n/)
    expect(stdout).toContain('What the difference is made of\n1 of 3 licenses compared\n')
    expect(stdout).toMatch(/acme +EUR +100\.00 +150\.00 +\+50\.00 +\+20\.00 +\+30\.00 +0\.00/)
    expect(stdout).toContain('not in these amounts: acme: 2 licenses (Plus, Another): no price is configured\n')
  })

  it('tells the difference where all of it is known, with thousands in groups', async () => {
    const world = { ...before, licenses: [{ id: 'basic', name: 'Basic' }], users: [{ items: [bob] }] }
    const folder = await taken(
      { ...world, configuration: priced(1_000_000) },
      { ...world, configuration: priced(1_250_000) },
    )
    const { stdout } = await diff(folder, '--format', 'md')
    expect(stdout).toContain('| acme | EUR 100,000.00 | EUR 125,000.00 | EUR +25,000.00 |')
    expect(stdout).toContain('| acme | EUR | 100,000.00 | 125,000.00 | +25,000.00 | 0.00 | +25,000.00 | 0.00 |')
    expect(stdout).not.toContain('licenses compared')
  })

  it('names every provider and every reason, however many licenses have no price', async () => {
    const many = Array.from({ length: 13 }, (_, index) => ({ id: `l${index}`, name: `License ${index}` }))
    const [one, other] = acmes('one', 'two').providers
    const price = { amount: 100, currency: 'EUR', per: 'seat-month' }
    const purchased = { kind: 'unknown', reason: 'nobody says' } as const
    const configuration = {
      providers: [one, { ...other, licenses: { basic: { purchased: 1, price }, plus: { price } } }],
    }
    const folder = await newFolder()
    for (const output of ['1', '2']) {
      const worlds = {
        one: { licenses: many, users: [] },
        two: {
          licenses: licenses.map((license) => (license.id === 'plus' ? { ...license, purchased } : license)),
          users: [],
        },
      }
      await run(['snapshot', '--output', output], { folder, worlds, configuration })
    }
    const { stdout } = await diff(folder)
    expect(stdout).toContain('one: 13 licenses (License 0, License 1, License 2 and 10 more): no price is configured\n')
    expect(stdout).toContain('not in these amounts: two: Another: no price is configured\n')
    expect(stdout).toContain('not in these amounts: two: Plus: purchased seats unknown: nobody says\n')
    expect(JSON.parse((await diff(folder, '--format', 'json')).stdout).cost.unknown).toHaveLength(15)
  })

  it('says in one line, first, where the snapshots are the other way round', async () => {
    const folder = await taken(before, after)
    const swapped = (...args: readonly string[]) =>
      run(['diff', '2', '1', ...args], { folder, configuration: null, registry: [] })
    const table = await swapped()
    expect(table).toMatchObject({ code: 0, stderr: '' })
    expect(table.stdout).toMatch(/^From .*\nthe first snapshot is the later one\n/)
    expect(table.stdout).toMatch(/in +Ada <ada@example.com> +Basic/)
    expect((await swapped('--format', 'md')).stdout).toMatch(/^# .*\n\nthe first snapshot is the later one\n/)
  })

  it('says so to programs on stderr', async () => {
    const folder = await taken(before, after)
    const json = await run(['diff', '2', '1', '--format', 'json'], { folder, configuration: null, registry: [] })
    expect(said(json.stderr)).toMatch(/^the first snapshot is the later one\n$/)
    expect(JSON.parse(json.stdout).complete).toBe(true)
    expect((await diff(folder, '--format', 'json')).stderr).toBe('')
  })

  it('tells once what came or went of a provider that could not be read', async () => {
    const failing = { licensesFailure: failure('RateLimited'), users: [] }
    const { code, stdout } = await diff(await taken({ licenses, users: [] }, failing))
    expect(code).toBe(5)
    expect(stdout).toContain(
      'acme: unknown whether added or removed: 3 licenses (Basic, Plus, Another): the list of licenses could not be read: RateLimited it is\n',
    )
  })

  it('exits with 5 where it cannot tell everything, and says what', async () => {
    const failing = { ...after, usersFailure: failure('RateLimited') }
    const { code, stdout } = await diff(await taken(before, failing))
    expect(code).toBe(5)
    expect(stdout).toContain('This comparison is not complete')
    expect(stdout).toMatch(/unknown whether out +Ada <ada@example.com> +Basic/)
  })

  it('says first of each snapshot which list of which provider was not whole, and why', async () => {
    const torn = { licenses, users: [{ items: [ada], gaps: [{ what: 'page 2', reason: 'it was torn' }] }] }
    const failing = { failure: failure('RateLimited') }
    const [one, other] = acmes('acme', 'other').providers
    const folder = await newFolder()
    const configuration = { providers: [one, other] }
    const worlds = [
      { acme: torn, other: before },
      { acme: before, other: failing },
    ]
    for (const [index, of] of worlds.entries()) {
      await run(['snapshot', '--output', String(index + 1)], { folder, worlds: of, configuration })
    }
    const { code, stdout } = await diff(folder)
    expect(code).toBe(5)
    expect(
      stdout
        .replace(/20\S+ \d\d:\d\d UTC/g, 'TIME')
        .split('\n')
        .slice(2, 5),
    ).toEqual([
      'This comparison is not complete',
      'the first snapshot, of TIME: acme (partial): the list of users lacks page 2: it was torn',
      'the second snapshot, of TIME: other (failed): RateLimited it is (GET /seats, status 401, correlation id c-1)',
    ])
    expect((await diff(folder, '--format', 'md')).stdout).toContain(
      'acme (partial): the list of users lacks page 2: it was torn',
    )
    expect(JSON.parse((await diff(folder, '--format', 'json')).stdout)).toMatchObject({
      before: {
        providers: [{ id: 'acme', status: 'partial', problems: ['the list of users lacks page 2: it was torn'] }, {}],
      },
      after: { providers: [{ status: 'complete', problems: [] }, { status: 'failed' }] },
    })
  })

  it('lists who came and left first, and counts by license of whom that cannot be told', async () => {
    const many = Array.from({ length: 570 }, (_, index) => ({ id: `m${index}`, licenseIds: ['basic'] }))
    const configuration = acmes('bad', 'well')
    const folder = await newFolder()
    const worlds = [
      { bad: world(many), well: before },
      { bad: { failure: failure('RateLimited') }, well: after },
    ]
    for (const [index, of] of worlds.entries()) {
      await run(['snapshot', '--output', String(index + 1)], { folder, worlds: of, configuration })
    }
    const { stdout } = await diff(folder)
    const [, holders = ''] = stdout.split('\nHolders\n')
    const lines = (holders.split('\n\n')[0] ?? '').trimEnd().split('\n')
    expect(lines).toHaveLength(5)
    expect(lines[0]).toBe('holders who may have come or left are counted for each license; --format json names them')
    expect(lines[2]).toMatch(/^in +a\|b@example.com +Basic +well$/)
    expect(lines[3]).toMatch(/^out +Ada <ada@example.com> +Basic +well$/)
    expect(lines[4]).toMatch(
      /^unknown whether out +570 people +Basic +bad +the list of users could not be read: RateLimited it is$/,
    )
    const json = JSON.parse((await diff(folder, '--format', 'json')).stdout)
    expect(json.licenses[0].holders.undecided).toHaveLength(570)
  })

  it('shows what changed before that of which it cannot be told, and why a number is not there', async () => {
    const configuration = acmes('bad', 'well')
    const folder = await newFolder()
    const worlds = [
      { bad: world([]), well: { licenses: [...licenses, { id: 'old', name: 'Old' }], users: [{ items: [] }] } },
      {
        bad: { failure: failure('RateLimited') },
        well: { licenses: [{ id: 'new', name: 'New' }], users: [{ items: [] }] },
      },
    ]
    for (const [index, of] of worlds.entries()) {
      await run(['snapshot', '--output', String(index + 1)], { folder, worlds: of, configuration })
    }
    const { stdout } = await diff(folder)
    expect(stdout).toContain('Licenses\nno license is as before\n')
    expect(stdout).toMatch(/well +New +added +– → 10 \(\+10\)/)
    expect(stdout).toMatch(/well +Old +removed +10 → – \(-10\)/)
    expect(stdout).toMatch(/bad +Basic +unknown +10 → unknown¹ +1 → unknown¹/)
    expect(stdout.indexOf('removed')).toBeLessThan(stdout.indexOf('unknown  '))
    expect(stdout).toContain('\n¹ the list of licenses could not be read: RateLimited it is\n')
    expect((await diff(folder, '--format', 'md')).stdout).toContain(
      '\n\n¹ the list of licenses could not be read: RateLimited it is  \n',
    )
  })

  it('refuses snapshots of other organizations, in one line', async () => {
    const folder = await taken(before)
    await run(['snapshot', '--output', '2'], { folder, configuration: acmes('other') })
    expect(await diff(folder)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: '1, 2: the snapshots are of different organizations: one has acme, the other has other\n',
    })
  })

  it('refuses a snapshot that was changed', async () => {
    const folder = await taken(before, after)
    await writeFile(join(folder, '2', 'acme.users.ndjson'), '')
    const { code, stderr } = await diff(folder)
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: '2: cannot be used as a snapshot: acme.users.ndjson: it was changed after the snapshot was made\n',
    })
  })
})
