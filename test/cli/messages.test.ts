import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { known } from '../../src/index.ts'
import { type AcmeWorld, failure } from './support/acme.ts'
import { acmes, newFolder, run } from './support/run.ts'

const price = { amount: 10_000, currency: 'EUR', per: 'seat-month' }
const term = { end: '2099-12-31' }
const [provider] = acmes('acme').providers
const configuration = {
  providers: [{ ...provider, licenses: { suite: { price, term }, plus: { price } } }],
  limits: { suite: { maxUtilization: 20 } },
}

const licenses = [
  { id: 'suite', name: 'Suite <!channel>', metric: 'named' as const, purchased: known(10), consumed: known(3) },
  { id: 'plus', name: 'Plus', metric: 'named' as const, purchased: known(1), consumed: known(2) },
]

const holder = (id: string, licenseIds: readonly string[], more: object = {}) => ({
  id,
  email: `${id}@example.com`,
  licenseIds,
  lastActiveAt: new Date().toISOString(),
  ...more,
})
const inactive = { status: 'inactive' as const }
const world = (...items: readonly object[]): AcmeWorld => ({ licenses, users: [{ items }] })

const before = world(
  holder('ann', ['suite', 'plus'], inactive),
  holder('bob', ['suite', 'plus'], inactive),
  holder('cyd', ['suite']),
)

const check = (acme: AcmeWorld, args: readonly string[], folder?: string) =>
  run(['check', '--format', 'message', ...args], {
    worlds: { acme },
    configuration,
    ...(folder === undefined ? {} : { folder }),
  })

describe('a check as a message', () => {
  it('is a title and a few lines of plain text', async () => {
    const { code, stdout, stderr } = await check(before, ['--fail-on', 'any'])
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' })
    expect(stdout.split('\n')).toEqual([
      'Seatlens: 1 license over the limit, 1 license with free seats, 2 inactive users with seats, 1 license over what was purchased, EUR 1,100.00 a month could go',
      'Suite ‹!channel› (acme): 30 % in use, at most 20 % allowed (3 of 10 seats)',
      'Purchased and not assigned: 1 finding, 7 seats, EUR 700.00 a month',
      'Held by an inactive or deleted user: 2 findings, 4 seats, EUR 400.00 a month',
      'More in use than purchased: 1 finding, 1 seat, EUR 100.00 a month',
      'Could go: EUR 100.00 a month at once; EUR 900.00 a month when terms end, the first on 2099-12-31; EUR 100.00 a month at a time that is unknown, as no term is known',
      // The term of Plus.
      'Besides: 1 unknown',
      '',
    ])
  })

  it('says that the money is of more than what is checked', async () => {
    const { stdout } = await check(before, ['--fail-on', 'over-assigned'])
    expect(stdout).toMatch(
      /^Seatlens: 1 license over the limit, 1 license over what was purchased; in all, EUR 1,100.00 a month could go\n/,
    )
  })

  it('has one line for a license that breaches both of its limits, as the title counts it once', async () => {
    const { stdout } = await check(before, ['--max-utilization', '90', '--min-available', '2'])
    expect(stdout.split('\n')).toEqual([
      'Seatlens: 2 licenses over the limit',
      'Suite ‹!channel› (acme): 30 % in use, at most 20 % allowed (3 of 10 seats)',
      'Plus (acme): 200 % in use, at most 90 % allowed (2 of 1 seats); -1 available, at least 2 expected',
      '',
    ])
  })

  it('says that nothing is breached', async () => {
    const { code, stdout } = await check(world(), ['--fail-on', 'inactive-holder', '--max-utilization', '100'])
    expect(code).toBe(3)
    expect(stdout).toContain('Seatlens: 2 licenses over the limit')
    const none = await run(['check', '--format', 'message', '--min-available', '1'], {
      worlds: { acme: { licenses: [{ id: 'a' }], users: [{ items: [] }] } },
    })
    expect({ code: none.code, stdout: none.stdout }).toEqual({ code: 0, stdout: 'Seatlens: nothing is breached\n' })
  })

  it('says that it is partial', async () => {
    const partial = { ...before, usersFailure: failure('NotFound') }
    const { code, stdout } = await check(partial, ['--fail-on', 'inactive-holder'])
    expect(code).toBe(5)
    const [title, second] = stdout.split('\n')
    expect(title).toMatch(/ \(not everything could be read\)$/)
    expect(second).toMatch(/^Not read: acme: .*NotFound it is/)
  })

  it('stays short, however much there is to say', async () => {
    const many = Array.from({ length: 50 }, (_, index) => ({
      id: `l${index}`,
      name: `${'Long name '.repeat(60)}${index}`,
      purchased: known(1),
      consumed: known(5),
    }))
    const { stdout } = await check({ ...before, licenses: [...licenses, ...many] }, [
      '--fail-on',
      'any',
      '--max-utilization',
      '90',
    ])
    const lines = stdout.trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(11)
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(300)
  })
})

