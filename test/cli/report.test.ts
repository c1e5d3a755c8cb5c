import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { known, notApplicable, unknown, unlimited } from '../../src/model/count.ts'
import { failure } from './support/acme.ts'
import { acmes, newFolder, run } from './support/run.ts'
import { said } from './support/said.ts'

const people = (count: number, licenseIds = ['basic']) => ({
  items: Array.from({ length: count }, (_, index) => ({ id: `u${index}`, email: `u${index}@example.com`, licenseIds })),
})

describe('seatlens report --format json', () => {
  it('prints the report and nothing else', async () => {
    const { code, stdout, stderr } = await run(['report', '--format', 'json'])
    expect(code).toBe(0)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, complete: true, providers: [{ id: 'acme' }] })
    expect(stdout).toBe(`${JSON.stringify(JSON.parse(stdout), null, 2)}\n`)
  })

  it('has the data of the others when one provider fails, and says why on stderr', async () => {
    const { code, stdout, stderr } = await run(['report', '--format', 'json'], {
      configuration: acmes('good', 'bad'),
      worlds: { bad: { failure: failure('AuthenticationFailed', 'bad') } },
    })
    const report = JSON.parse(stdout)
    expect(code).toBe(5)
    expect(report.providers).toMatchObject([{ status: 'complete' }, { status: 'failed' }])
    expect(report.licenses).toMatchObject([{ provider: 'good', assigned: { kind: 'known', value: 1 } }])
    expect(said(stderr)).toBe('bad: AuthenticationFailed it is (GET /seats, status 401, correlation id c-1)\n')
  })

  it.each([
    ['AuthenticationFailed', 4],
    ['RateLimited', 7],
    ['DeadlineExceeded', 7],
  ] as const)('exits when every provider failed by %s with %i', async (tag, code) => {
    const world = { failure: failure(tag) }
    expect((await run(['report'], { configuration: acmes('a', 'b'), worlds: { a: world, b: world } })).code).toBe(code)
  })
})

describe('seatlens report --provider', () => {
  it('reads only those asked for, in the order of the configuration', async () => {
    const { stdout } = await run(['report', '--format', 'json', '--provider', 'c', '--provider', 'a'], {
      configuration: acmes('a', 'b', 'c'),
    })
    expect(JSON.parse(stdout).providers.map(({ id }: { id: string }) => id)).toEqual(['a', 'c'])
  })

  it('lists the known ones when asked for another', async () => {
    const { code, stdout, stderr } = await run(['report', '--provider', 'z'], { configuration: acmes('a', 'b') })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe('--provider: expected one of a, b, found "z"\n')
  })
})

