import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { known } from '../../src/index.ts'
import { type AcmeWorld, failure } from './support/acme.ts'
import { acmes, newFolder, run } from './support/run.ts'

/** A world in which so many of ten seats are in use. */
const used = (seats: number, name = 'Basic'): AcmeWorld => ({
  licenses: [
    { id: 'basic', name, consumed: known(seats) },
    { id: 'free', purchased: { kind: 'notApplicable' } },
  ],
  users: [{ items: [] }],
})
/** A page of the users is missing. */
const torn: AcmeWorld = {
  licenses: [{ id: 'basic', name: 'Basic', consumed: known(6) }],
  users: [{ items: [], gaps: [{ what: 'page 2', reason: 'it was torn' }] }],
}
const failing: AcmeWorld = { licensesFailure: failure('RateLimited'), users: [{ items: [] }] }

/** A folder `kept` with a snapshot of each world, in their order. */
const kept = async (...worlds: readonly AcmeWorld[]): Promise<string> => {
  const folder = await newFolder()
  await mkdir(join(folder, 'kept'))
  for (const [index, acme] of worlds.entries()) {
    await run(['snapshot', '--output', `kept/${index + 1}`], { folder, worlds: { acme } })
  }
  return folder
}

const trend = (folder: string, ...args: readonly string[]) =>
  run(['trend', 'kept', ...args], { folder, configuration: null, registry: [] })

