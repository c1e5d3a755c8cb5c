import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type GenesysSimulator, startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { newFolder, type RunOptions, run } from './support/run.ts'

const ids = { ada: 'a1', bob: 'b1', cleo: 'c1', ada2: 'a2' }

const world = {
  definitions: [{ id: 'cx1' }, { id: 'cx2' }, { id: 'cx3', description: 'CX 3' }],
  licenseRows: [
    { id: ids.ada, licenses: ['cx1'] },
    { id: ids.bob, licenses: ['cx3'] },
  ],
  directory: [
    { id: ids.ada, name: 'Ada', email: 'ada@example.com' },
    { id: ids.bob, name: 'Bob', email: 'bob@example.com' },
    { id: ids.cleo, name: 'Cleo', email: 'cleo@example.com' },
  ],
}

let simulator: GenesysSimulator
let folder: string

beforeEach(async () => {
  simulator = await startGenesysSimulator({ world })
  folder = await newFolder()
})
afterEach(() => simulator.destroy())

const seatlens = (args: readonly string[], options: RunOptions = {}) =>
  run(args, {
    registry,
    configuration: { providers: [{ id: 'genesys', type: 'genesys', ...simulator.configuration }] },
    folder,
    ...options,
  })

const file = (name: string, text: string) => writeFile(join(folder, name), text)
const read = (name: string) => readFile(join(folder, name), 'utf8')
const held = (id: string) => [...simulator.organization.licensesOf(id)].sort()
const writes = () => simulator.requests.count({ method: 'POST', path: '/api/v2/license/organization' })

const planned = async (...args: readonly string[]) => {
  const made = await seatlens(['plan', ...args, '--output', 'plan.json'])
  if (made.code !== 0) throw new Error(made.stderr)
  return JSON.parse(await read('plan.json'))
}