describe('seatlens report --output', () => {
  it('writes a file that only its owner can read, and nothing to stdout', async () => {
    const { code, stdout, folder } = await run(['report', '--format', 'csv', '--output', 'report.csv'])
    const file = join(folder, 'report.csv')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readFile(file, 'utf8')).toMatch(/^\ufeffprovider,/)
    expect(await readdir(folder)).toEqual(['report.csv', 'seatlens.json'])
  })

  it('replaces what was there as a whole, and keeps to 0600 whatever it was', async () => {
    const folder = await newFolder()
    const file = join(folder, 'report.json')
    await writeFile(file, 'x'.repeat(100_000))
    await chmod(file, 0o644)
    await run(['report', '--format', 'json', '--output', 'report.json'], { folder })
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ schemaVersion: 1 })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('follows a symbolic link rather than replacing it', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'target'), '')
    await symlink('target', join(folder, 'link'))
    await run(['report', '--format', 'json', '--output', 'link'], { folder })
    expect(JSON.parse(await readFile(join(folder, 'target'), 'utf8'))).toMatchObject({ schemaVersion: 1 })
  })

  const old = 'the report of yesterday'
  const rerun = async (options: Parameters<typeof run>[1]) => {
    const folder = await newFolder()
    const file = join(folder, 'report.json')
    await writeFile(file, old)
    const result = await run(['report', '--format', 'json', '--output', 'report.json'], { ...options, folder })
    expect(await readdir(folder)).toEqual(['report.json', 'seatlens.json'])
    return { ...result, content: await readFile(file, 'utf8') }
  }

  it('leaves what was there when it is interrupted, and says so', async () => {
    let interrupt = () => {}
    const { code, stdout, stderr, content } = await rerun({
      worlds: { acme: { hangs: true, onHang: () => interrupt() } },
      onStart: (stop) => {
        interrupt = stop
      },
    })
    expect({ code, stdout, content }).toEqual({ code: 130, stdout: '', content: old })
    expect(said(stderr)).toContain('--output: report.json is as it was before: the run was interrupted\n')
  })

  it.each([
    ['AuthenticationFailed', 4],
    ['RateLimited', 7],
    ['NotFound', 5],
  ] as const)('leaves what was there when every provider failed by %s, and says so', async (tag, code) => {
    const world = { failure: failure(tag) }
    const result = await rerun({ configuration: acmes('a', 'b'), worlds: { a: world, b: world } })
    expect(result).toMatchObject({ code, stdout: '', content: old })
    expect(said(result.stderr)).toContain('--output: report.json is as it was before: every provider failed\n')
  })

  it('replaces what was there by what could be read of some', async () => {
    const world = { failure: failure('AuthenticationFailed') }
    const { code, stderr, content } = await rerun({ configuration: acmes('good', 'bad'), worlds: { bad: world } })
    expect(code).toBe(5)
    expect(JSON.parse(content)).toMatchObject({ complete: false, providers: [{ status: 'complete' }, {}] })
    expect(stderr).not.toContain('--output')
  })

  it('says in its help when it leaves what was there', async () => {
    expect((await run(['report', '--help'])).stdout).toContain('leave the file as it was')
  })

  it('has no colors, even when the command runs in a terminal', async () => {
    const { folder } = await run(['report', '--output', 'report.txt'], { stdout: { columns: 80 } })
    expect(await readFile(join(folder, 'report.txt'), 'utf8')).not.toContain('\u001b')
  })

  it.each(['nowhere/report.csv', 'folder', '/dev/null'])('refuses %s before anything is read', async (output) => {
    const folder = await newFolder()
    await mkdir(join(folder, 'folder'))
    let pages = 0
    const worlds = { acme: { onPage: () => pages++ } }
    const { code, stderr } = await run(['report', '--output', output], { folder, worlds })
    expect({ code, pages }).toEqual({ code: 2, pages: 0 })
    expect(stderr).toMatch(/^--output: cannot write .+\n$/)
  })
})

