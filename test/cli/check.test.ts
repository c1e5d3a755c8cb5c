import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { known, unknown } from '../../src/model/count.ts'
import { failure } from './support/acme.ts'
import { acmes, newFolder, type RunOptions, run } from './support/run.ts'
import { said } from './support/said.ts'

const seats = (id: string, purchased: number, consumed: number, more = {}) => ({
  id,
  name: `Name of ${id}`,
  metric: 'named' as const,
  purchased: known(purchased),
  consumed: known(consumed),
  ...more,
})

const holder = (id: string, licenseIds: readonly string[], more = {}) => ({
  id,
  email: `${id}@example.com`,
  licenseIds,
  lastActiveAt: new Date().toISOString(),
  ...more,
})

const nobody = { users: [{ items: [] }] }

/** 9 of 10 seats of one license, 5 of 10 of another. */
const world = {
  licenses: [seats('full', 10, 9), seats('half', 10, 5)],
  users: [{ items: [holder('ann', ['full']), holder('bob', ['half'], { status: 'inactive' as const })] }],
}

const checked = (args: readonly string[], options: RunOptions = {}) =>
  run(['check', ...args], { worlds: { acme: world }, ...options })

const json = async (args: readonly string[], options: RunOptions = {}) => {
  const { code, stdout, stderr } = await checked([...args, '--format', 'json'], options)
  const result = JSON.parse(stdout)
  return {
    code,
    stderr: said(stderr),
    result,
    breached: result.items.filter(({ verdict }: { verdict: string }) => verdict === 'breached'),
  }
}

