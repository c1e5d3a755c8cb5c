import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failure } from './support/acme.ts'
import { readWorkbook } from './support/read-workbook.ts'
import { acmes, type RunOptions, run } from './support/run.ts'

const active = { lastActiveAt: new Date().toISOString(), licenseIds: ['basic'] }

const options: RunOptions = {
  configuration: {
    providers: [
      {
        id: 'acme',
        type: 'acme',
        token: 'sesame',
        licenses: { basic: { price: { amount: 1000, currency: 'EUR', per: 'seat-month' } } },
      },
    ],
  },
  worlds: {
    acme: {
      licenses: [{ id: 'basic', name: 'Basic' }],
      users: [
        {
          items: [
            { ...active, id: 'u1', department: 'Sales' },
            { ...active, id: 'u2', department: 'Sales', status: 'inactive' },
            { ...active, id: 'u3', department: 'none' },
            { ...active, id: 'u4', department: null },
            { ...active, id: 'u5' },
          ],
        },
      ],
    },
  },
}

const report = (format: string, ...args: readonly string[]) =>
  run(['report', '--group-by', 'department', '--format', format, ...args], options)

describe('seatlens report --group-by', () => {
  it('has one row for each group in CSV', async () => {
    const { code, stdout, stderr } = await report('csv')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(
      'kind,group,provider,licenseId,people,peopleNote,users,usersNote,seats,seatsNote,costEUR,costNote,findings,findingsNote,' +
        'seatsAtStake,seatsAtStakeNote,costAtStakeEUR,costAtStakeNote,reason,findingGroups,findingGroupsNote\r\n' +
        'named,Sales,,,2,,2,,2,,20.00,,1,,1,,10.00,,,1,\r\n' +
        'named,none,,,1,,1,,1,,10.00,,0,,0,,,not applicable,,0,\r\n' +
        'none,,,,1,,1,,1,,10.00,,0,,0,,,not applicable,,0,\r\n' +
        'unknown,,,,1,,1,,1,,10.00,,0,,0,,,not applicable,acme: 1 user: its directory has no record of them,0,\r\n',
    )
  })

  it('shows people a department that is called none apart from users without one', async () => {
    const { stdout } = await report('table')
    expect(stdout).toMatch(/\nBy department\nDepartment +People +Users +Seats held/)
    expect(stdout).toMatch(
      /\nSales +2 +2 +2 +EUR 20\.00 +1 +1 +EUR 10\.00\n"none" +1 .*\nnone +1 .*\nunknown +1 +1 +1¹/,
    )
    expect(stdout).toContain('¹ acme: 1 user: its directory has no record of them\n')
    expect(stdout).not.toContain('License ')
  })

  it.each([
    ['md', '## By department\n\n| Department | People | Users | Seats held | Cost per month |'],
    ['html', 'By department'],
  ])('has the section in %s', async (format, expected) => {
    expect((await report(format)).stdout).toContain(expected)
  })

  it('has a sheet of its own in the workbook', async () => {
    const { folder } = await report('xlsx', '--output', 'r.xlsx')
    const sheet = readWorkbook(await readFile(join(folder, 'r.xlsx'))).get('By department')
    expect(sheet?.rows.map((row) => [row.Kind, row.Department, row['Seats held']])).toEqual([
      ['named', 'Sales', 2],
      ['named', 'none', 1],
      ['none', '', 1],
      ['unknown', '', 1],
    ])
  })

  it('has the groups in JSON, and no users that were not asked for', async () => {
    const { groups, users } = JSON.parse((await report('json')).stdout)
    expect(groups).toMatchObject({ by: 'department', rows: [{ kind: 'named', name: 'Sales' }, {}, {}, {}] })
    expect(users).toBeUndefined()
  })

  it('is a section of its own where the rows are people, and refused in CSV, which is one table', async () => {
    expect((await report('table', '--by', 'user')).stdout).toMatch(/\nBy department\n/)
    const refused = await report('csv', '--by', 'user')
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('--group-by: expected without --by user in CSV, which is one table')
  })

  it('is given once, and by a field that there is', async () => {
    const twice = await run(['report', '--group-by', 'manager', '--group-by', 'location'], options)
    expect(twice).toMatchObject({ code: 2, stdout: '' })
    expect(twice.stderr).toContain('--group-by: expected one field; it is given as manager too')
    const other = await run(['report', '--group-by', 'mood'], options)
    expect(other.stderr).toContain('--group-by: expected one of department, division, manager')
  })

  it('never shows a provider that failed as one without seats', async () => {
    const failed: RunOptions = {
      configuration: acmes('acme'),
      worlds: { acme: { failure: failure('RateLimited') } },
    }
    const { stdout } = await run(['report', '--group-by', 'department', '--format', 'csv'], failed)
    expect(stdout).toMatch(/\r\nunknown,,,,,unknown: not all users of acme are known,,unknown: /)
  })
})