describe('seatlens plan', () => {
  it('says what would change and what for, keeps it for its owner only, and changes nothing', async () => {
    const { code, stdout, stderr } = await seatlens([
      'plan',
      '--assign',
      'cx2',
      '--user',
      'ADA@example.com',
      '--output',
      'plan.json',
    ])
    expect(code).toBe(0)
    expect(stdout).toContain('Genesys Cloud (genesys): 1 change for 1 user')
    expect(stdout).toMatch(/assign +cx2 +ada@example\.com/)
    expect(stderr).toBe('kept as plan.json; to carry it out: seatlens apply plan.json\n')
    expect((await stat(join(folder, 'plan.json'))).mode & 0o777).toBe(0o600)
    expect(writes()).toBe(0)
  })

  it('prints the plan as it is kept', async () => {
    const { stdout } = await seatlens([
      'plan',
      '--assign',
      'cx2',
      '--user',
      ids.ada,
      '--format',
      'json',
      '--output',
      'p',
    ])
    expect(stdout).toBe(await read('p'))
    expect(JSON.parse(stdout)).toMatchObject({ format: 'seatlens-plan', schemaVersion: 1, hash: /^sha256:/ })
  })

  it('says that it was not kept where it was not', async () => {
    const { stderr } = await seatlens(['plan', '--assign', 'cx2', '--user', ids.ada])
    expect(stderr).toContain('--output')
  })

  it('says that there is nothing to do', async () => {
    const { code, stderr } = await seatlens(['plan', '--assign', 'cx1', '--user', ids.ada])
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'everything is already so: there is nothing to apply\n' })
  })

  it('leaves out users of other providers, and says so', async () => {
    await file('users.csv', 'provider,user\nwebex,x1\ngenesys,a1\n')
    const { stderr, stdout } = await seatlens(['plan', '--file', 'users.csv', '--assign', 'cx2'])
    expect(stdout).toContain('1 change for 1 user')
    expect(stderr).toContain('1 row of other providers than genesys left out')
  })

  const told = async (...args: readonly string[]) =>
    (await planned(...args)).changes.map(
      ({ action, licenseId, userId }: Record<string, string>) => `${action} ${licenseId} ${userId}`,
    )

  it('takes whole changes from a CSV file', async () => {
    await file(
      'changes.csv',
      'User,Action,License,To\r\nada@example.com,swap,cx1,cx2\r\n"cleo@example.com",assign,CX 3,\r\n',
    )
    expect(await told('--file', 'changes.csv')).toEqual(['remove cx1 a1', 'assign cx2 a1', 'assign cx3 c1'])
  })

  it('says which command carries it out, also where its name has spaces and quotes', async () => {
    const { code, stderr } = await seatlens([
      'plan',
      '--assign',
      'cx2',
      '--user',
      ids.ada,
      '--output',
      "Ada's plan.json",
    ])
    expect(code).toBe(0)
    expect(stderr).toBe("kept as Ada's plan.json; to carry it out: seatlens apply 'Ada'\\''s plan.json'\n")
  })

  it('takes the rows of a provider by its id in any case', async () => {
    await file('users.csv', 'provider,user\nGenesys,a1\nWEBEX,b1\n')
    const { code, stderr } = await seatlens(['plan', '--provider', 'GENESYS', '--assign', 'cx2', '--file', 'users.csv'])
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: /^1 row of other providers than genesys left out\n/ })
  })

  it('takes users from a list of users as it prints it, or as a spreadsheet does', async () => {
    const { stdout } = await seatlens(['users', '--format', 'csv'])
    await file('users.csv', stdout)
    expect(await told('--file', 'users.csv', '--assign', 'cx2')).toEqual(['assign cx2 a1', 'assign cx2 b1'])
    await file('users.csv', '\ufeffsep=;\r\n\r\nName;user\r\n"Doe, Ada";ada@example.com\r\n')
    expect(await told('--file', 'users.csv', '--assign', 'cx2')).toEqual(['assign cx2 a1'])
  })

  it.each([
    ['a last column without anything', 'user,action,license,\r\nada@example.com,remove,cx1,\r\n'],
    ['columns and cells without anything', ',user,,action,license\r\n,ada@example.com,,remove,cx1,,,\r\n'],
    ['rows of separators', 'user,action,license\r\n,,\r\nada@example.com,remove,cx1\r\n,,\r\n , \r\n'],
    ['rows of semicolons', ';;\r\nuser;action;license\r\nada@example.com;remove;cx1\r\n;;\r\n'],
    ['CR CR LF', 'user,action,license\r\r\nada@example.com,remove,cx1\r\r\n'],
    ['ends of lines of several kinds', 'user,action,license\r\nada@example.com,remove,cx1\nada@example.com,remove,cx1'],
  ])('passes over what spreadsheets and scripts put around a table: %s', async (_, text) => {
    await file('changes.csv', text)
    expect(await told('--file', 'changes.csv')).toEqual(['remove cx1 a1'])
  })

  it.each([
    [
      'the users of Control Hub',
      'First Name,Last Name,Display Name,User ID/Email (Required),User Status,Extension,Location,Webex Meetings',
      'Ada,L,Ada L,ada@example.com,Active,1001,Rome,TRUE',
    ],
    [
      'the people of Genesys Cloud',
      'name,email,phone_work,extension,title,department,email_manager,location_work,roles_divisions,queues,division,skills',
      'Ada,ada@example.com,+39 06 1,1001,,,bob@example.com,,,,Home,',
    ],
    ['a table that was copied', 'Provider,Name,E-mail,Status,Kind,Licenses', 'genesys,Ada,ada@example.com,active,,cx1'],
    ['a table of people', 'Person,E-mail,Department,Providers,Linked by,Status', 'Ada,ada@example.com,,genesys,none,'],
    ['a list of another kind', 'E-Mail Address', 'ada@example.com'],
  ])('takes users from %s', async (_, headings, row) => {
    await file('users.csv', `${headings}\n${row}\n`)
    expect(await told('--file', 'users.csv', '--assign', 'cx2')).toEqual(['assign cx2 a1'])
  })

  it('takes users from its own reports, by their ids', async () => {
    for (const by of ['user', 'assignment']) {
      await seatlens(['report', '--by', by, '--format', 'csv', '--output', `${by}.csv`])
      expect(await told('--file', `${by}.csv`, '--assign', 'cx2')).toEqual(['assign cx2 a1', 'assign cx2 b1'])
    }
  })

  it('takes changes from its own report of seats where a column says what is to be done', async () => {
    const { stdout } = await seatlens(['report', '--by', 'assignment', '--format', 'csv'])
    const [headings, ...rows] = stdout.trimEnd().split('\r\n')
    const marked = rows.filter((row) => row.includes('assigned')).map((row) => `${row},remove`)
    await file('seats.csv', [`${headings},action`, ...marked].join('\r\n'))
    expect(await told('--file', 'seats.csv')).toEqual(['remove cx1 a1', 'remove cx3 b1'])
  })

  it('takes changes from a JSON file', async () => {
    await file('changes.json', JSON.stringify([{ user: 'b1', action: 'remove', license: 'cx3' }]))
    expect(await told('--file', 'changes.json')).toEqual(['remove cx3 b1'])
  })

  it('takes a license by its id in any case', async () => {
    expect(await told('--assign', 'CX2', '--user', ids.ada)).toEqual(['assign cx2 a1'])
  })

  it('swaps, and sees to it that exactly these users hold a license', async () => {
    expect(await told('--swap', 'cx3', 'cx2', '--user', ids.bob)).toEqual(['remove cx3 b1', 'assign cx2 b1'])
    expect(await told('--assign', 'cx3', '--exactly', '--user', ids.ada)).toEqual(['remove cx3 b1', 'assign cx3 a1'])
    expect(await told('--assign', 'cx3', '--exactly', '--add-only', '--user', ids.ada)).toEqual(['assign cx3 a1'])
    expect(await told('--assign', 'cx3', '--exactly', '--remove-only', '--user', ids.ada)).toEqual(['remove cx3 b1'])
  })

  it('gives exactly these users the license with the calling properties of their lines', async () => {
    await file('staff.csv', 'user,locationId,extension\na1,l1,12\nb1,,\n')
    const { changes } = await planned('--assign', 'cx2', '--exactly', '--file', 'staff.csv')
    expect(changes.map(({ userId, calling }: Record<string, unknown>) => [userId, calling])).toEqual([
      ['a1', { locationId: 'l1', extension: '12' }],
      ['b1', undefined],
    ])
  })

  const badInput: readonly (readonly [readonly string[], string])[] = [
    [[], 'seatlens plan: expected the users to change: --user or --file; see: seatlens plan --help\n'],
    [
      ['--user', 'a1'],
      'seatlens plan: expected a change: --assign, --remove or --swap, or a file with a column "action"; see: ',
    ],
    [['--assign', 'gold', '--user', 'a1'], '--assign: genesys has no license with the id, product code or name "gold"'],
    [
      ['--assign', 'cx2', '--user', 'eve@example.com'],
      '--user: genesys knows no user with the address "eve@example.com"\ncorrect what is mistyped, or leave users out',
    ],
    [['--remove', 'gold', '--user', 'a1', '--user', 'b1'], '--remove: genesys has no license with the id'],
    [['--swap', 'cx1', 'gold', '--user', 'a1'], '--swap: genesys has no license with the id'],
    [['--assign', 'gold', '--exactly', '--user', 'a1'], '--assign: genesys has no license with the id'],
    [['--assign', 'cx9', '--user', 'a1'], 'product code or name "cx9" (did you mean "cx1" or "cx2" or "CX 3"?)'],
    [['--assign', 'cx2', '--exactly', '--user', 'a1', '--user', 'nobody'], '--user: genesys knows no user with the id'],
    [['--assign', 'cx2', '--user', 'nobody'], '--user: genesys knows no user with the id "nobody"'],
    [
      ['--assign', 'cx2', '--remove', 'cx2', '--user', 'a1'],
      '--assign: cx2 is both given to and taken from ada@example.com',
    ],
    [['--swap', 'cx1', 'cx1', '--user', 'a1'], '--swap: cx1 cannot be swapped for itself'],
    [['--swap', 'cx1', '--user', 'a1'], 'seatlens plan: --swap: expected two licenses, FROM and TO, found cx1; see: '],
    [['--exactly', '--user', 'a1'], '--exactly: expected with --assign, and without --remove and --swap'],
    [['--add-only', '--assign', 'cx2', '--user', 'a1'], '--add-only and --remove-only: expected with --exactly'],
    [['--file', 'none.csv'], 'none.csv: cannot read the changes: there is no such file'],
    [['--provider', 'webex', '--assign', 'x', '--user', 'a'], '--provider: expected one of genesys, found "webex"'],
    [['--provider', 'genesis', '--assign', 'x', '--user', 'a'], 'found "genesis" (did you mean "genesys"?)'],
  ]
  it.each(badInput)('%j is a mistake that is told in one line, and nothing is written', async (args, line) => {
    const { code, stdout, stderr } = await seatlens(['plan', ...args, '--output', 'plan.json'])
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(line) })
    await expect(read('plan.json')).rejects.toThrow('ENOENT')
  })

  const badFiles: readonly (readonly [string, string, string])[] = [
    ['c.csv', 'name\nada', 'c.csv: line 1: expected headings, and one of them "user" or "email" or "id"'],
    ['c.csv', 'user,aktion\na1,remove', 'c.csv: line 1: expected headings among user, email'],
    ['c.csv', 'user,User\na1,b1', 'c.csv: line 1: expected each heading once, found "User" again'],
    [
      'c.csv',
      'user,license,action\na1,cx2,\nb1,cx2,assign\na1,cx1,',
      'c.csv: line 2: action: expected one of assign, remove, swap beside a license (and so 1 other row)',
    ],
    [
      'c.csv',
      'user,license,action\nb1,cx2,assign\na1,,\n',
      'c.csv: line 3: action: expected one of assign, remove, swap',
    ],
    ['c.csv', 'user,action,license,\n\na1,remove,cx1,x', 'c.csv: line 3: expected nothing in column 4, which has no'],
    ['c.csv', '\n,,\nuser,aktion\na1,remove', 'c.csv: line 3: expected headings among user, email'],
    ['c.csv', 'user,aktion\na1,remove', 'found "aktion" (did you mean "action"?)'],
    [
      'c.csv',
      'Mitarbeiter,Adresse,Ort,Alter,Team\nAda,ada@example.com,Rom,7,x',
      'found "Mitarbeiter", "Adresse", "Ort" and 2 others; "Adresse" has addresses: call that column "user"; ' +
        'delete the columns that are not needed\n',
    ],
    ['c.txt', '[{"user": 1}]', 'c.txt: [0].user: expected a text'],
    ['c.csv', 'user,action,license,to\na1,assign,cx2,cx3', 'c.csv: line 2: to: expected only with the action swap'],
    ['c.csv', 'user,action,license\na1,assign,cx2,cx3', 'c.csv: line 2: expected 3 cells, found 4'],
    ['c.csv', 'user,action,license\nada@example.com,give,cx2', 'line 2: action: expected one of assign, remove, swap'],
    ['c.csv', 'user,action,license\n,assign,cx2', 'c.csv: line 2: user: expected an e-mail address or an id'],
    [
      'c.csv',
      'user,action,license\nada@example.com,swap',
      'c.csv: line 2: license: expected a license, as the line has an action; to change all lines alike, leave out the column action',
    ],
    ['c.csv', 'user\n"a1', 'c.csv: line 2: not valid CSV: '],
    ['c.csv', 'user,action,license,to\na1,swap,cx1,', 'c.csv: line 2: to: expected the license to get'],
    ['c.csv', 'user,action\n', 'c.csv: expected at least one row'],
    ['c.json', '{"user": "a1"}', 'c.json: expected a list'],
    ['c.json', '[{"user": 1}]', 'c.json: [0].user: expected a text'],
    ['c.json', '[{"who": "a"}]', 'c.json: [0].who: expected one of user, email'],
    ['c.json', '[', 'c.json:1:2: not valid JSON'],
  ]
  it.each(badFiles)('%s with %j is a mistake that is told with its place', async (name, text, line) => {
    await file(name, text)
    const { code, stderr } = await seatlens(['plan', '--file', name])
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(line) })
  })

  it.each<[string, readonly string[]]>([
    ['licenses', ['licenses']],
    ['users', ['users']],
    ['report', ['report']],
    ['report --by user', ['report', '--by', 'user']],
    ['report --by assignment', ['report', '--by', 'assignment']],
  ])('says of the printed table of %s that it is one, and how to get CSV', async (_, args) => {
    const { stdout } = await seatlens([...args, '--format', 'table'])
    await file('printed.txt', stdout)
    expect(await seatlens(['plan', '--file', 'printed.txt', '--assign', 'cx2'])).toMatchObject({
      code: 2,
      stderr: 'printed.txt: line 1: expected CSV, found a printed table; write it with --format csv\n',
    })
  })

  it('knows a table that was copied from a terminal, where a space is between its columns', async () => {
    await file('copied.txt', 'Provider Name E-mail Status Licenses\ngenesys Ada ada@example.com active CX 1\n')
    const { stderr } = await seatlens(['plan', '--file', 'copied.txt', '--assign', 'cx2'])
    expect(stderr).toContain('copied.txt: line 1: expected CSV, found a printed table')
  })

  it('lists headings once where none of those that are needed is there', async () => {
    await file('c.csv', 'Team,Ort\nx,Rom\n')
    const { stderr } = await seatlens(['plan', '--file', 'c.csv', '--assign', 'cx2'])
    expect(stderr).toBe(
      'c.csv: line 1: expected headings, and one of them "user" or "email" or "id", found "Team", "Ort"; ' +
        'delete the columns that are not needed\n',
    )
  })

  it('says of what has no headings only that, and nothing of the cells below', async () => {
    await file('printed.txt', 'Who What\nAda Lovelace, Countess\n')
    const { code, stderr } = await seatlens(['plan', '--file', 'printed.txt'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^printed\.txt: line 1: .+\n$/) })
  })

  it('asks which one is meant where an address is that of two users', async () => {
    await simulator.destroy()
    simulator = await startGenesysSimulator({
      world: {
        ...world,
        licenseRows: [...world.licenseRows, { id: ids.ada2, licenses: ['cx1'] }],
        directory: [...world.directory, { id: ids.ada2, name: 'Ada', email: 'ada@example.com', state: 'active' }],
      },
    })
    const { code, stderr } = await seatlens(['plan', '--assign', 'cx2', '--user', 'ada@example.com'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/"ada@example\.com" is the address of 2 users.*\(a1, Ada, active\) \(a2, Ada, active\)/)
  })

  it.each([
    ['that removes seats', ['--exactly']],
    ['that only adds seats', []],
  ])('makes no plan %s of a list that could not be read as a whole, and gives the reason', async (_, args) => {
    simulator.faults.add({ match: { path: '/api/v2/license/users' }, effect: { kind: 'status', status: 400 } })
    const { code, stderr } = await seatlens(['plan', '--assign', 'cx2', ...args, '--user', 'a1', '--output', 'p'])
    expect(code).toBe(5)
    expect(stderr).toContain('no plan was made: a plan needs complete lists of licenses and users\n')
    await expect(read('p')).rejects.toThrow('ENOENT')
  })
})