describe('a check as a message, compared with a baseline', () => {
  const RULE = ['--fail-on', 'inactive-holder']
  const withBaseline = async (): Promise<string> => {
    const folder = await newFolder()
    await run(['check', ...RULE, '--format', 'json', '--output', 'baseline.json'], {
      worlds: { acme: before },
      configuration,
      folder,
    })
    return folder
  }
  const again = async (acme: AcmeWorld, ...args: readonly string[]) =>
    check(acme, [...RULE, '--baseline', 'baseline.json', ...args], await withBaseline())

  it('is empty where nothing changed, with nothing on stderr, so that a scheduler sends no mail', async () => {
    const { code, stdout, stderr } = await again(before)
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('is an empty file where nothing changed', async () => {
    const { folder } = await again(before, '--output', 'message.txt')
    expect(await readFile(join(folder, 'message.txt'), 'utf8')).toBe('')
  })

  it('says what is new', async () => {
    const { code, stdout } = await again(
      world(
        holder('ann', ['suite', 'plus'], inactive),
        holder('bob', ['suite', 'plus'], inactive),
        holder('cyd', ['suite'], inactive),
      ),
    )
    expect(code).toBe(3)
    expect(stdout).toMatch(/^Seatlens: since the baseline: new or worse: 1 inactive user with seats; in all, EUR /)
    expect(stdout).toContain('Held by an inactive or deleted user: 1 finding, 1 seat, EUR 100.00 a month\n')
    expect(stdout).toContain('as in the baseline')
  })

  it('says what is resolved', async () => {
    const { code, stdout } = await again(world(holder('ann', ['suite', 'plus'], inactive), holder('cyd', ['suite'])))
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Seatlens: since the baseline: nothing new; 1 resolved; in all, EUR /)
  })

  it('is never empty where something could not be read: that may hide anything', async () => {
    const { code, stdout } = await again({ failure: failure('AuthenticationFailed') })
    expect(code).toBe(4)
    expect(stdout).toMatch(/^Seatlens: since the baseline: nothing new \(not everything could be read\)\nNot read: /)
  })
})

describe('a comparison as a message', () => {
  const compared = async (after: AcmeWorld, old: AcmeWorld = before) => {
    const folder = await newFolder()
    for (const [name, acme] of Object.entries({ old, now: after })) {
      await run(['snapshot', '--output', name], { folder, worlds: { acme }, configuration })
    }
    return run(['diff', 'old', 'now', '--format', 'message'], { folder, configuration: null, registry: [] })
  }

  it('says what changed in seats, users and money', async () => {
    const fewer = licenses.map((one) =>
      one.id === 'suite' ? { ...one, purchased: known(8), consumed: known(2) } : one,
    )
    const after = {
      ...world(holder('bob', ['suite', 'plus'], inactive), holder('dan', ['suite', 'plus'])),
      licenses: fewer,
    }
    const { code, stdout, stderr } = await compared(after)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [title, ...lines] = stdout.trimEnd().split('\n')
    expect(title).toMatch(
      /^Seatlens, .+ to .+: 2 seats given to 1 user, 3 seats taken from 2 users, EUR 200.00 a month less$/,
    )
    expect(lines).toEqual([
      'Suite ‹!channel› (acme): purchased 10 → 8, held 3 → 2, 1 in, 2 out, EUR -200.00 a month',
      'Plus (acme): 1 in, 1 out',
    ])
  })

  it('counts and names licenses that cost money; those that come free are one line at the end', async () => {
    const free = { id: 'free', name: 'Basic', purchased: { kind: 'notApplicable' as const }, consumed: known(3) }
    const withFree = (...items: readonly object[]) => ({ ...world(...items), licenses: [...licenses, free] })
    const { stdout } = await compared(
      withFree(holder('ann', ['suite', 'free']), holder('bob', ['free']), holder('cyd', ['free'])),
      withFree(holder('ann', [])),
    )
    const [title, ...lines] = stdout.trimEnd().split('\n')
    expect(title).toMatch(/: 1 seat given to 1 user$/)
    expect(lines).toEqual([expect.stringMatching(/^Suite .* 1 in$/), 'Besides: 1 license that comes free, 3 in, 0 out'])
  })

  it('is empty where nothing changed', async () => {
    const { code, stdout, stderr } = await compared(before)
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('says that it is partial', async () => {
    const { code, stdout } = await compared({ ...before, usersFailure: failure('NotFound') })
    expect(code).toBe(5)
    expect(stdout).toMatch(/^Seatlens, .+ \(not everything can be compared\)\nNot compared: the second snapshot/)
  })
})