describe('seatlens check --group-by', () => {
  const check = (...args: readonly string[]) => run(['check', '--group-by', 'department', ...args], options)

  it('fails for a group with more findings than are allowed, and no other', async () => {
    const { code, stdout } = await check('--max-findings', '0')
    expect(code).toBe(3)
    expect(stdout).toMatch(/^Breached: 1 \(3 passed\)\n\nmax-findings: 1, EUR 10\.00 per month\n/)
    expect(stdout).toMatch(/\n +Sales: 1 finding, at most 0 allowed +1 +EUR 10\.00 +f[\da-f]{16}\n/)
    expect((await check('--max-findings', '1')).code).toBe(0)
  })

  it('says in JSON which group it is, and takes it from a baseline and from suppressions by its id', async () => {
    const { stdout, folder } = await check('--max-findings', '0', '--format', 'json')
    const [item] = JSON.parse(stdout).items
    expect(item).toMatchObject({
      rule: 'max-findings',
      verdict: 'breached',
      name: 'Sales',
      evidence: { findings: 1, allowed: 0 },
    })
    expect(item.group).toEqual({ by: 'department', kind: 'named', name: 'Sales' })
    await writeFile(join(folder, 'before.json'), stdout)
    await writeFile(join(folder, 'accepted.csv'), `id,reason\n${item.id},agreed\n`)
    const again = (...args: readonly string[]) =>
      run(['check', '--group-by', 'department', '--max-findings', '0', ...args], { ...options, folder })
    expect((await again('--baseline', 'before.json')).code).toBe(0)
    expect((await again('--suppressions', 'accepted.csv')).stdout).toContain(
      'Sales: 1 finding, at most 0 allowed (agreed)',
    )
  })

  it('is expected with its limit, and the limit with it', async () => {
    expect((await check('--fail-on', 'any')).stderr).toContain('--group-by: expected with --max-findings')
    const { code, stderr } = await run(['check', '--max-findings', '1'], options)
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--max-findings: expected with --group-by'),
    })
  })

  it('never passes a group of which findings may be missing, and counts each such group as unknown', async () => {
    const dark: RunOptions = {
      ...options,
      worlds: { acme: { users: [{ items: [{ id: 'a' }, { id: 'b', department: 'Sales' }] }] } },
    }
    const args = ['check', '--group-by', 'department', '--max-findings', '0', '--format', 'json']
    const { counts } = JSON.parse((await run(args, dark)).stdout)
    expect(counts).toMatchObject({ passed: 0, unknown: 2 })
    const { stdout } = await run(args.slice(0, -2), dark)
    expect(stdout).toMatch(/\n {2}max-findings: Sales: at least 0 findings, at most 0 allowed; /)
    expect(stdout).toMatch(/\n {2}max-findings: Department unknown: at least 0 findings, at most 0 allowed; /)
    const failing = JSON.parse((await run([...args, '--fail-on-unknown'], dark)).stdout)
    expect(new Set(failing.items.map(({ id }: { id: string }) => id)).size).toBe(2)
  })
})