describe('seatlens apply', () => {
  it('changes, reads back, tells and writes down', async () => {
    await planned('--swap', 'cx3', 'cx2', '--user', ids.bob)
    const { code, stdout } = await seatlens(['apply', 'plan.json', '--yes'])
    expect(code).toBe(0)
    expect(stdout).toContain('2 applied; all of it is as planned')
    expect(held(ids.bob)).toEqual(['cx2'])
    expect((await stat(join(folder, 'plan.json.journal'))).mode & 0o777).toBe(0o600)
  })

  it('tells it to machines', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const { stdout } = await seatlens(['apply', 'plan.json', '--yes', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      complete: true,
      verified: true,
      counts: { applied: 1, refused: 0 },
      changes: [{ userId: 'a1', licenseId: 'cx2', result: 'applied' }],
    })
  })

  it('does nothing twice', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    const { code } = await seatlens(['apply', 'plan.json', '--yes'])
    expect({ code, writes: writes() }).toEqual({ code: 0, writes: 1 })
  })

  it('refuses to run where nobody can be asked', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const { code, stderr } = await seatlens(['apply', 'plan.json'])
    expect({ code, stderr, writes: writes() }).toEqual({
      code: 2,
      stderr: '--yes: needed to change anything without a terminal to ask on\n',
      writes: 0,
    })
  })

  it.each([
    ['y\n', 0, ['cx1', 'cx2']],
    ['yes\n', 0, ['cx1', 'cx2']],
    ['\n', 130, ['cx1']],
    ['n\n', 130, ['cx1']],
    ['', 130, ['cx1']],
  ])('on a terminal it shows the plan and asks; %j', async (typed, code, after) => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const asked = await seatlens(['apply', 'plan.json'], { typed, stderr: { columns: 80 } })
    expect(asked.stderr).toMatch(/assign +cx2 +ada@example\.com[\s\S]*Make 1 change in genesys\? \[y\/N\]/)
    expect({ code: asked.code, after: held(ids.ada) }).toEqual({ code, after })
  })

  it('tells each refusal with the vendor’s reason and correlation id, and does the rest', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada, '--user', ids.cleo)
    simulator.writes.add({
      match: { userId: ids.ada },
      effect: { kind: 'refuse', code: 'no.more', message: 'No more of these' },
    })
    const { code, stdout } = await seatlens(['apply', 'plan.json', '--yes'])
    expect(code).toBe(6)
    expect(stdout).toMatch(/refused +assign +cx2 +ada@example\.com/)
    expect(stdout).toMatch(/ada@example\.com, cx2: .*No more of these.*correlation id/)
    expect(stdout).toContain('1 applied, 1 refused')
    expect(held(ids.cleo)).toEqual(['cx2'])
  })

  it('does not say that it did what the vendor only says that it did', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    simulator.writes.add({ effect: { kind: 'ignore' } })
    const { code, stdout, stderr } = await seatlens(['apply', 'plan.json', '--yes', '--wait', '1', '--format', 'json'])
    expect(code).toBe(6)
    expect(JSON.parse(stdout)).toMatchObject({ complete: false, counts: { applied: 0, unknown: 1 } })
    expect(stderr).toContain('run the same command again later to find out')
  })

  it('says on a terminal what it waits for, and until when', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    simulator.writes.add({ effect: { kind: 'ignore' } })
    const { stderr } = await seatlens(['apply', 'plan.json', '--yes', '--wait', '1'], { stderr: { columns: 100 } })
    expect(stderr).toMatch(/genesys waits until \d\d:\d\d:\d\d \(1 change sent, not seen yet\)/)
  })

  it('takes a change that the vendor shows only later for its own when it is applied again', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    simulator.writes.add({ match: { times: 1 }, effect: { kind: 'ignore' } })
    const early = await seatlens(['apply', 'plan.json', '--yes', '--wait', '0', '--format', 'json'])
    expect([early.code, JSON.parse(early.stdout).counts.unknown]).toEqual([6, 1])
    simulator.organization.setLicenses(ids.ada, [...held(ids.ada), 'cx2'])
    const again = await seatlens(['apply', 'plan.json', '--yes', '--format', 'json'])
    expect([again.code, JSON.parse(again.stdout).counts.applied]).toEqual([0, 1])
    expect(writes()).toBe(1)
    expect((await seatlens(['undo', 'plan.json.journal', '--yes'])).code).toBe(0)
    expect(held(ids.ada)).not.toContain('cx2')
  })

  it('sends nothing where somebody has changed since, unless that may be left out', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada, '--user', ids.cleo)
    simulator.organization.setLicenses(ids.ada, ['cx1', 'cx3'])
    const refused = await seatlens(['apply', 'plan.json', '--yes'])
    expect({ code: refused.code, writes: writes() }).toEqual({ code: 6, writes: 0 })
    expect(refused.stdout).toContain('ada@example.com, cx2: the user holds CX 3 now')
    expect(refused.stderr).toContain(
      'nothing was sent, because seats have changed since the plan was made: give --allow-drift',
    )
    const { code, stderr } = await seatlens(['apply', 'plan.json', '--yes', '--allow-drift'])
    expect({ code, ada: held(ids.ada), cleo: held(ids.cleo) }).toEqual({ code: 6, ada: ['cx1', 'cx3'], cleo: ['cx2'] })
    expect(stderr).not.toContain('--allow-drift')
  })

  it('says who may not change anything', async () => {
    await simulator.destroy()
    simulator = await startGenesysSimulator({
      world,
      permissions: ['authorization:license:view', 'directory:user:view'],
    })
    await planned('--assign', 'cx2', '--user', ids.ada)
    const { code, stdout } = await seatlens(['apply', 'plan.json', '--yes'])
    expect(code).toBe(4)
    expect(stdout).toContain('authorization:grant:add')
  })

  const tampered: readonly (readonly [string, (plan: string) => string, string])[] = [
    ['tampered with', (plan) => plan.replaceAll('"a1"', '"b1"'), 'the plan was changed after it was made'],
    ['no plan', () => '{"hello": 1}', 'not a plan'],
    ['no JSON', () => 'hello', 'not valid JSON'],
  ]
  it.each(tampered)('refuses a plan that is %s', async (_, change, line) => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await file('plan.json', change(await read('plan.json')))
    const { code, stderr } = await seatlens(['apply', 'plan.json', '--yes'])
    expect({ code, stderr, writes: writes() }).toEqual({ code: 2, stderr: expect.stringContaining(line), writes: 0 })
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('refuses a plan that is not there, and the journal of another plan', async () => {
    expect(await seatlens(['apply', 'none.json', '--yes'])).toMatchObject({ code: 2, stderr: /no such file/ })
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    await planned('--assign', 'cx3', '--user', ids.ada)
    expect(await seatlens(['apply', 'plan.json', '--yes'])).toMatchObject({
      code: 2,
      stderr: 'plan.json.journal: the journal of another plan; give another one with --journal\n',
    })
    expect(await seatlens(['apply', 'plan.json', '--yes', '--journal', 'other'])).toMatchObject({ code: 0 })
    await file('third', 'hello\nworld\n')
    expect(await seatlens(['apply', 'plan.json', '--yes', '--journal', 'third'])).toMatchObject({
      code: 2,
      stderr: 'third: line 1: expected an entry of a journal\n',
    })
  })

  it('takes back by a journal, and says so where it is given the plan', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    expect(await seatlens(['undo', 'plan.json', '--yes'])).toMatchObject({
      code: 2,
      stderr: 'plan.json: it is a plan, and not the journal of one; expected plan.json.journal\n',
    })
  })

  it.each(['apply plan.json', 'undo plan.json.journal'])(
    'refuses a plan for a provider that has another id now, and names no option: %s',
    async (command) => {
      await planned('--assign', 'cx2', '--user', ids.ada)
      if (command.startsWith('undo')) await seatlens(['apply', 'plan.json', '--yes'])
      const providers = ['gen2', 'gen3'].map((id) => ({
        id,
        type: 'genesys',
        displayName: 'genesys',
        ...simulator.configuration,
      }))
      const [verb = '', name = ''] = command.split(' ')
      expect(await seatlens([verb, name, '--yes'], { configuration: { providers } })).toMatchObject({
        code: 2,
        stderr: `${name}: the plan is for the provider "genesys", which is not configured; expected one of gen2, gen3\n`,
      })
    },
  )

  it('says after Ctrl-C before anything was sent how to go on', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada, '--user', ids.cleo)
    let interrupt = () => {}
    simulator.faults.add({
      match: { path: '/api/v2/license/users', times: 1 },
      effect: {
        kind: 'rewrite',
        rewrite: (answer) => {
          interrupt()
          return answer
        },
      },
    })
    const { code, stdout, stderr } = await seatlens(['apply', 'plan.json', '--yes'], {
      onStart: (stop) => {
        interrupt = stop
      },
    })
    expect({ code, writes: writes() }).toEqual({ code: 130, writes: 0 })
    expect(stdout).toContain('2 not sent')
    expect(stderr).toContain('2 changes not sent: run the same command again to go on\n')
  })

  it.each(['apply', 'undo'])('says after Ctrl-C at the question of %s that nothing was changed', async (command) => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    if (command === 'undo') await seatlens(['apply', 'plan.json', '--yes'])
    const before = writes()
    let interrupt = () => {}
    const take = async (text: string) => {
      if (text.includes('[y/N]')) interrupt()
    }
    const { code, stderr } = await seatlens([command, command === 'apply' ? 'plan.json' : 'plan.json.journal'], {
      typed: '',
      stderr: { columns: 80, take },
      onStart: (stop) => {
        interrupt = stop
      },
    })
    expect({ code, writes: writes() }).toEqual({ code: 130, writes: before })
    expect(stderr).toMatch(/nothing was changed\n$/)
  })

  it.skipIf(process.platform !== 'linux')('does not deny a folder that is there and takes no files', async () => {
    const { code, stderr } = await seatlens(['report', '--output', '/proc/x.csv'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: '--output: cannot write /proc/x.csv: its folder takes no files\n',
    })
  })

  it('refuses a plan for a provider that is another one now', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const configuration = { providers: [{ id: 'genesys', type: 'webex', accessToken: 'x' }] }
    expect(await seatlens(['apply', 'plan.json', '--yes'], { configuration })).toMatchObject({
      code: 2,
      stderr: 'the plan is for genesys (genesys), not for genesys (webex)\n',
    })
  })
})

