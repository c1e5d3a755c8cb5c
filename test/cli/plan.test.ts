import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ids, threeUsers, world } from './support/three-users.ts'

const { simulator, startWith, folder, seatlens, file, read, writes, planned } = threeUsers()

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
    expect((await stat(join(folder(), 'plan.json'))).mode & 0o777).toBe(0o600)
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
    const { stdout: json } = await seatlens(['users', '--format', 'json'])
    const known = { department: null, location: 'Berlin', otherEmails: ['a@example.com'], seats: [] }
    await file('users.json', JSON.stringify(JSON.parse(json).map((user: object) => ({ ...user, ...known }))))
    expect(await told('--file', 'users.json', '--assign', 'cx2')).toEqual(['assign cx2 a1', 'assign cx2 b1'])
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
    [['--swap', 'cx1', 'gold', '--user', 'a1'], '\nsee: seatlens licenses --provider genesys\n'],
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
    ['c.json', '{"user": "a1"}', 'c.json: expected a list of objects with user, '],
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
    await startWith({
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
    simulator().faults.add({ match: { path: '/api/v2/license/users' }, effect: { kind: 'status', status: 400 } })
    const { code, stderr } = await seatlens(['plan', '--assign', 'cx2', ...args, '--user', 'a1', '--output', 'p'])
    expect(code).toBe(5)
    expect(stderr).toContain('no plan was made: a plan needs complete lists of licenses and users\n')
    await expect(read('p')).rejects.toThrow('ENOENT')
  })
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
