import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { known, unknown, unlimited } from '../../src/index.ts'
import { failure } from './support/acme.ts'
import { newFolder, run } from './support/run.ts'
import { said, saidBy } from './support/said.ts'

const licenses = [
  { id: 'suite', name: 'Meetings Suite', purchased: known(100), consumed: known(40) },
  { id: 'call', name: 'Calling', productCode: 'CALL', purchased: unlimited, consumed: known(7) },
  { id: 'agent', name: 'Agent', purchased: unknown('no contract'), consumed: known(12) },
  { id: 'free', name: 'Messaging', purchased: known(5), consumed: known(0) },
]
const person = (number: number) => ({
  id: `u${number}`,
  displayName: `Person ${number}`,
  email: `person${number}@example.com`,
  department: number % 2 === 0 ? 'Sales' : 'Field Service',
  licenseIds: ['suite'],
})
const people = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => person(from + place))

const acme = { licenses, users: [{ items: people(0, 10) }, { items: people(10, 20) }, { items: people(20, 25) }] }
const worlds = { acme }

describe('licenses --where', () => {
  it('shows what matches, and says of how many', async () => {
    const { code, stdout, stderr } = await run(
      ['licenses', '--format', 'csv', '--columns', 'id,purchased', '--where', 'purchased > 50'],
      { worlds },
    )
    expect(stdout.split('\r\n')).toEqual(['id,purchased,purchasedNote', 'suite,100,', 'call,unlimited,', ''])
    expect(stderr).toBe(
      '2 of 4 licenses match purchased > 50\n1 license left out: a value that is compared is unknown or empty\n',
    )
    expect(code).toBe(0)
  })

  it('says so below a table', async () => {
    const { stdout } = await run(['licenses', '--where', 'name ~ "meetings s"'], { worlds })
    expect(stdout).toContain('Meetings Suite')
    expect(stdout).not.toContain('Calling')
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 of 4 licenses matches name ~ "meetings s"')
  })

  it('says what a word may mean that no license has, unless not all were read', async () => {
    const told = async (...args: readonly string[]) =>
      (await run(['licenses', '--format', 'csv', ...args], { worlds })).stderr.split('\n').slice(0, -1)
    expect(await told('--where', 'provider = acne')).toEqual([
      '0 of 4 licenses match provider = acne',
      'no license has "acne" in provider (did you mean "acme"?)',
    ])
    expect(await told('--where', 'provider in (acme, other)')).toEqual([
      '4 of 4 licenses match provider in (acme, other)',
      'no license has "other" in provider; there is acme',
    ])
    const few = await run(['users', '--limit', '2', '--where', 'department in (Sales, Sale)'], { worlds })
    expect(few.stdout).not.toContain('no user has')
    const report = await run(['report', '--where', 'name = callin'], { worlds })
    expect(report.stdout).toContain('no license has "callin" in name (did you mean "Calling"?)')
  })

  it('finds what is unknown or unlimited if that is asked for', async () => {
    const { stdout, stderr } = await run(
      [
        'licenses',
        '--format',
        'ndjson',
        '--columns',
        'id',
        '--where',
        'purchased is unknown or purchased is unlimited',
      ],
      { worlds },
    )
    expect(stdout).toBe('{"id":"call"}\n{"id":"agent"}\n')
    expect(said(stderr)).toBe('2 of 4 licenses match purchased is unknown or purchased is unlimited\n')
  })

  it('sorts, with what is unknown last either way', async () => {
    const sorted = async (sort: string) => {
      const args = ['licenses', '--format', 'ndjson', '--columns', 'id', '--sort', sort]
      const { stdout } = await run(args, { worlds })
      return [...stdout.matchAll(/"id":"(\w+)"/g)].map(([, id]) => id)
    }
    expect(await sorted('-purchased')).toEqual(['call', 'suite', 'free', 'agent'])
    expect(await sorted('purchased')).toEqual(['free', 'suite', 'call', 'agent'])
    expect(await sorted('name')).toEqual(['agent', 'call', 'suite', 'free'])
  })

  it('has objects with the columns in JSON, and only what there is', async () => {
    const { stdout } = await run(
      ['licenses', '--format', 'json', '--columns', 'id,productCode,purchased', '--limit', '2'],
      {
        worlds,
      },
    )
    expect(JSON.parse(stdout)).toEqual([
      { id: 'suite', purchased: { kind: 'known', value: 100 } },
      { id: 'call', productCode: 'CALL', purchased: { kind: 'unlimited' } },
    ])
  })

  it('has an empty document where nothing matches, and does not say that there are none', async () => {
    const { code, stdout, stderr } = await run(['licenses', '--format', 'json', '--where', 'id = x'], { worlds })
    expect({ code, stdout }).toEqual({ code: 0, stdout: '[]\n' })
    expect(said(stderr)).toBe(
      '0 of 4 licenses match id = x\nno license has "x" in id; there are agent, call, free, suite\n',
    )
  })
})