describe('the journal of seatlens apply', () => {
  it('is that of one run at a time', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const { hostname } = await import('node:os')
    await file('plan.json.journal.lock', JSON.stringify({ host: hostname(), pid: process.ppid }))
    expect(await seatlens(['apply', 'plan.json', '--yes'])).toMatchObject({
      code: 2,
      stderr: /another run is at work with this journal .* delete plan\.json\.journal\.lock/,
    })
    expect(writes()).toBe(0)
  })

  it('is taken over from a run that is gone', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const { hostname } = await import('node:os')
    await file('plan.json.journal.lock', JSON.stringify({ host: hostname(), pid: 2 ** 22 - 1 }))
    expect(await seatlens(['apply', 'plan.json', '--yes'])).toMatchObject({ code: 0 })
    await expect(read('plan.json.journal.lock')).rejects.toThrow('ENOENT')
  })

  it('is of one plan only, though two runs begin at the same time', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const both = await Promise.all([1, 2].map(() => seatlens(['apply', 'plan.json', '--yes'])))
    expect(both.map(({ code }) => code).sort()).toEqual([0, 2])
    expect(writes()).toBe(1)
    expect(await seatlens(['undo', 'plan.json.journal', '--yes'])).toMatchObject({ code: 0 })
    expect(held(ids.ada)).toEqual(['cx1'])
  })

  it('must be writable, and nothing else may take its place or that of the plan', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const code = 2
    expect(await seatlens(['apply', 'plan.json', '--yes', '--journal', 'no/where'])).toMatchObject({
      code,
      stderr: 'no/where: cannot write the journal: there is no folder no\n',
    })
    for (const output of ['plan.json', './plan.json.journal']) {
      const refused = await seatlens(['apply', 'plan.json', '--yes', '--output', output])
      expect(refused).toMatchObject({ code, stderr: /--output: expected another file/ })
    }
    expect(writes()).toBe(0)
  })

  it('brings a plan to its end that has expired meanwhile', async () => {
    const plan = await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    const later = Date.parse(plan.expiresAt) + 1
    vi.useFakeTimers({ now: later, toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    expect(await seatlens(['apply', 'plan.json', '--yes'])).toMatchObject({ code: 0 })
    expect(await seatlens(['apply', 'plan.json', '--yes', '--journal', 'another'])).toMatchObject({
      code: 2,
      stderr: /the plan has expired/,
    })
  })
})