describe('seatlens trend', () => {
  it('draws what was used, oldest first', async () => {
    const { code, stdout, stderr } = await trend(await kept(used(1), used(5), used(10), used(12)))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^4 snapshots from 20\d\d-\d\d-\d\d \d\d:\d\d UTC to 20\d\d-\d\d-\d\d \d\d:\d\d UTC\n/)
    expect(stdout).toMatch(/acme +Basic +▁▄██ +120% +\+110\n/)
    expect(stdout).toContain('Utilization not applicable: 1 license\n')
    expect(stdout).not.toContain('Utilization unknown')
  })

  it('keeps apart what is not known, what has no limit, and what has nothing to be a part of', async () => {
    const world = (of: AcmeWorld['licenses']): AcmeWorld => ({ licenses: of ?? [], users: [{ items: [] }] })
    const unknown = { kind: 'unknown', reason: 'nobody says' } as const
    const folder = await kept(
      world([
        { id: 'basic', name: 'Basic', consumed: known(5) },
        { id: 'boundless', purchased: { kind: 'unlimited' } },
        { id: 'free', purchased: { kind: 'notApplicable' } },
        { id: 'dark', purchased: unknown },
      ]),
      world([{ id: 'basic', name: 'Basic', purchased: { kind: 'unlimited' } }]),
      world([{ id: 'basic', name: 'Basic', purchased: { kind: 'notApplicable' } }]),
      world([{ id: 'basic', name: 'Basic', purchased: unknown }]),
      world([]),
    )
    const { stdout } = await trend(folder)
    expect(stdout).toMatch(/acme +Basic +▄∞–·× +×\n/)
    expect(stdout).toContain(
      '· is unknown, ∞ is unlimited, – is not applicable, × is not in the snapshot; Change is in percentage points\n' +
        '\nUtilization unknown: 1 license\n  acme: dark: nobody says\n' +
        '\nUnlimited: 1 license\n  acme: boundless\n' +
        '\nUtilization not applicable: 1 license\n  acme: free\n',
    )
  })

  it('names every license where nothing can be drawn, and has no legend of a table that is not there', async () => {
    const unknown = { kind: 'unknown', reason: 'nobody says' } as const
    const licenses = ['b', 'a'].map((id) => ({ id, purchased: unknown }))
    const { stdout } = await trend(await kept({ licenses, users: [{ items: [] }] }))
    expect(stdout).toContain('\nUtilization unknown: 2 licenses\n  acme: b, a: nobody says\n')
    expect(stdout).not.toContain('Change is in')
  })

  it('says of a license to which utilization does not apply no less where its provider failed later', async () => {
    const { stdout } = await trend(await kept(used(5), failing))
    expect(stdout).toContain('Utilization not applicable: 1 license\n')
    expect(stdout).not.toContain('Utilization unknown')
  })

  it('counts on the page as not known only what nobody knows', async () => {
    const free = Array.from({ length: 12 }, (_, index) => ({
      id: `free${index}`,
      purchased: { kind: 'notApplicable' } as const,
    }))
    const licenses = [...free, { id: 'boundless', purchased: { kind: 'unlimited' } as const }, { consumed: known(5) }]
    const { stdout: page } = await trend(await kept({ licenses, users: [{ items: [] }] }), '--format', 'html')
    const figures = [...page.matchAll(/<dt>([^<]*)<\/dt><dd class="value ?[^"]*">([^<]*)</g)].map(([, dt, dd]) => [
      dt,
      dd,
    ])
    expect(figures).toEqual([
      ['Above 100%', '0'],
      ['From 90% to 100%', '0'],
      ['Below 90%', '1'],
      ['Unlimited', '1'],
      ['Not applicable', '12'],
      ['Unknown', '0'],
    ])
    expect(page).toContain('<h3>Utilization not applicable</h3>')
    expect(page).toContain('<h3>Unlimited</h3>')
    expect(page).not.toContain('<h3>Utilization unknown</h3>')
  })

  it('leaves a gap where nothing is known, and does not draw nothing', async () => {
    const { code, stdout } = await trend(await kept(used(5), failing, used(0)))
    expect(code).toBe(5)
    expect(stdout).toMatch(/acme +Basic +▄·▁ +0% +-50\n/)
  })

  it('fits the width of the terminal', async () => {
    const folder = await kept(...Array.from({ length: 20 }, (_, index) => used(index % 10)))
    const { stdout } = await run(['trend', 'kept'], {
      folder,
      configuration: null,
      registry: [],
      stdout: { columns: 60 },
      variables: { NO_COLOR: '1' },
    })
    for (const line of stdout.split('\n').slice(2, 4)) expect(line.length).toBeLessThanOrEqual(60)
    expect(stdout).toMatch(/Basic +[▁▂▃▄▅▆▇█]{16} /)
  })

  it('counts a snapshot once, however many names and copies it has, under the name of its folder', async () => {
    const folder = await kept(used(1), used(5))
    await symlink('2', join(folder, 'kept/0-latest'))
    await symlink('1', join(folder, 'kept/oldest'))
    await cp(join(folder, 'kept/1'), join(folder, 'kept/copy of 1'), { recursive: true })
    const { code, stdout, stderr } = await trend(folder, '--format', 'json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout).snapshots.map((one: { readonly name: string }) => one.name)).toEqual(['1', '2'])
  })

  it('tells programs and spreadsheets', async () => {
    const folder = await kept(used(5), failing)
    const json = JSON.parse((await trend(folder, '--format', 'json')).stdout)
    expect(json).toMatchObject({
      schemaVersion: 1,
      complete: false,
      snapshots: [{ name: '1' }, { name: '2', complete: false }],
    })
    expect(json.licenses[0].points).toMatchObject([{ snapshot: 0, utilization: { value: 0.5 } }])
    const [headings, first] = (await trend(folder, '--format', 'csv')).stdout.split('\r\n')
    expect(headings).toMatch(/^generatedAt,snapshot,provider,id,name,purchased,purchasedNote,/)
    expect(headings).toMatch(/,utilization,utilizationNote,snapshotStatus,providerStatus,problem$/)
    expect(first).toMatch(/^20\S+Z,1,acme,basic,Basic,10,,5,,0,,0\.5,,complete,complete,$/)
  })

  it('tells spreadsheets of each row whether it is whole, and of everything of which there would be no row', async () => {
    const folder = await kept(used(5), failing, torn, used(6))
    await writeFile(join(folder, 'kept/4/acme.users.ndjson'), 'x')
    const { code, stdout, stderr } = await trend(folder, '--format', 'csv')
    expect({ code, stderr }).toEqual({ code: 5, stderr: '' })
    const [headings = [], ...rows]: readonly (readonly string[])[] = parse(stdout)
    const of = (row: readonly string[], ...names: readonly string[]) => names.map((name) => row[headings.indexOf(name)])
    expect(rows.map((row) => of(row, 'snapshot', 'id', 'snapshotStatus', 'providerStatus', 'problem'))).toEqual([
      ['4', '', 'damaged', '', 'acme.users.ndjson: it was changed after the snapshot was made'],
      ['1', 'basic', 'complete', 'complete', ''],
      ['1', 'free', 'complete', 'complete', ''],
      [
        '2',
        '',
        'partial',
        'partial',
        'the list of licenses could not be read: RateLimited it is (GET /seats, status 401, correlation id c-1)',
      ],
      ['3', 'basic', 'partial', 'partial', 'the list of users lacks page 2: it was torn'],
    ])
  })

  it.each([
    ['table', undefined],
    ['table', 60],
  ])('says first in a %s what cannot be used, what is missing and why (columns: %s)', async (_, columns) => {
    const folder = await kept(used(5), failing, torn, used(6))
    await writeFile(join(folder, 'kept/4/acme.users.ndjson'), 'x')
    const { code, stdout, stderr } = await run(['trend', 'kept'], {
      folder,
      configuration: null,
      registry: [],
      stdout: { columns },
      variables: { NO_COLOR: '1' },
    })
    expect({ code, stderr }).toEqual({ code: 5, stderr: '' })
    const [quality = ''] = stdout.split('\n\n')
    for (const line of quality.split('\n')) expect(line.length).toBeLessThanOrEqual(columns ?? 160)
    expect(
      stdout
        .replace(/20\S+ \d\d:\d\d UTC/g, 'TIME')
        // In a terminal, what is longer than a line goes on in the next one.
        .replace(/\n {4}/g, ' ')
        .split('\n')
        .slice(0, 6),
    ).toEqual([
      'This trend is not complete:',
      '  4 is left out, as it cannot be used as a snapshot: acme.users.ndjson: it was changed after the snapshot was made',
      '  2 of TIME: acme (partial): the list of licenses could not be read: RateLimited it is (GET /seats, status 401, correlation id c-1)',
      '  3 of TIME: acme (partial): the list of users lacks page 2: it was torn',
      '',
      '3 snapshots from TIME to TIME',
    ])
  })

  it('never shows on its page as none what the last snapshot could not read', async () => {
    const cardsOf = async (...snapshots: readonly AcmeWorld[]) => {
      const folder = await kept(...snapshots)
      const { stdout } = await run(['trend', 'kept', '--format', 'html'], { folder, configuration: null, registry: [] })
      return [...stdout.matchAll(/<dt>([^<]*)<\/dt><dd class="value [^"]*">([^<]*)</g)].map(([, label, value]) => [
        label,
        value,
      ])
    }
    expect(await cardsOf(used(5))).toContainEqual(['Above 100%', '0'])
    expect(await cardsOf(used(5), failing)).toContainEqual(['Above 100%', 'unknown'])
    expect(await cardsOf(used(5))).toContainEqual(['Unknown', '0'])
    expect(await cardsOf(used(5), failing)).toContainEqual(['Unknown', '≥ 2'])
    const folder = await newFolder()
    await mkdir(join(folder, 'kept'))
    await run(['snapshot', '--output', 'kept/1'], {
      folder,
      configuration: acmes('acme', 'down'),
      worlds: { acme: { licenses: [{ id: 'basic', consumed: known(5) }], users: [{ items: [] }] }, down: failing },
    })
    const { stdout: beside } = await trend(folder, '--format', 'html')
    expect(beside).toMatch(
      /<dt>Unknown<\/dt><dd class="value ">unknown<\/dd><dd class="note">the snapshot is not complete</,
    )
    expect(beside.slice(beside.indexOf('id="snapshots"'))).toContain('<td class="number">≥ 1</td>')
    const { stdout: page } = await trend(await kept(used(5), failing), '--format', 'html')
    expect(page).not.toContain('all utilization is known')
    expect(page.slice(page.indexOf('id="snapshots"'))).toContain('<td class="number">unknown</td>')
  })

  it('says in JSON how each provider had been read', async () => {
    const { stdout } = await trend(await kept(used(5), torn), '--format', 'json')
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      complete: false,
      snapshots: [
        { complete: true, providers: [{ id: 'acme', status: 'complete', problems: [] }] },
        {
          complete: false,
          providers: [
            {
              id: 'acme',
              displayName: 'Acme Seats',
              status: 'partial',
              problems: ['the list of users lacks page 2: it was torn'],
            },
          ],
        },
      ],
    })
  })

  it('says nothing of quality where there is nothing to say', async () => {
    const folder = await kept(used(5), used(6))
    for (const format of ['table', 'html']) {
      const { code, stdout } = await trend(folder, '--format', format)
      expect(code).toBe(0)
      expect(stdout).not.toContain('not complete')
    }
  })

  it('does not pass off as a whole what it was interrupted in', async () => {
    const folder = await kept(used(5), used(6))
    const { code, stdout, stderr } = await run(['trend', 'kept'], {
      folder,
      configuration: null,
      registry: [],
      onStart: (interrupt) => interrupt(),
    })
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
    expect(stderr).toContain('1: cannot be used as a snapshot: the run was interrupted before it was read\n')
  })

  it('makes one page that loads nothing and runs nothing, with the figures behind each chart', async () => {
    const evil = '<img src=x onerror=alert(1)>&"'
    const folder = await kept(used(5, evil), failing, used(11, evil))
    const { code } = await trend(folder, '--format', 'html', '--output', 'trend.html')
    expect(code).toBe(5)
    const page = await readFile(join(folder, 'trend.html'), 'utf8')
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? []
    const hash = createHash('sha256').update(style).digest('base64')
    expect(page).toContain('default-src &#39;none&#39;; style-src &#39;sha256-')
    expect(page).toContain(hash)
    expect(page).not.toMatch(/<script|<img|https?:|style="|\son\w+=(?!alert)/)
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&amp;&quot;')
    // One piece of line on either side of the gap.
    expect(page.match(/<path class="path" d="M[^L"]*M[^L"]*"/g)).toHaveLength(1)
    expect(page).toContain('unknown in 1')
    expect(page).toContain('<td colspan="4" class="unknown">unknown</td>')
    expect(page).toMatch(/<th scope="row">/)
  })

  it('names damaged snapshots and shows the others', async () => {
    const folder = await kept(used(5), used(6), used(7))
    await writeFile(join(folder, 'kept/2/acme.users.ndjson'), 'x')
    await rm(join(folder, 'kept/3/manifest.json'))
    await mkdir(join(folder, 'kept/notes'))
    await mkdir(join(folder, 'kept/.4.tmp'))
    const { code, stdout, stderr } = await trend(folder)
    expect({ code, stderr }).toEqual({ code: 5, stderr: '' })
    expect(stdout).toContain(
      '  3 is left out, as it cannot be used as a snapshot: manifest.json: there is no such file\n\n1 snapshot from ',
    )
    const { stdout: page } = await trend(folder, '--format', 'html')
    expect(page.indexOf('2 snapshots left out')).toBeLessThan(
      page.indexOf('Licenses by utilization in the last snapshot'),
    )
    expect(page).toContain('<strong><bdi>2</bdi></strong>: acme.users.ndjson: it was changed after')
  })

  it('says why there is nothing to draw where no snapshot can be used', async () => {
    const folder = await kept(used(5))
    await writeFile(join(folder, 'kept/1/manifest.json'), '{}')
    expect(await trend(folder)).toMatchObject({
      code: 2,
      stdout: '',
      stderr:
        '1: cannot be used as a snapshot: manifest.json: it was changed or damaged after it was sealed; use another copy of the snapshot, or take a new one\n',
    })
  })

  it('says that there is nothing to draw', async () => {
    const folder = await kept()
    expect(await trend(folder)).toMatchObject({
      code: 2,
      stderr: 'kept: expected a folder of snapshots: there is none in it\n',
    })
    await rm(join(folder, 'kept'), { recursive: true })
    expect((await trend(folder)).stderr).toBe('kept: expected a folder of snapshots: there is no such folder\n')
  })
})