describe('seatlens check', () => {
  it('passes with 0 where nothing is breached', async () => {
    const { code, stdout, stderr } = await checked(['--max-utilization', '90'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe('Nothing is breached (2 passed)\n')
  })

  it('exits with 3 and says what is breached', async () => {
    const { code, stdout } = await checked(['--max-utilization', '89.9'])
    expect(code).toBe(3)
    expect(stdout).toContain('Breached: 1 (1 passed)')
    expect(stdout).toMatch(/acme +Name of full: 90 % in use, at most 89.9 % allowed \(9 of 10 seats\) +f[0-9a-f]{16}/)
  })

  it('takes seats that must be left', async () => {
    expect((await json(['--min-available', '1'])).code).toBe(0)
    const { code, breached } = await json(['--min-available', '2'])
    expect(code).toBe(3)
    expect(breached).toMatchObject([
      {
        rule: 'min-available',
        licenseId: 'full',
        message: '1 available, at least 2 expected (9 of 10 seats in use)',
      },
    ])
  })

  it('takes rules by name, several of them, or any', async () => {
    const found = async (...args: string[]) =>
      new Set((await json(args)).breached.map(({ rule }: { rule: string }) => rule))
    expect(await found('--fail-on', 'inactive-holder')).toEqual(new Set(['inactive-holder']))
    expect(await found('--fail-on', 'inactive-holder', '--fail-on', 'unassigned-seats')).toEqual(
      new Set(['inactive-holder', 'unassigned-seats']),
    )
    expect(await found('--fail-on', 'any')).toEqual(new Set(['inactive-holder', 'unassigned-seats']))
  })

  it('takes the days after which a holder is dormant', async () => {
    const lastActiveAt = new Date(Date.now() - 40 * 24 * 60 * 60 * 1_000).toISOString()
    const dormant = { ...world, users: [{ items: [holder('ann', ['full'], { lastActiveAt })] }] }
    const options = { worlds: { acme: dormant } }
    expect((await json(['--fail-on', 'dormant-holder'], options)).code).toBe(0)
    expect((await json(['--fail-on', 'dormant-holder', '--dormant-days', '30'], options)).code).toBe(3)
  })

  it('wants to know what to look at: a check of nothing would always pass', async () => {
    const { code, stderr } = await checked([])
    expect(code).toBe(2)
    expect(stderr).toBe(
      'seatlens check: expected at least one of --max-utilization, --min-available, --max-findings and --fail-on, or limits in the configuration; see: seatlens check --help\n',
    )
  })

  it.each([
    ['--max-utilization', 'all'],
    ['--min-available', '-1'],
    ['--fail-on', 'everything'],
    ['--dormant-days', '0'],
  ])('refuses %s %s', async (option, value) => {
    expect((await checked([option, value])).code).toBe(2)
  })

  // Of every percentage: test/check/check-limits.test.ts.
  it('does not take 64.1 % of 1,000 seats for fewer than 641, nor one more for as many', async () => {
    const licenses = [seats('at', 1_000, 641), seats('above', 1_000, 642)]
    const { breached } = await json(['--max-utilization', '64.1'], { worlds: { acme: { licenses } } })
    expect(breached).toMatchObject([{ licenseId: 'above' }])
  })

  it('shows as many decimals as it takes to see that a limit is breached', async () => {
    const worlds = { acme: { licenses: [seats('a', 100_000, 90_001)] } }
    const { breached } = await json(['--max-utilization', '90'], { worlds })
    expect(breached).toMatchObject([{ message: '90.001 % in use, at most 90 % allowed (90001 of 100000 seats)' }])
  })

  it.each([
    ['--max-utilization', '100', '1 in use and none purchased, at most 100 % allowed'],
    ['--min-available', '0', '-1 available, at least 0 expected (1 of 0 seats in use)'],
  ])('takes by %s any use of what was not bought for too much', async (option, limit, message) => {
    const options = { worlds: { acme: { licenses: [seats('a', 0, 1)] } } }
    expect((await json([option, limit], options)).breached).toMatchObject([{ licenseId: 'a', message }])
  })

  it.each([
    ['--max-utilization', '90'],
    ['--min-available', '5'],
  ])('leaves by %s out what nobody bought and nobody uses', async (option, limit) => {
    const options = { worlds: { acme: { ...nobody, licenses: [seats('none', 0, 0), seats('some', 10, 5)] } } }
    const { code, result } = await json([option, limit], options)
    expect(code).toBe(0)
    expect(result.items).toMatchObject([{ licenseId: 'some', verdict: 'passed' }])
  })

  it.each([
    ['--max-utilization', '90'],
    ['--min-available', '5'],
  ])('cannot judge by %s what nobody bought where it is not known whether it is used', async (option, limit) => {
    const dark = seats('none', 0, 0, { metric: 'concurrent', consumed: unknown('no counter') })
    const { result } = await json([option, limit], { worlds: { acme: { ...nobody, licenses: [dark] } } })
    expect(result.items).toMatchObject([{ verdict: 'unknown', message: 'seats in use: no counter' }])
  })

  it('says how exact a percentage may be', async () => {
    const { code, stderr } = await checked(['--max-utilization', '32.3000001'])
    expect(code).toBe(2)
    expect(stderr).toContain('expected a number of percent from 0 to 10000 with at most 6 decimals, such as 90, found')
    expect((await checked(['--max-utilization', '99.000001'])).code).toBe(0)
  })

  it('tells in its help the days that it takes', async () => {
    const { stdout } = await checked(['--help'])
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'days without activity for the rule dormant-holder, 1 to 36500 (default: 90)',
    )
  })

  it('says what one costs', async () => {
    const configuration = {
      providers: [
        {
          id: 'acme',
          type: 'acme',
          token: 'sesame',
          licenses: { half: { price: { amount: 1250, currency: 'EUR', per: 'seat-month' } } },
        },
      ],
    }
    const { stdout } = await checked(['--fail-on', 'inactive-holder'], { configuration })
    expect(stdout).toContain('inactive-holder: 1, EUR 12.50 per month\n')
  })
})

describe('seatlens check, where something is not known,', () => {
  it('says so, and does not count it as passed', async () => {
    const untold = {
      ...nobody,
      licenses: [seats('a', 1, 0, { purchased: unknown('nobody tells') }), seats('b', 10, 1)],
    }
    const { code, stdout } = await checked(['--max-utilization', '90'], { worlds: { acme: untold } })
    expect(code).toBe(0)
    expect(stdout).toBe(`Nothing is known to be breached (1 unknown, 1 passed)

Unknown
  max-utilization: acme: Name of a: purchased seats: nobody tells
`)
  })

  it('says so of shared seats that nobody counts', async () => {
    const shared = {
      ...nobody,
      licenses: [seats('a', 10, 0, { metric: 'concurrent', consumed: unknown('no counter') })],
    }
    const { result } = await json(['--max-utilization', '90'], { worlds: { acme: shared } })
    expect(result.counts).toMatchObject({ unknown: 1, passed: 0 })
  })

  it('exits with 5 rather than 3, and still shows what is breached by what could be read', async () => {
    const worlds = {
      bad: { failure: failure('DeadlineExceeded', 'bad') },
      good: { ...world, licenses: [seats('full', 1, 2)] },
    }
    const { code, stdout, stderr } = await checked(['--max-utilization', '90'], {
      configuration: acmes('good', 'bad'),
      worlds,
    })
    expect(code).toBe(5)
    expect(stdout).toMatch(/^Not everything could be read. What is missing has not passed:\n {2}bad: .*\n\nBreached: 1/)
    expect(stdout).toContain('max-utilization: bad: Acme Seats: licenses may be missing')
    expect(stderr).toContain('bad: DeadlineExceeded it is')
  })

  it('knows that a limit is breached by a part of the holders', async () => {
    const users = [{ items: [holder('ann', ['a']), holder('bob', ['a'])] }]
    const short = {
      licenses: [seats('a', 1, 0), seats('b', 5, 0)],
      users,
      usersFailure: failure('DeadlineExceeded'),
    }
    const { code, result } = await json(['--max-utilization', '90'], { worlds: { acme: short } })
    expect(code).toBe(5)
    expect(result.breached).toBe(true)
    expect(result.items).toMatchObject([
      {
        licenseId: 'a',
        verdict: 'breached',
        message: 'at least 200 % in use, at most 90 % allowed (at least 2 of 1 seats)',
      },
      { licenseId: 'b', verdict: 'unknown' },
    ])
  })
})

describe('seatlens check --fail-on-unknown', () => {
  const dark = seats('dark', 1, 0, { purchased: unknown('nobody tells') })
  const worlds = { acme: { ...nobody, licenses: [dark, seats('half', 10, 5)] } }
  const args = ['--max-utilization', '90', '--fail-on-unknown']

  it('counts as breached what could not be judged, and says so', async () => {
    const { code, stdout } = await checked(args, { worlds })
    expect(code).toBe(3)
    expect(stdout).toBe(`Breached: 1, of which 1 unknown (1 passed)

Unknown, which counts as breached
  max-utilization: acme: Name of dark: purchased seats: nobody tells
`)
  })

  it('says in JSON which of what is breached could not be judged', async () => {
    const { code, result, breached } = await json(args, {
      worlds: { acme: { ...nobody, licenses: [dark, seats('full', 10, 10)] } },
    })
    expect(code).toBe(3)
    expect(result).toMatchObject({
      breached: true,
      limits: { failOnUnknown: true },
      counts: { breached: 2, unknown: 0 },
    })
    expect(breached).toMatchObject([{ licenseId: 'dark', notJudged: true }, { licenseId: 'full' }])
    expect(breached[1]).not.toHaveProperty('notJudged')
  })

  it('is a failure in JUnit', async () => {
    const { stdout } = await checked([...args, '--format', 'junit'], { worlds })
    expect(stdout).toContain('<testsuite name="max-utilization" tests="2" failures="1" errors="0" skipped="0"')
    expect(stdout).toContain('<failure message="unknown: purchased seats: nobody tells" type="max-utilization"/>')
  })

  it('is about rules as well', async () => {
    const { code, breached } = await json(['--fail-on', 'over-assigned', '--fail-on-unknown'], { worlds })
    expect(code).toBe(3)
    expect(breached).toMatchObject([{ rule: 'over-assigned', licenseId: 'dark', notJudged: true }])
  })

  it('does not fail where everything could be judged', async () => {
    expect((await checked(args)).code).toBe(0)
  })

  it('is not enough to look at', async () => {
    expect((await checked(['--fail-on-unknown'])).code).toBe(2)
  })

  it.each([
    ['max-utilization', ['--max-utilization', '90']],
    ['over-assigned', ['--fail-on', 'over-assigned']],
  ])('accepts what a suppression of %s names', async (rule, limits) => {
    const folder = await newFolder()
    const entry = { rule, license: 'dark', reason: 'the vendor never tells' }
    await writeFile(join(folder, 'accepted.json'), JSON.stringify([entry]))
    const { code, stdout, stderr } = await checked(
      [...limits, '--fail-on-unknown', '--suppressions', 'accepted.json'],
      { folder, worlds },
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`  ${rule}: Name of dark: purchased seats: nobody tells (the vendor never tells)`)
  })

  it('has a baseline, which does not take up that the same license is breached', async () => {
    const folder = await newFolder()
    await checked([...args, '--format', 'json', '--output', 'baseline.json'], { folder, worlds })
    const later = [...args, '--baseline', 'baseline.json']
    expect((await checked(later, { folder, worlds })).code).toBe(0)
    const known = { acme: { ...nobody, licenses: [seats('dark', 1, 5)] } }
    expect((await json(later, { folder, worlds: known })).breached).toMatchObject([{ licenseId: 'dark' }])
  })
})

describe('seatlens check --suppressions', () => {
  const rule = 'inactive-holder'

  it.each([
    ['accepted.json', JSON.stringify([{ rule, user: 'bob@example.com', reason: 'on leave', until: '2999-12-31' }])],
    ['accepted.csv', `rule,user,reason,until\r\n${rule},bob,on leave,2999-12-31\r\n`],
    ['accepted.csv', `Rule;User;Reason;Until\n${rule};bob;on leave;2999-12-31\n`],
  ])('accepts what %s names, and shows it with the reason', async (file, text) => {
    const folder = await newFolder()
    await writeFile(join(folder, file), text)
    const { code, stdout, stderr } = await checked(['--fail-on', rule, '--suppressions', file], { folder })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(`Nothing is breached (1 accepted, 0 passed)

Accepted
  inactive-holder: bob@example.com is inactive and holds Name of half (on leave, until 2999-12-31)
`)
  })

  it('accepts a license above its limit, by the license or by the id of what is breached', async () => {
    const folder = await newFolder()
    const args = ['--max-utilization', '50', '--suppressions', 'accepted.json']
    const entry = { rule: 'max-utilization', license: 'full', reason: 'more are on order' }
    await writeFile(join(folder, 'accepted.json'), JSON.stringify([entry]))
    const { code, result } = await json(args, { folder })
    expect(code).toBe(0)
    const [{ id, accepted }] = result.items
    expect(accepted).toEqual({ reason: 'more are on order' })
    await writeFile(join(folder, 'accepted.json'), JSON.stringify([{ id, reason: 'more are on order' }]))
    const again = await checked(args, { folder })
    expect(again.code).toBe(0)
    expect(again.stdout).toContain('max-utilization: Name of full: 90 % in use, at most 50 % allowed (9 of 10 seats)')
  })

  it('names those that have expired or match nothing, and does not apply them', async () => {
    const folder = await newFolder()
    const entries = [
      { rule, user: 'bob', reason: 'on leave', until: '2020-01-31' },
      { rule: 'min-available', license: 'none', reason: 'no idea' },
    ]
    await writeFile(join(folder, 'accepted.json'), JSON.stringify(entries))
    const { code, stderr } = await checked(['--fail-on', rule, '--suppressions', 'accepted.json'], { folder })
    expect(code).toBe(3)
    expect(
      stderr,
    ).toBe(`accepted.json: [0]: suppression of rule inactive-holder, user bob (on leave): expired on 2020-01-31
accepted.json: [1]: suppression of rule min-available, license none (no idea): matches nothing
`)
  })

  it('tells all that is wrong with the file at once', async () => {
    const folder = await newFolder()
    await writeFile(
      join(folder, 'accepted.json'),
      JSON.stringify([
        { rule: 'idle', until: 'soon' },
        { user: 'bob', reason: 'why not' },
      ]),
    )
    const { code, stderr } = await checked(['--fail-on', rule, '--suppressions', 'accepted.json'], { folder })
    expect(code).toBe(2)
    expect(stderr.split('\n')).toEqual([
      expect.stringContaining('accepted.json: [0]: rule: expected one of unassigned-seats,'),
      'accepted.json: [0]: reason: expected a text that is not empty',
      'accepted.json: [0]: until: expected a day such as "2026-12-31", found "soon"',
      'accepted.json: [1]: expected a rule, or the id of a finding',
      '',
    ])
  })

  it('may be empty', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'accepted.json'), '[]')
    expect((await checked(['--fail-on', rule, '--suppressions', 'accepted.json'], { folder })).code).toBe(3)
  })
})