it('keeps the result as JSON beside showing it', async () => {
  await planned('--assign', 'cx2', '--user', ids.ada)
  const { stdout } = await seatlens(['apply', 'plan.json', '--yes', '--output', 'result.json'])
  expect(stdout).toContain('1 applied')
  expect(JSON.parse(await read('result.json'))).toMatchObject({ complete: true, counts: { applied: 1 } })
})

describe('what is left out of a plan', () => {
  it('lists users who are not known, with file and line, and plans the rest', async () => {
    await file('c.csv', 'user\nnobody@example.com\nada@example.com\n')
    const { code, stdout } = await seatlens(['plan', '--assign', 'cx2', '--file', 'c.csv', '--skip-unknown'])
    expect(code).toBe(0)
    expect(stdout).toContain('1 change for 1 user')
    expect(stdout).toContain('left out, not found: nobody@example.com (c.csv: line 2)')
    const none = await seatlens(['plan', '--assign', 'cx2', '--user', 'nobody@example.com', '--skip-unknown'])
    expect(none).toMatchObject({ code: 0, stderr: 'there is nothing to apply\n' })
  })

  it('keeps to a limit and says how many changes that leaves out', async () => {
    const { stdout } = await seatlens(['plan', '--assign', 'cx2', '--user', ids.ada, '--user', ids.bob, '--limit', '1'])
    expect(stdout).toContain('1 change for 1 user')
    expect(stdout).toContain('1 change left out: the limit is 1')
  })
})

