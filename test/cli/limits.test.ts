import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { known } from '../../src/index.ts'
import { acmes, newFolder, run } from './support/run.ts'
import { said } from './support/said.ts'

const license = (id: string, consumed: number, more: object = {}) => ({
  id,
  name: `Name of ${id}`,
  metric: 'named' as const,
  purchased: known(10),
  consumed: known(consumed),
  ...more,
})

/** 9 of 10 seats of one license, 5 of 10 of another. */
const world = {
  licenses: [license('full', 9, { productCode: 'FU' }), license('half', 5)],
  users: [{ items: [] }],
}
const worlds = { acme: world, other: world }

const limited = (limits: unknown, ofProvider?: unknown, ...ids: readonly string[]) => {
  const [first, ...others] = acmes('acme', ...ids).providers
  return {
    providers: [{ ...first, ...(ofProvider === undefined ? {} : { limits: ofProvider }) }, ...others],
    ...(limits === undefined ? {} : { limits }),
  }
}

const seatlens = (args: readonly string[], configuration: unknown, folder?: string) =>
  run(args, { worlds, configuration, ...(folder === undefined ? {} : { folder }) })

const judged = async (args: readonly string[], configuration: unknown) => {
  const { code, stdout } = await seatlens(['check', ...args, '--format', 'json'], configuration)
  const { items } = JSON.parse(stdout)
  return {
    code,
    items: items.map((item: { [key: string]: unknown }) => [item.rule, item.licenseId, item.limit, item.verdict]),
  }
}

describe('limits in the configuration', () => {
  it('are judged by check without any flag', async () => {
    expect(await judged([], limited({ FU: { maxUtilization: 80 }, '*': { keepFree: 5 } }))).toEqual({
      code: 3,
      items: [
        ['max-utilization', 'full', 80, 'breached'],
        ['min-available', 'full', 5, 'breached'],
        ['min-available', 'half', 5, 'passed'],
      ],
    })
  })

  it('of a provider come before those of all', async () => {
    const configuration = limited({ FU: { maxUtilization: 80 } }, { FU: { maxUtilization: 95 } }, 'other')
    expect((await judged([], configuration)).items).toEqual([
      ['max-utilization', 'full', 95, 'passed'],
      ['max-utilization', 'full', 80, 'breached'],
    ])
  })

  it('give way to flags under "*", and not where a license is named', async () => {
    const configuration = limited({ FU: { maxUtilization: 80 }, '*': { maxUtilization: 10, keepFree: 5 } })
    expect((await judged(['--max-utilization', '60'], configuration)).items).toEqual([
      ['max-utilization', 'full', 80, 'breached'],
      ['max-utilization', 'half', 60, 'passed'],
      ['min-available', 'full', 5, 'breached'],
      ['min-available', 'half', 5, 'passed'],
    ])
    const ofProvider = limited(undefined, { '*': { maxUtilization: 10 } })
    expect((await judged(['--max-utilization', '60'], ofProvider)).items[1]).toEqual([
      'max-utilization',
      'half',
      60,
      'passed',
    ])
  })

  it('leave out what is to be ignored, also from flags and rules', async () => {
    const configuration = limited({ full: { ignore: true } })
    const { items } = await judged(['--max-utilization', '10', '--fail-on', 'unassigned-seats'], configuration)
    expect(items).toEqual([
      ['max-utilization', 'half', 10, 'breached'],
      ['unassigned-seats', 'half', undefined, 'breached'],
    ])
  })

  it('are judged and marked in a report, by the same rules', async () => {
    const configuration = limited({ FU: { maxUtilization: 80, keepFree: 2 }, half: { maxUtilization: 50 } })
    const { code, stdout } = await seatlens(['report'], configuration)
    expect(code).toBe(0)
    expect(stdout).toMatch(/Name of full .* 1² +█+░+ +90%³\n/)
    expect(stdout).toMatch(/Name of half .* 5 +█+░+ +50%\n/)
    expect(stdout).toContain('² below the limit of 2 free seats\n³ above the limit of 80 %\n')
    const { stdout: markdown } = await seatlens(['report', '--format', 'md'], configuration)
    expect(markdown).toContain('above the limit of 80 %')
    const { stdout: page } = await seatlens(['report', '--format', 'html'], configuration)
    expect(page).toContain('above the limit of 80 %')
  })

  it('have columns of their own in CSV, after all others, and only where there are some', async () => {
    const rowsOf = async (configuration: object): Promise<readonly Record<string, string>[]> =>
      parse((await seatlens(['report', '--format', 'csv'], configuration)).stdout, { columns: true, bom: true })
    const rows = await rowsOf(limited({ FU: { maxUtilization: 80, keepFree: 1 }, half: { ignore: true } }))
    expect(rows.map((row) => Object.entries(row).slice(-3))).toEqual([
      [
        ['limitMaxUtilization', '80'],
        ['limitKeepFree', '1'],
        ['limits', 'breached'],
      ],
      [
        ['limitMaxUtilization', ''],
        ['limitKeepFree', ''],
        ['limits', 'ignored'],
      ],
    ])
    expect((await rowsOf(limited(undefined)))[0]).not.toHaveProperty('limits')
  })

  it('are used with a snapshot too, of which nothing else is configured', async () => {
    const folder = await newFolder()
    await seatlens(['snapshot', '--output', 'kept'], limited(undefined), folder)
    const configuration = { limits: { full: { maxUtilization: 80 } }, providers: 'not looked at' }
    const { code, stdout } = await seatlens(['--from', 'kept', 'check'], configuration, folder)
    expect(code).toBe(3)
    expect(stdout).toContain('90 % in use, at most 80 % allowed')
  })
})