describe('seatlens check --baseline', () => {
  const args = ['--max-utilization', '50', '--fail-on', 'inactive-holder']

  it('counts only what is new', async () => {
    const folder = await newFolder()
    const first = await checked([...args, '--format', 'json', '--output', 'baseline.json'], { folder })
    expect(first).toMatchObject({ code: 3, stdout: '' })
    expect(said(first.stderr)).toBe('breached: 2; see baseline.json\n')
    const again = await checked([...args, '--baseline', 'baseline.json'], { folder })
    expect(again).toMatchObject({ code: 0, stdout: 'Nothing is breached (2 in the baseline, 1 passed)\n' })
    const users = [...world.users, { items: [holder('carl', ['full'], { status: 'deleted' as const })] }]
    const later = await json([...args, '--baseline', 'baseline.json'], {
      folder,
      worlds: { acme: { ...world, users } },
    })
    expect(later.code).toBe(3)
    expect(later.breached).toMatchObject([{ rule: 'inactive-holder', userId: 'carl' }])
  })

  const having = (...licenses: readonly ReturnType<typeof seats>[]) => ({ acme: { ...nobody, licenses } })
  const compared = ['--max-utilization', '90', '--min-available', '1', '--fail-on', 'over-assigned']

  type Worlds = NonNullable<RunOptions['worlds']>

  /** A check against the baseline of another one. */
  const later = async (
    limits: readonly string[],
    before: Worlds,
    after: Worlds,
    inBetween: (text: string) => string = (text) => text,
  ) => {
    const folder = await newFolder()
    const file = join(folder, 'baseline.json')
    await checked([...limits, '--format', 'json', '--output', 'baseline.json'], { folder, worlds: before })
    await writeFile(file, inBetween(await readFile(file, 'utf8')))
    return json([...limits, '--baseline', 'baseline.json'], { folder, worlds: after })
  }

  it('does not hide that something has become worse, and says by how much', async () => {
    const { code, breached } = await later(compared, having(seats('a', 5, 7)), having(seats('a', 5, 500)))
    expect(code).toBe(3)
    expect(breached).toMatchObject([
      {
        rule: 'max-utilization',
        message: '10000 % in use, at most 90 % allowed (500 of 5 seats); worse than in the baseline by 493 seats',
      },
      {
        rule: 'min-available',
        message: '-495 available, at least 1 expected (500 of 5 seats in use); worse than in the baseline by 493 seats',
      },
      {
        rule: 'over-assigned',
        message: 'Name of a: 500 in use, 5 purchased; worse than in the baseline by 493 seats',
      },
    ])
  })

  it('does not hide that fewer are bought for the same use', async () => {
    const { breached } = await later(compared, having(seats('a', 6, 7)), having(seats('a', 5, 7)))
    expect(breached.map(({ message }: { message: string }) => message)).toEqual([
      expect.stringMatching(/^140 % in use.*; worse than in the baseline by 1 seat$/),
      expect.stringMatching(/^-2 available.*; worse than in the baseline by 1 seat$/),
      expect.stringMatching(/7 in use, 5 purchased; worse than in the baseline by 1 seat$/),
    ])
  })

  it('has what has become better, or is the same', async () => {
    const before = having(seats('a', 5, 7), seats('b', 5, 7))
    const { code, result } = await later(compared, before, having(seats('a', 5, 6), seats('b', 5, 7)))
    expect(code).toBe(0)
    expect(result.counts).toMatchObject({ breached: 0, inBaseline: 6 })
  })

  it('does not take another limit for a change of what is held against it', async () => {
    const folder = await newFolder()
    const check = (limit: string, ...more: readonly string[]) =>
      checked(['--max-utilization', limit, ...more], { folder })
    await check('80', '--format', 'json', '--output', 'baseline.json')
    expect((await check('60', '--baseline', 'baseline.json')).code).toBe(0)
  })

  it('has what is known too little of to say that it is worse', async () => {
    const short = { ...having(seats('a', 1, 0)).acme, users: [{ items: [holder('ann', ['a']), holder('bob', ['a'])] }] }
    const gap = { acme: { ...short, usersFailure: failure('DeadlineExceeded') } }
    const limits = ['--max-utilization', '90', '--fail-on', 'over-assigned']
    expect((await later(limits, gap, having(seats('a', 1, 500)))).result.counts).toMatchObject({ inBaseline: 2 })
    expect((await later(limits, having(seats('a', 1, 2)), gap)).result.counts).toMatchObject({ inBaseline: 2 })
  })

  it('does not have what a part of the holders is enough to know is worse', async () => {
    const holders = ['ann', 'bob', 'cy', 'di'].map((id) => holder(id, ['a']))
    const gap = {
      acme: { licenses: [seats('a', 1, 0)], users: [{ items: holders }], usersFailure: failure('DeadlineExceeded') },
    }
    const { breached } = await later(['--max-utilization', '90'], having(seats('a', 1, 2)), gap)
    expect(breached).toMatchObject([{ message: expect.stringMatching(/; worse .* by at least 2 seats$/) }])
  })

  it('may be of an older version, which kept no numbers', async () => {
    const withoutNumbers = (text: string): string =>
      JSON.stringify(JSON.parse(text), (key, value) =>
        ['seats', 'inUse', 'purchased'].includes(key) ? undefined : value,
      )
    const { code, result } = await later(compared, having(seats('a', 5, 7)), having(seats('a', 5, 500)), withoutNumbers)
    expect(code).toBe(0)
    expect(result.counts).toMatchObject({ breached: 0, inBaseline: 3 })
  })

  it('may be the file that is written, and keeps what it had', async () => {
    const folder = await newFolder()
    const kept = [...args, '--format', 'json', '--output', 'baseline.json']
    await checked(kept, { folder })
    expect((await checked([...kept, '--baseline', 'baseline.json'], { folder })).code).toBe(0)
    expect((await checked([...kept, '--baseline', 'baseline.json'], { folder })).code).toBe(0)
  })

  it.each([
    ['no JSON', '{', /baseline\.json:1:2: not valid JSON/],
    ['something else', '{"schemaVersion":1}', /expected what "seatlens check --format json --output FILE" has written/],
  ])('refuses %s', async (_, text, message) => {
    const folder = await newFolder()
    await writeFile(join(folder, 'baseline.json'), text)
    const { code, stderr } = await checked([...args, '--baseline', 'baseline.json'], { folder })
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })

  it('is not written over where every provider failed', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'baseline.json'), 'as it was')
    const { code, stderr } = await checked([...args, '--format', 'json', '--output', 'baseline.json'], {
      folder,
      worlds: { acme: { failure: failure('RateLimited') } },
    })
    expect(code).toBe(7)
    expect(said(stderr)).toContain('--output: baseline.json is as it was before: every provider failed')
    expect(await readFile(join(folder, 'baseline.json'), 'utf8')).toBe('as it was')
  })
})