describe('a mistake in the options of rows', () => {
  it('is shown at its place, with what may be meant, before anything is read', async () => {
    const { code, stdout, stderr } = await run(
      ['licenses', '--where', 'provider = acme and purchasd > 5', '--sort', 'name,-consumd'],
      { worlds: { acme: { failure: failure('NotFound') } } },
    )
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.split('\n')).toEqual([
      'seatlens licenses: --where: there is no column "purchasd" (did you mean "purchased"?)',
      '  provider = acme and purchasd > 5',
      '                      ^^^^^^^^',
      'seatlens licenses: --sort: there is no column "consumd" (did you mean "consumed"?); see: seatlens licenses --help',
      '  name,-consumd',
      '        ^^^^^^^',
      '',
    ])
  })

  it('far behind in a long expression is shown with what is around it', async () => {
    const where = `${'id = x or '.repeat(30)}purchasd > 5 or ${'id = x or '.repeat(30)}id = y`
    const { stderr } = await run(['licenses', '--where', where], { worlds })
    const [, shown = '', mark = ''] = stderr.split('\n')
    expect(shown.length).toBeLessThan(80)
    expect(shown.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1)).toBe('purchasd')
  })
})

describe('users', () => {
  it('are filtered while they are read', async () => {
    const { stdout, stderr } = await run(
      ['users', '--format', 'csv', '--columns', 'id', '--where', 'department = sales and licenses = "meetings suite"'],
      { worlds },
    )
    expect(stdout.split('\r\n')).toHaveLength(1 + 13 + 1)
    expect(stderr).toBe('13 of 25 users match department = sales and licenses = "meetings suite"\n')
  })

  it('are not read any further when the limit is reached, which is told and is no gap', async () => {
    const asked: number[] = []
    const { code, stdout, stderr } = await run(['users', '--format', 'csv', '--columns', 'id', '--limit', '12'], {
      worlds: { acme: { ...acme, onPage: (index) => asked.push(index) }, beta: { usersFailure: failure('NotFound') } },
    })
    expect(stdout.trimEnd().split('\r\n').slice(1)).toEqual(people(0, 12).map(({ id }) => id))
    expect(stderr).toBe('--limit: the list ends after 12 users; the rest was not read\n')
    expect(code).toBe(0)
    expect(asked).not.toContain(2)
  })

  it('that are just as many as the limit are a whole list', async () => {
    const { stderr } = await run(['users', '--format', 'csv', '--limit', '25'], { worlds })
    expect(stderr).toBe('')
  })

  it('are all read to be sorted', async () => {
    const { stdout, stderr } = await run(
      ['users', '--format', 'csv', '--columns', 'id', '--sort', '-id', '--limit', '2'],
      { worlds },
    )
    expect(stdout).toBe('id\r\nu24\r\nu23\r\n')
    expect(stderr).toBe('the first 2 of 25 users are shown\n')
  })

  it('of a license are filtered too', async () => {
    const { stdout, stderr } = await run(
      ['users', '--license', 'suite', '--format', 'ndjson', '--columns', 'id', '--where', 'email ~ person1'],
      { worlds },
    )
    expect(stdout.trimEnd().split('\n')).toHaveLength(11)
    expect(said(stderr)).toBe('11 of 25 users match email ~ person1\n')
  })

  it('say how a list with a gap and a limit ended', async () => {
    const { code, stderr } = await run(['users', '--format', 'csv', '--limit', '30'], {
      worlds: { acme: { ...acme, usersFailure: failure('NotFound') } },
    })
    expect(code).toBe(5)
    expect(stderr).toContain('NotFound it is')
  })
})

const formats = ['table', 'csv', 'md', 'html', 'json'] as const