describe('a limit of a license that does not exist', () => {
  const mistyped = limited({ fulll: { maxUtilization: 80 }, '*': { maxUtilization: 99 } })
  const line =
    'seatlens.json: limits."fulll": no license is called so; expected an id, product code or name of a license (did you mean "full"?)'

  it.each([['report'], ['check']])('makes %s exit with 5 and say so in one line', async (command) => {
    const { code, stdout, stderr } = await seatlens([command, '--format', 'json'], mistyped)
    expect({ code, told: said(stderr) }).toEqual({ code: 5, told: expect.stringContaining(`${line}\n`) })
    expect(JSON.parse(stdout).idleLimits).toMatchObject([{ license: 'fulll', why: 'not listed' }])
    expect(JSON.parse(stdout).complete).toBe(true)
  })

  it('is named first by tables, once, and is an error for a build server', async () => {
    const terminal = { columns: 200 }
    const { stdout, stderr } = await run(['check'], {
      worlds,
      configuration: mistyped,
      stdout: terminal,
      stderr: terminal,
      variables: { NO_COLOR: '1' },
    })
    expect(stdout.startsWith(`Check the configuration:\n  ${line}\n`)).toBe(true)
    expect(stderr).toBe('')
    const { stdout: xml } = await seatlens(['check', '--format', 'junit'], mistyped)
    expect(xml).toContain('name="limits: fulll"')
    expect(xml).toContain('errors="1"')
  })

  it('of a provider is told with its place', async () => {
    const { stderr } = await seatlens(['report', '--format', 'json'], limited(undefined, { nothing: { keepFree: 1 } }))
    expect(said(stderr)).toBe(
      'seatlens.json: providers[0].limits."nothing": no license is called so; expected an id, product code or name of a license of acme\n',
    )
  })

  it('is not told where a provider that may have it is not read', async () => {
    const configuration = limited({ gone: { keepFree: 1 } }, undefined, 'other')
    const { code, stderr } = await seatlens(['report', '--provider', 'other', '--format', 'json'], configuration)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect((await seatlens(['report', '--format', 'json'], configuration)).code).toBe(5)
  })
})

describe('limits that are none', () => {
  it.each([
    [{ limits: [] }, 'limits: expected an object with a license or "*" as each key, found a list'],
    [{ limits: { full: 90 } }, 'limits.full: expected an object with at least one of maxUtilization, keepFree, ignore'],
    [{ limits: { full: {} } }, 'limits.full: expected an object with at least one of'],
    [{ limits: { full: { maxUtilisation: 90 } } }, '(did you mean "maxUtilization"?)'],
    [
      { limits: { full: { maxUtilization: '90' } } },
      'limits.full.maxUtilization: expected a number of percent from 0 to 10000',
    ],
    [{ limits: { full: { maxUtilization: 10_001 } } }, 'expected a number of percent from 0 to 10000, found 10001'],
    [{ limits: { full: { keepFree: -1 } } }, 'limits.full.keepFree: expected a whole number of seats from 0, found -1'],
    [{ limits: { full: { ignore: false } } }, 'limits.full.ignore: expected true, or nothing, found false'],
    [{ limits: { full: { ignore: true, keepFree: 1 } } }, 'limits.full.ignore: expected no limit beside it'],
    [{ limits: { ' full': { keepFree: 1 } } }, 'without spaces around it'],
  ])('%j are a mistake that is told with its place', async (more, problem) => {
    for (const configuration of [
      { ...acmes('acme'), ...more },
      { providers: [{ ...acmes('acme').providers[0], ...more }] },
    ]) {
      const { code, stderr } = await seatlens(['report'], configuration)
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(problem) })
    }
  })
})