describe('seatlens check --format junit', () => {
  it('has a suite for each limit and rule: what is breached fails, what is not known or accepted is skipped', async () => {
    const folder = await newFolder()
    const licenses = [...world.licenses, seats('dark', 1, 0, { purchased: unknown('nobody tells') })]
    await writeFile(
      join(folder, 'accepted.json'),
      JSON.stringify([{ rule: 'inactive-holder', reason: 'on leave', until: '2999-12-31' }]),
    )
    const { code, stdout } = await checked(
      [
        ...['--max-utilization', '60', '--fail-on', 'inactive-holder', '--fail-on', 'over-assigned'],
        ...['--suppressions', 'accepted.json', '--format', 'junit'],
      ],
      { folder, worlds: { acme: { ...world, licenses } } },
    )
    expect(code).toBe(3)
    expect(stdout.replace(/timestamp="[^"]*"/g, 'timestamp=""')).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="seatlens check" tests="6" failures="1" errors="0" skipped="3">
      <testsuite name="data quality" tests="1" failures="0" errors="0" skipped="0" timestamp="">
      <testcase classname="acme.data-quality" name="Acme Seats was read completely"/>
      </testsuite>
      <testsuite name="max-utilization" tests="3" failures="1" errors="0" skipped="1" timestamp="">
      <testcase classname="acme.max-utilization" name="Name of full (full)">
      <failure message="90 % in use, at most 60 % allowed (9 of 10 seats)" type="max-utilization"/>
      </testcase>
      <testcase classname="acme.max-utilization" name="Name of half (half)"/>
      <testcase classname="acme.max-utilization" name="Name of dark (dark)">
      <skipped message="unknown: purchased seats: nobody tells"/>
      </testcase>
      </testsuite>
      <testsuite name="over-assigned" tests="1" failures="0" errors="0" skipped="1" timestamp="">
      <testcase classname="acme.over-assigned" name="Name of dark (dark)">
      <skipped message="unknown: purchased seats: nobody tells"/>
      </testcase>
      </testsuite>
      <testsuite name="inactive-holder" tests="1" failures="0" errors="0" skipped="1" timestamp="">
      <testcase classname="acme.inactive-holder" name="Name of half (half, bob)">
      <skipped message="accepted: on leave, until 2999-12-31; bob@example.com is inactive and holds Name of half"/>
      </testcase>
      </testsuite>
      </testsuites>
      "
    `)
  })

  it('has an error where something could not be read', async () => {
    const worlds = { acme: { ...world, usersFailure: failure('DeadlineExceeded') } }
    const { code, stdout } = await checked(['--max-utilization', '90', '--format', 'junit'], { worlds })
    expect(code).toBe(5)
    expect(stdout).toMatch(/<testsuite name="data quality" tests="1" failures="0" errors="1" skipped="0"/)
    expect(stdout).toMatch(
      /<error message="acme: the rest of the list of users could not be read: [^"]*" type="incomplete"\/>/,
    )
  })

  it('lets no name break out of the document', async () => {
    const name = `</testsuites>&"'\u0000\ufffe\ud800\u202e]]>`
    const worlds = { acme: { licenses: [seats('a', 1, 1, { name })] } }
    const { stdout } = await checked(['--max-utilization', '10', '--format', 'junit'], { worlds })
    expect(stdout).toContain('name="&lt;/testsuites&gt;&amp;&quot;&apos;␀\ufffd&lt;U+D800&gt;&lt;U+202E&gt;]]&gt; (a)"')
    expect(stdout.match(/<\/testsuites>/g)).toHaveLength(1)
  })
})