describe('protected seats', () => {
  const line =
    /ada@example\.com: the seat is protected: on call \((?:vip\.csv: line 2|guarded\.json: protected\[0\])\); to change it all the same, delete that entry\n/
  const seats = 'user,license,reason\nADA@example.com,cx2,on call\n'

  it('of a file are not changed by a plan, and not by apply', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await file('vip.csv', seats)
    for (const args of [
      ['plan', '--assign', 'cx2', '--user', ids.ada],
      ['apply', 'plan.json', '--yes'],
    ]) {
      const { code, stderr } = await seatlens([...args, '--protected', 'vip.csv'])
      expect({ code, stderr, writes: writes() }).toEqual({ code: 2, stderr: expect.stringMatching(line), writes: 0 })
    }
  })

  it('of the configuration are not changed either', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const configuration = JSON.parse(await read('seatlens.json'))
    const seat = { user: 'ada@example.com', license: 'cx2', reason: 'on call' }
    await file('guarded.json', JSON.stringify({ ...configuration, protected: [seat] }))
    for (const args of [
      ['plan', '--assign', 'cx2', '--user', ids.ada],
      ['apply', 'plan.json', '--yes'],
    ]) {
      const { code, stderr } = await seatlens(['--config', 'guarded.json', ...args])
      expect({ code, stderr, writes: writes() }).toEqual({ code: 2, stderr: expect.stringMatching(line), writes: 0 })
    }
  })

  it.each([
    ['user,reason\na1,\n', 'vip.csv: line 2: reason: expected why the seat is protected'],
    ['user,reason\n,x\n', 'vip.csv: line 2: user: expected'],
    ['who,reason\na1,x\n', 'vip.csv: line 1: expected headings'],
  ])('%j is a mistake', async (text, problem) => {
    await file('vip.csv', text)
    const { code, stderr } = await seatlens(['plan', '--assign', 'cx2', '--user', ids.ada, '--protected', 'vip.csv'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(problem) })
  })
})

describe('a protected seat that protects nothing is told with file and line', () => {
  const rows = ['user,license,provider,reason', 'ada@example.com,cx9,,x', 'bbo@example.com,,genesys,x', 'c1,,webx,x']
  const warnings = [
    'vip.csv: line 4: a protected seat names the provider "webx", which is not configured; expected one of genesys',
    'vip.csv: line 2: a protected seat names the license "cx9", which genesys does not have',
    'vip.csv: line 3: a protected seat names the user "bbo@example.com", whom genesys does not list',
  ]
  beforeEach(() => file('vip.csv', `${rows.join('\n')}\n`))

  it('by plan: its license, its user or its provider', async () => {
    const { code, stdout, stderr } = await seatlens([
      'plan',
      '--assign',
      'cx2',
      '--user',
      ids.ada,
      '--protected',
      'vip.csv',
    ])
    expect(code).toBe(0)
    const all = `${stderr}${stdout}`
    for (const warning of warnings) expect(all).toContain(warning)
    expect(all.match(/vip\.csv/g)).toHaveLength(3)
  })

  it('by apply: its license and its provider, as not all users are read', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const { code, stderr } = await seatlens(['apply', 'plan.json', '--yes', '--protected', 'vip.csv'])
    expect(code).toBe(0)
    expect(stderr).toContain(`warning: ${warnings[0]}\n`)
    expect(stderr).toContain(`warning: ${warnings[1]} (protection-without-effect)\n`)
    expect(stderr).not.toContain('bbo@')
  })

  it('of the configuration too', async () => {
    const configuration = JSON.parse(await read('seatlens.json').catch(() => '{}'))
    const providers = [{ id: 'genesys', type: 'genesys', ...simulator.configuration }]
    const seat = { user: 'ada@example.com', license: 'cx9', reason: 'on call' }
    await file('guarded.json', JSON.stringify({ ...configuration, providers, protected: [seat] }))
    const { stdout } = await seatlens(['--config', 'guarded.json', 'plan', '--assign', 'cx2', '--user', ids.bob])
    expect(stdout).toContain('guarded.json: protected[0]: a protected seat names the license "cx9"')
  })

  it.each([
    [80, (length: number) => length <= 80],
    [undefined, (length: number) => length > 80],
  ])('in lines of a terminal of %s columns, cut between words', async (columns, fits) => {
    const terminal = columns === undefined ? {} : { columns }
    const { stderr, stdout } = await seatlens(
      ['plan', '--assign', 'cx2', '--user', ids.ada, '--protected', 'vip.csv', '--output', 'plan.json'],
      { stdout: terminal, stderr: terminal },
    )
    const of = (text: string) =>
      Math.max(
        ...stripVTControlCharacters(text)
          .split('\n')
          .map(({ length }) => length),
      )
    expect(of(stderr.slice(stderr.indexOf('warning:'))), stderr).toSatisfy(fits)
    expect(of(stdout), stdout).toSatisfy(fits)
    for (const warning of warnings) {
      expect(stripVTControlCharacters(`${stderr}${stdout}`).replaceAll('\n  ', ' ')).toContain(warning)
    }
  })
})