describe('report --where', () => {
  const where = ['--where', 'available < 60 and purchased is known']

  it.each(formats)('has the rows that match in %s, says of how many, and keeps the totals', async (format) => {
    const { code, stdout, stderr } = await run(['report', '--format', format, ...where], { worlds })
    expect(code).toBe(0)
    expect(stdout).toContain('Messaging')
    // Licenses without a price are listed elsewhere.
    if (format === 'csv') expect(stdout).not.toContain('Meetings Suite')
    const told = '1 of 4 licenses matches available < 60 and purchased is known'
    expect(saidBy([format], stderr)).toContain(told)
    if (format === 'json') {
      const { filter, rows, people, licenses: lists } = JSON.parse(stdout)
      expect(filter).toMatchObject({ by: 'license', where: where[1], found: 4, matching: 1, unknown: 0, shown: 1 })
      expect(rows).toMatchObject([{ id: 'free', available: { kind: 'known', value: 5 } }])
      expect({ people, lists }).toMatchObject({ people: { total: { value: 25 } }, lists: undefined })
    } else if (format !== 'csv') {
      expect(stdout.replaceAll('&lt;', '<').replaceAll('\\<', '<')).toContain(told)
      expect(stdout).toContain('25')
    }
  })

  it('counts what is unknown', async () => {
    const args = [
      'report',
      '--format',
      'csv',
      '--columns',
      'id,available',
      '--sort',
      '-available',
      '--where',
      'available > 0',
    ]
    const { stdout, stderr } = await run(args, { worlds })
    expect(stdout.split('\r\n').map((row) => row.split(',')[0])).toEqual(['id', 'call', 'suite', 'free', ''])
    expect(stderr).toContain('1 license left out: a value that is compared is unknown or empty')
  })

  it('filters people by the names of what they hold, in every format alike', async () => {
    const args = ['report', '--by', 'user', '--columns', 'name,seats', '--limit', '2', '--where']
    const { stdout, stderr } = await run(
      [...args, 'licenses = "meetings suite" and department = Sales', '--format', 'csv'],
      {
        worlds,
      },
    )
    expect(stdout).toBe('name,seats,seatsNote\r\nPerson 0,1,\r\nPerson 2,1,\r\n')
    expect(stderr).toContain('13 of 25 people match')
    expect(stderr).toContain('the first 2 are shown')
  })

  it('refuses a column that there is not, before anything is read', async () => {
    const { code, stderr } = await run(['report', '--by', 'user', '--where', 'departmnt = x'], { worlds })
    expect(code).toBe(2)
    expect(stderr).toContain('there is no column "departmnt" (did you mean "department"?)')
  })
})

describe('check --where', () => {
  it('judges only what matches, and says so', async () => {
    const checked = async (...args: readonly string[]) =>
      run(['check', '--max-utilization', '20', '--format', 'json', ...args], { worlds })
    const all = await checked()
    expect({ code: all.code, breached: JSON.parse(all.stdout).counts.breached }).toEqual({ code: 3, breached: 1 })
    const some = await checked('--where', 'license = free')
    expect(some.code).toBe(0)
    expect(JSON.parse(some.stdout)).toMatchObject({
      counts: { breached: 0 },
      filter: { where: 'license = free', matching: 1 },
    })
    expect(said(some.stderr)).toContain('match')
  })

  it('says what a word may mean that no item has', async () => {
    const args = ['check', '--max-utilization', '20', '--where', 'license = fre']
    const hint = 'no item has "fre" in license (did you mean "free"?)'
    expect((await run(args, { worlds })).stdout).toContain(hint)
    const { stdout, stderr } = await run([...args, '--format', 'json'], { worlds })
    expect(JSON.parse(stdout).filter.remarks).toEqual([hint])
    expect(said(stderr)).toContain(hint)
  })

  it.each(['junit', 'csv'])('says in %s, or beside it, what it did not judge', async (format) => {
    const words = ['--max-utilization', '20', '--format', format]
    const { stdout, stderr } = await run(['check', ...words, '--where', 'license = free'], { worlds })
    const lines = ['Only these were judged:', '1 of 3 items matches license = free']
    // CSV has rows alone.
    for (const line of lines) expect(format === 'csv' ? stderr : stdout).toContain(line)
    const all = await run(['check', ...words], { worlds })
    for (const line of lines) expect(`${all.stdout}${all.stderr}`).not.toContain(line)
  })
})