describe('a snapshot that is absurd', () => {
  const manifest = (deep: number) => `{"hash":"sha256:0","deep":${'['.repeat(deep)}${']'.repeat(deep)}}`

  it('is one damaged snapshot among the others, and ends nothing', async () => {
    const folder = await kept(used(1), used(2), used(3), used(4), used(5), used(6))
    const at = (name: string) => join(folder, 'kept', name)
    await writeFile(at('2/manifest.json'), manifest(20_000))
    await rm(at('3/manifest.json'))
    await mkdir(at('3/manifest.json'))
    // Five gigabytes, of which the disk has none.
    await truncate(at('4/manifest.json'), 5e9)
    await truncate(at('5/acme.users.ndjson'), 5e9)
    const { code, stdout } = await trend(folder, '--format', 'json')
    expect(code).toBe(5)
    const { snapshots, damaged } = JSON.parse(stdout)
    expect(snapshots.map(({ name }: { readonly name: string }) => name)).toEqual(['1', '6'])
    expect(damaged.map(({ name }: { readonly name: string }) => name)).toEqual(['2', '3', '4', '5'])
    for (const name of ['2', '3', '4', '5']) {
      const refused = { code: 2, stderr: new RegExp(`^kept/${name}: cannot be used as a snapshot: .+\n$`) }
      const offline = { folder, configuration: null, registry: [] }
      expect(await run(['diff', 'kept/1', `kept/${name}`], offline)).toMatchObject(refused)
      expect(await run(['report', '--from', `kept/${name}`], offline)).toMatchObject(refused)
    }
  })
})