describe('protected seats of the configuration', () => {
  const seat = { user: 'ada@example.com', license: 'cx2', reason: 'on call' }
  const from = ['--from', 'kept']

  it('hold for a plan from a snapshot too, whatever else is configured', async () => {
    expect((await seatlens(['snapshot', '--output', 'kept'])).code).toBe(0)
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the configuration
    const providers = [{ id: 'genesys', type: 'genesys', clientSecret: '${NOT_SET}' }]
    const configuration = { providers, protected: [seat] }
    const refused = await seatlens(['plan', '--assign', 'cx2', '--user', ids.ada, ...from], { configuration })
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('the seat is protected: on call') })
    const other = await seatlens(['plan', '--assign', 'cx2', '--user', ids.bob, ...from], { configuration })
    expect(other).toMatchObject({ code: 0 })
    const wrong = { providers, protected: [{ user: 'ada@example.com' }] }
    const mistaken = await seatlens(['plan', '--assign', 'cx2', '--user', ids.bob, ...from], { configuration: wrong })
    expect(mistaken).toMatchObject({ code: 2, stderr: expect.stringContaining('seatlens.json: protected[0].reason') })
  })

  it('do not need to be there', async () => {
    expect((await seatlens(['snapshot', '--output', 'kept'])).code).toBe(0)
    await rm(join(folder, 'seatlens.json'))
    const made = await seatlens(['plan', '--assign', 'cx2', '--user', ids.ada, ...from], { configuration: null })
    expect(made).toMatchObject({ code: 0 })
  })
})

describe('a plan of which all was made', () => {
  const nothingLeft =
    /^nothing is left to do: plan\.json\.journal says that all of plan\.json was made \(\d+ changes?\)$/m

  it('asks for nothing when it is applied again, on a terminal or without one', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    expect((await seatlens(['apply', 'plan.json', '--yes'])).code).toBe(0)
    const sent = writes()
    for (const options of [{}, { typed: '', stderr: { columns: 120 } }]) {
      const again = await seatlens(['apply', 'plan.json'], options)
      expect(again).toMatchObject({ code: 0, stderr: expect.stringMatching(nothingLeft) })
      expect(again.stderr).not.toContain('Go on with')
      expect(again.stdout).toContain('1 applied; all of it is as planned')
    }
    expect(writes()).toBe(sent)
  })

  it('needs no number, though it took many seats away', async () => {
    const agents = Array.from({ length: 12 }, (_, index) => `g${index}`)
    await simulator.destroy()
    simulator = await startGenesysSimulator({
      world: { ...world, licenseRows: [...world.licenseRows, ...agents.map((id) => ({ id, licenses: ['cx2'] }))] },
    })
    await planned('--remove', 'cx2', ...agents.flatMap((id) => ['--user', id]))
    expect((await seatlens(['apply', 'plan.json', '--yes', '--max-removals', '12'])).code).toBe(0)
    for (const args of [[], ['--yes'], ['--max-removals', '1']]) {
      const again = await seatlens(['apply', 'plan.json', ...args])
      expect(again).toMatchObject({ code: 0, stderr: expect.stringMatching(nothingLeft) })
    }
  })

  it('sends nothing where that is not so any more, and says so', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada, '--user', ids.bob)
    // Bob has it when the plan is applied, and Ada gets it.
    simulator.organization.setLicenses(ids.bob, ['cx3', 'cx2'])
    expect((await seatlens(['apply', 'plan.json', '--yes', '--allow-drift'])).code).toBe(0)
    simulator.organization.setLicenses(ids.bob, ['cx3'])
    const sent = writes()
    const again = await seatlens(['apply', 'plan.json'])
    expect(again).toMatchObject({ code: 6, stdout: expect.stringContaining('make a new plan') })
    expect(writes()).toBe(sent)
  })
})

it('a run that is not agreed to, or is mistaken, leaves no empty journal behind', async () => {
  await planned('--assign', 'cx2', '--user', ids.ada)
  const journals = async () => (await readdir(folder)).filter((name) => name.includes('journal'))
  expect((await seatlens(['apply', 'plan.json'], { typed: 'n\n', stderr: { columns: 80 } })).code).toBe(130)
  expect(await journals()).toEqual([])
  expect((await seatlens(['apply', 'plan.json'])).code).toBe(2)
  expect(await journals()).toEqual([])
  // One that was there before is the user's.
  await file('plan.json.journal', '')
  expect((await seatlens(['apply', 'plan.json'])).code).toBe(2)
  expect(await journals()).toEqual(['plan.json.journal'])
})

describe('the brake', () => {
  const agents = Array.from({ length: 12 }, (_, index) => `g${index}`)

  beforeEach(async () => {
    await simulator.destroy()
    simulator = await startGenesysSimulator({
      world: { ...world, licenseRows: [...world.licenseRows, ...agents.map((id) => ({ id, licenses: ['cx2'] }))] },
    })
    await planned('--remove', 'cx2', ...agents.flatMap((id) => ['--user', id]))
  })

  it('is told first, with the number and the share', async () => {
    const { stdout } = await seatlens(['plan', '--remove', 'cx2', ...agents.flatMap((id) => ['--user', id])])
    expect(stdout).toMatch(
      /^This plan takes away 12 seats\.\n {2}cx2: 12 of 12 holders lose it \(100%\)\n.*--max-removals 12/,
    )
    expect(JSON.parse(await read('plan.json')).brake).toMatchObject({ removals: 12, licenses: [{ share: 1 }] })
  })

  it.each([
    [['--yes'], '--max-removals 12: needed'],
    [[], '--max-removals 12: needed'],
    [['--yes', '--max-removals', '11'], '--max-removals: expected at least 12, found 11'],
  ])('%j is not enough, and nothing is sent', async (args, line) => {
    const { code, stderr } = await seatlens(['apply', 'plan.json', ...args])
    expect({ code, stderr, writes: writes() }).toEqual({ code: 2, stderr: expect.stringContaining(line), writes: 0 })
  })

  it('is released by the number, on the command line or typed', async () => {
    expect((await seatlens(['apply', 'plan.json', '--yes', '--max-removals', '12'])).code).toBe(0)
    expect(held('g0')).toEqual([])
  })

  it.each([
    ['12\n', 0, []],
    ['y\n', 130, ['cx2']],
    ['11\n', 130, ['cx2']],
  ])('on a terminal %j', async (typed, code, after) => {
    const asked = await seatlens(['apply', 'plan.json'], { typed, stderr: { columns: 80 } })
    expect(asked.stderr).toMatch(/This plan takes away 12 seats[\s\S]*type that number to go on:/)
    expect(asked.stderr.includes('nothing was changed: to go on, type 12')).toBe(code === 130)
    expect({ code: asked.code, after: held('g0') }).toEqual({ code, after })
  })

  it('does not hold up undo', async () => {
    await seatlens(['apply', 'plan.json', '--yes', '--max-removals', '12'])
    expect((await seatlens(['undo', 'plan.json.journal', '--yes'])).code).toBe(0)
    expect(held('g0')).toEqual(['cx2'])
  })
})