describe('check --columns, --sort and --limit', () => {
  /** Breached: max-utilization of suite, min-available of free. Unknown: both of agent. Passed: the other two. */
  const limits = ['check', '--max-utilization', '20', '--min-available', '10']
  const checked = (...args: readonly string[]) => run([...limits, ...args], { worlds })
  const TOTALS = 'The verdict and all other numbers are of everything that was judged, not of these rows.'

  it('show what is breached first, and say what is left out', async () => {
    const { code, stdout, stderr } = await checked(
      '--format',
      'csv',
      '--columns',
      'rule,license,verdict',
      '--limit',
      '3',
    )
    expect(stdout.split('\r\n')).toEqual([
      'rule,license,verdict',
      'max-utilization,suite,breached',
      'min-available,free,breached',
      'max-utilization,agent,unknown',
      '',
    ])
    expect({ code, stderr }).toEqual({ code: 3, stderr: `the first 3 of 6 rows are shown\n${TOTALS}\n` })
    const all = await checked('--format', 'csv', '--columns', 'license,rule', '--sort', 'license,-rule')
    expect(all.stdout.split('\r\n').slice(1, -1)).toEqual(
      ['agent', 'free', 'suite'].flatMap((license) => [`${license},min-available`, `${license},max-utilization`]),
    )
    expect(all.stderr).toBe('')
  })

  it('have one table, which names what each row is about, below the whole verdict', async () => {
    const { code, stdout } = await checked('--limit', '1', '--where', 'license in (suite, free)')
    expect(code).toBe(3)
    expect(stdout).toContain('Breached: 2 (2 passed)')
    expect(stdout).toMatch(/Rule +What +Id +Verdict\n/)
    expect(stdout).toMatch(/max-utilization +Meetings Suite: .*breached\n/)
    expect(stdout).not.toContain('Messaging')
    const told = `the first 1 of 4 rows are shown\n${TOTALS}\n\nOnly these were judged:\n4 of 6 items match `
    expect(stdout).toContain(told)
  })

  it('change nothing of a result in JSON but its lists, and make no baseline', async () => {
    const folder = await newFolder()
    const whole = JSON.parse((await checked('--format', 'json')).stdout)
    const args = ['--format', 'json', '--sort', '-license', '--columns', 'license', '--limit', '2']
    const { code, stdout, stderr } = await checked(...args)
    const { generatedAt, items, findingGroups, ...rest } = whole
    expect(JSON.parse(stdout)).toEqual({
      ...rest,
      generatedAt: expect.any(String),
      selection: { columns: ['license'], sort: ['-license'], limit: 2, found: 6, shown: 2 },
      rows: [{ license: 'suite' }, { license: 'suite' }],
    })
    expect(code).toBe(3)
    expect(said(stderr)).toContain(`the first 2 of 6 rows are shown\n${TOTALS}\n`)

    const file = join(folder, 'some.json')
    await writeFile(file, stdout)
    const compared = await checked('--baseline', file)
    expect(compared).toMatchObject({ code: 2, stderr: expect.stringContaining('expected what "seatlens check') })
    await writeFile(file, JSON.stringify(whole))
    const replaced = await checked(...args, '--baseline', file, '--output', file)
    expect(replaced.code).toBe(2)
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(whole)
  })

  it.each(['junit', 'message'])('are refused in %s, which has no rows', async (format) => {
    const { code, stdout, stderr } = await checked('--format', format, '--sort', 'license', '--limit', '1')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`--sort, --limit: expected with --format table or json or csv: ${format} has no rows`)
  })

  it('are refused where there is no such column, before anything is read', async () => {
    const { code, stderr } = await run([...limits, '--sort', 'sets'], {
      worlds: { acme: { failure: failure('NotFound') } },
    })
    expect(code).toBe(2)
    expect(stderr).toContain('--sort: there is no column "sets" (did you mean "seats"?)')
  })
})

describe('plan --fix --where', () => {
  it('needs findings', async () => {
    const { code, stderr } = await run(['plan', '--assign', 'suite', '--user', 'u1', '--where', 'seats = 1'], {
      worlds,
    })
    expect(code).toBe(2)
    expect(stderr).toContain('--where: expected with --fix or --finding')
  })
})

describe('user', () => {
  it('is found by a part of a name', async () => {
    const { code, stdout, stderr } = await run(['user', 'PERSON 24'], { worlds })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('Meetings Suite')
  })

  it('is one of several, who are listed with their addresses', async () => {
    const { code, stdout, stderr } = await run(['user', 'person2'], { worlds })
    expect(code).toBe(0)
    expect(stdout).toContain('person20@example.com')
    expect(stderr).toBe('6 users have "person2" in name or address; for one person, give the address\n')
  })

  it('is one of many, of whom the first 20 are shown', async () => {
    const { stdout, stderr } = await run(['user', '@example', '--format', 'json'], { worlds })
    expect(JSON.parse(stdout)).toHaveLength(20)
    expect(JSON.parse(stdout)[0]).toMatchObject({ id: 'u0', licenses: [{ name: 'Meetings Suite' }] })
    expect(said(stderr)).toContain('25 users have "@example" in name or address, the first 20 of which are shown')
  })

  it('is nobody where no list has one, and that is certain only if all were read', async () => {
    expect((await run(['user', 'nobody'], { worlds })).code).toBe(8)
    const { code } = await run(['user', 'nobody'], { worlds: { acme: { ...acme, usersFailure: failure('NotFound') } } })
    expect(code).toBe(5)
  })
})