describe('seatlens report --format csv', () => {
  const csvOf = async (options: Parameters<typeof run>[1]) => {
    const { stdout } = await run(['report', '--format', 'csv'], options)
    const [headings = '', ...rows] = stdout.trimEnd().split('\r\n')
    return { headings, rows }
  }

  it('has stable columns', async () => {
    const { headings } = await csvOf({})
    expect(headings).toBe(
      'provider,providerStatus,id,name,productCode,metric,subscriptionId,siteUrl,purchased,purchasedNote,consumed,' +
        'consumedNote,assigned,assignedNote,available,availableNote,utilization,utilizationNote,discrepancy,' +
        'purchasedSource,purchasedSourceName,purchasedAsOf,consumedSource,consumedSourceName,consumedAsOf,' +
        'billingPeriodStart,billingPeriodEnd,billingPeriodStatus,committedPrice,overagePrice,termStart,termEnd,' +
        'noticeDays,noticeDay,boughtOnly,overridden,services',
    )
  })

  it('never lets unknown, unlimited or not applicable look like a number or like each other', async () => {
    const licenses = [
      { id: 'a', purchased: unlimited, consumed: unknown('the vendor does not say', 3) },
      { id: 'b', purchased: notApplicable, consumed: unknown('not told') },
      { id: 'c', purchased: known(0), consumed: known(5) },
    ]
    const { rows } = await csvOf({ worlds: { acme: { licenses, users: [{ items: [] }] } } })
    // Nothing is told by a contract, a bill, a file or the configuration.
    expect(rows.map((row) => row.replace(/,{18}$/, ''))).toEqual([
      'acme,complete,a,a,,named,,,unlimited,,,"unknown, at least 3: the vendor does not say",0,,unlimited,,,not applicable,',
      'acme,complete,b,b,,named,,,,not applicable,,unknown: not told,0,,,not applicable,,not applicable,',
      'acme,complete,c,c,,named,,,0,,5,,0,,-5,,,not applicable,5',
    ])
  })

  it('has a row for a provider that failed, so that its absence is not taken for nothing', async () => {
    const { rows } = await csvOf({ worlds: { acme: { failure: failure('AuthenticationFailed') } } })
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatch(/^acme,failed,,,,,,,,unknown: AuthenticationFailed it is,/)
  })

  it('keeps a spreadsheet from running what a vendor wrote', async () => {
    const { rows } = await csvOf({ worlds: { acme: { licenses: [{ name: '=HYPERLINK("http://evil")' }] } } })
    expect(rows[0]).toContain(`"'=HYPERLINK(""http://evil"")"`)
  })
})

describe('CSV in a terminal', () => {
  const options = {
    worlds: { acme: { licenses: [{ id: 'basic', name: '\u001b]0;Evil\u0007' }], users: [people(1)] } },
    variables: { NO_COLOR: '1' },
  }

  it.each(['report', 'report --by user', 'report --by assignment', 'licenses'])(
    'is harmless when %s prints it, and has every character in a pipe',
    async (command) => {
      const csv = async (stdout: { readonly columns?: number }) =>
        (await run([...command.split(' '), '--format', 'csv'], { ...options, stdout })).stdout
      expect(await csv({ columns: 80 })).toContain('␛]0;Evil␇')
      for (const active of ['\u0007', '\u001b']) expect(await csv({ columns: 80 })).not.toContain(active)
      expect(await csv({})).toContain('\u001b]0;Evil\u0007')
    },
  )
})