describe('seatlens undo', () => {
  describe('and apply of the same plan', () => {
    const taken =
      'undo has taken back 2 changes of plan.json; make a new plan, or run apply on a terminal without --yes to make them again\n'
    const takenBack = async () => {
      await planned('--assign', 'cx2', '--user', ids.ada, '--user', ids.cleo)
      expect((await seatlens(['apply', 'plan.json', '--yes'])).code).toBe(0)
      expect((await seatlens(['undo', 'plan.json.journal', '--yes'])).code).toBe(0)
      return writes()
    }

    it.each([
      ['with --yes', ['--yes']],
      ['without a terminal', []],
    ])('sends nothing %s, so that no schedule undoes the undo', async (_, args) => {
      const sent = await takenBack()
      expect(await seatlens(['apply', 'plan.json', ...args])).toMatchObject({ code: 2, stderr: taken })
      expect({ sent: writes(), ada: held(ids.ada), cleo: held(ids.cleo) }).toEqual({ sent, ada: ['cx1'], cleo: [] })
    })

    it('makes the changes again where the user agrees, and then goes on as ever', async () => {
      const sent = await takenBack()
      const asked = (typed: string) => seatlens(['apply', 'plan.json'], { typed, stderr: { columns: 80 } })
      expect((await asked('n\n')).code).toBe(130)
      expect(writes()).toBe(sent)
      const { code, stderr } = await asked('y\n')
      expect({ code, ada: held(ids.ada), cleo: held(ids.cleo) }).toEqual({
        code: 0,
        ada: ['cx1', 'cx2'],
        cleo: ['cx2'],
      })
      expect(stderr).toContain('undo has taken back 2 changes of plan.json. Make 2 changes in genesys? [y/N]')
      expect(await seatlens(['apply', 'plan.json', '--yes'])).toMatchObject({ code: 0 })
    })
  })

  it('takes back what was applied, and nothing else', async () => {
    await planned('--swap', 'cx3', 'cx2', '--user', ids.bob)
    await seatlens(['apply', 'plan.json', '--yes'])
    const { code, stdout } = await seatlens(['undo', 'plan.json.journal', '--yes'])
    expect({ code, bob: held(ids.bob) }).toEqual({ code: 0, bob: ['cx3'] })
    expect(stdout).toContain('2 taken back')
    expect(await seatlens(['undo', 'plan.json.journal', '--yes'])).toMatchObject({
      code: 0,
      stderr: 'plan.json.journal: all was taken back already\n',
    })
  })

  it('says where nothing was made that there is nothing to take back', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    simulator.organization.setLicenses(ids.ada, ['cx1', 'cx2'])
    await seatlens(['apply', 'plan.json', '--yes'])
    const { code, stderr } = await seatlens(['undo', 'plan.json.journal', '--yes'])
    const told = 'plan.json.journal: nothing was made, so there is nothing to take back\n'
    expect({ code, stderr }).toEqual({ code: 0, stderr: told })
  })

  it('asks on a terminal, and refuses to run where nobody can be asked', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    expect(await seatlens(['undo', 'plan.json.journal'])).toMatchObject({ code: 2 })
    expect(held(ids.ada)).toEqual(['cx1', 'cx2'])
    const asked = await seatlens(['undo', 'plan.json.journal'], { typed: 'y\n', stderr: { columns: 80 } })
    expect(asked.stderr).toContain('Take back 1 change in genesys? [y/N]')
    expect(asked.stderr).not.toContain('To be applied')
    expect(asked.stdout).not.toContain('as planned')
    expect(held(ids.ada)).toEqual(['cx1'])
  })

  it('leaves alone who has changed since', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    simulator.organization.setLicenses(ids.ada, ['cx2'])
    const { code, stdout } = await seatlens(['undo', 'plan.json.journal', '--yes'])
    expect(code).toBe(6)
    expect(stdout).toContain('the user no longer holds cx1')
    expect(held(ids.ada)).toEqual(['cx2'])
  })

  it('refuses a journal in which what became of a change was edited', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    const journal = await read('plan.json.journal')
    const outcome = journal.split('\n').find((line) => line.includes('"applied"')) ?? ''
    await file('plan.json.journal', journal.replace(outcome, outcome.replace('"applied"', '"refused"')))
    const refused = await seatlens(['undo', 'plan.json.journal', '--yes'])
    expect(refused).toMatchObject({
      code: 2,
      stderr:
        /^plan\.json\.journal: line \d: this entry or one before it was changed after it was written; use another/,
    })
    expect(await seatlens(['apply', 'plan.json', '--yes'])).toMatchObject({ code: 2 })
    await file('plan.json.journal', journal)
    expect(await seatlens(['undo', 'plan.json.journal', '--yes'])).toMatchObject({
      code: 0,
      stderr: 'written down in plan.json.journal\n',
    })
  })

  it('warns of a journal without hashes, as version 0.1 has written it', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    await file('plan.json.journal', (await read('plan.json.journal')).replace(/,"hash":"sha256:\w+"\}$/gm, '}'))
    const { code, stderr } = await seatlens(['undo', 'plan.json.journal', '--yes'])
    expect(code).toBe(0)
    expect(stderr).toContain('plan.json.journal: written by version 0.1, without checksums: edits of it cannot be')
  })

  it('refuses what is no journal, or was tampered with', async () => {
    await file('j', 'hello\nworld\n')
    expect(await seatlens(['undo', 'j', '--yes'])).toMatchObject({ code: 2 })
    expect(await seatlens(['undo', 'none', '--yes'])).toMatchObject({ code: 2 })
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    await file('plan.json.journal', (await read('plan.json.journal')).replaceAll('"a1"', '"b1"'))
    expect(await seatlens(['undo', 'plan.json.journal', '--yes'])).toMatchObject({
      code: 2,
      stderr: /was changed after it was made/,
    })
  })
})