describe('seatlens report in a terminal', () => {
  const licenses = [
    { id: 'basic', name: 'Basic', productCode: 'B', purchased: known(1_000), consumed: known(412) },
    { id: 'over', name: 'Over', purchased: known(2), consumed: known(5) },
    { id: 'free', name: 'Free', purchased: unlimited, consumed: unknown('the vendor does not count') },
    { id: 'gift', name: 'Gift', purchased: notApplicable, consumed: notApplicable },
  ]
  const world = { licenses, users: [people(400)] }
  const terminal = { worlds: { acme: world }, stdout: { columns: 80 }, variables: { TERM: 'xterm' } }
  const inTerminal = (options: Parameters<typeof run>[1] = {}) => run(['report'], { ...terminal, ...options })

  it('has a table for each provider, then the people', async () => {
    const { stdout } = await run(['report'], { worlds: { acme: world } })
    expect(stdout.replace(/^As of .*\n\n/, '')).toBe(`Acme Seats (acme) · complete · 400 licensed users
License  Product  Purchased  Consumed  Assigned  Available  Utilization
Basic    B            1,000      412¹       400        588  ████░░░░░░  41%
Over                      2        5¹         0         -3  ██████████ 250%
Free              unlimited  unknown²         0  unlimited  –
Gift                      –         –         0          –  –
¹ the vendor's count of users differs from its list of holders; the count may lag
² the vendor does not count

People
With a license          People
in total                   400
in several providers         0
without e-mail address       0
external                     0
`)
  })

  it('colors what is over in red', async () => {
    const { stdout } = await inTerminal()
    expect(stdout).toContain('\u001b[31m-3\u001b[39m')
  })

  it.each([
    ['NO_COLOR is set', { stdout: { columns: 80 }, variables: { NO_COLOR: '1' } }],
    ['the terminal is dumb', { stdout: { columns: 80 }, variables: { TERM: 'dumb' } }],
    ['it is a pipe', { stdout: {} }],
    ['FORCE_COLOR is 0', { stdout: { columns: 80 }, variables: { FORCE_COLOR: '0' } }],
    ['NO_COLOR and FORCE_COLOR are set', { stdout: {}, variables: { NO_COLOR: '1', FORCE_COLOR: '1' } }],
  ])('has no colors when %s', async (_, options) => {
    expect((await inTerminal(options)).stdout).not.toContain('\u001b')
  })

  it.each([
    ['a pipe', { stdout: {}, variables: { FORCE_COLOR: '1' } }],
    ['a dumb terminal', { stdout: { columns: 80 }, variables: { FORCE_COLOR: 'true', TERM: 'dumb' } }],
  ])('has colors in %s when FORCE_COLOR is set', async (_, options) => {
    expect((await inTerminal(options)).stdout).toContain('\u001b[31m-3\u001b[39m')
  })

  it('keeps to 80 columns and shortens names for it', async () => {
    const name = 'Genesys Cloud CX 3 Digital Add-on II with a very long name indeed'
    const { stdout } = await inTerminal({
      worlds: { acme: { licenses: [{ name, productCode: 'CLOUD-CX3-DIGITAL-ADD-ON', purchased: known(1_234_567) }] } },
      variables: { NO_COLOR: '1' },
    })
    const table = stdout.split('\n').filter((line) => !line.startsWith('Acme'))
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(80)
    // What tells names apart may be at their ends.
    expect(stdout).toMatch(/^Genesys.*…[\w ]*indeed /m)
    expect(stdout).toContain('1,234,567')
  })

  it('shows names as a whole in a pipe', async () => {
    const name = 'x'.repeat(300)
    expect((await run(['report'], { worlds: { acme: { licenses: [{ name }] } } })).stdout).toContain(name)
  })

  it('keeps columns together where names are in scripts of double width', async () => {
    const wide = [
      { id: 'w', name: '許可証プロ' },
      { id: 'n', name: 'narrow' },
    ]
    const { stdout } = await run(['report'], { worlds: { acme: { licenses: wide } } })
    expect(stdout).toContain('許可証プロ         10')
    expect(stdout).toContain('narrow             10')
  })

  it('shows what a vendor hid in a name and does not obey it', async () => {
    const { stdout } = await inTerminal({
      worlds: { acme: { licenses: [{ name: '\u001b[2J\u202egnp\r\nEvil' }] } },
      variables: { NO_COLOR: '1' },
      stdout: { columns: 120 },
    })
    expect(stdout).not.toContain('\u001b')
    expect(stdout).toContain('␛[2J<U+202E>gnp␍␊Evil')
  })

  it('says first what is missing and why, and does not repeat it on stderr', async () => {
    const { code, stdout, stderr } = await inTerminal({
      configuration: acmes('good', 'bad', 'half'),
      worlds: {
        bad: { failure: failure('AuthenticationFailed', 'bad') },
        half: { users: [{ items: [{}], gaps: [{ what: 'page 2', reason: 'it was not JSON' }] }] },
      },
      variables: { NO_COLOR: '1' },
    })
    expect(code).toBe(5)
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      'This report is not complete:',
      '  bad: AuthenticationFailed it is (GET /seats, status 401, correlation id c-1)',
      '    What to do: Check the credentials and the region of this provider.',
      '  half: the list of users lacks page 2: it was not JSON',
      '    What to do: Run it again. If it stays so, report it.',
      '',
    ])
    expect(stdout).toContain('Acme Seats (bad) · failed\nIts licenses are unknown.')
    expect(stdout).toMatch(/\(half\) · partial · ≥ 1¹ licensed users/)
    expect(stderr).toBe('')
  })
})
