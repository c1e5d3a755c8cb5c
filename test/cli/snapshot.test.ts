import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import type { RunningSimulator } from '../../src/provider-kit/index.ts'
import { failure } from './support/acme.ts'
import { worlds } from './support/people.ts'
import { acmes, newFolder, type RunOptions, run } from './support/run.ts'
import { said } from './support/said.ts'

const KEY = 'a key that nobody knows'

/** A folder with a snapshot in it, and how it was made. */
const taken = async (options: RunOptions = {}, ...args: readonly string[]) => {
  const made = await run(['snapshot', '--output', 'kept', ...args], { worlds, ...options })
  return { ...made, kept: join(made.folder, 'kept') }
}

/** Runs a command in the folder of a snapshot, with nothing configured and nothing to reach. */
const offline = (folder: string, ...args: readonly string[]) =>
  run([...args, '--from', 'kept'], { folder, configuration: null, registry: [] })

const textOf = async (folder: string): Promise<string> => {
  const names = await readdir(folder)
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('')
}

const mode = async (path: string) => (await stat(path)).mode & 0o777

describe('seatlens snapshot', () => {
  it('keeps everything in a folder that only its owner can read', async () => {
    const { code, stdout, stderr, kept } = await taken()
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toBe('kept in kept: acme: 3 licenses, 3 users\n')
    const names = await readdir(kept)
    expect(names.sort()).toEqual(['acme.licenses.ndjson', 'acme.users.ndjson', 'manifest.json'])
    expect(await mode(kept)).toBe(0o700)
    for (const name of names) expect(await mode(join(kept, name))).toBe(0o600)
    expect(await textOf(kept)).not.toContain('sesame')
  })

  it('counts at least what was read of a list with a gap', async () => {
    const { acme } = worlds
    const gaps = [{ what: 'page 2', reason: 'it was torn' }]
    const users = (acme?.users ?? []).map((page) => ({ ...page, gaps }))
    const { code, stderr } = await taken({ worlds: { acme: { ...acme, users } } })
    expect(code).toBe(5)
    expect(stderr).toContain('kept in kept (partial): acme: 3 licenses, at least 3 users\n')
  })

  it('removes older ones beside it, so that so many stay', async () => {
    const folder = await newFolder()
    for (const name of ['one', 'two', 'three']) {
      expect((await run(['snapshot', '--output', `kept/${name}`], { worlds, folder })).code).toBe(0)
    }
    const { code, stderr } = await run(['snapshot', '--output', 'kept/four', '--keep', '2'], { worlds, folder })
    expect(code).toBe(0)
    expect(stderr).toContain('--keep 2: removed one, two\n')
    expect((await readdir(join(folder, 'kept'))).sort()).toEqual(['four', 'three'])
  })

  it('removes nothing where nothing was kept', async () => {
    const folder = await newFolder()
    await run(['snapshot', '--output', 'kept/one'], { worlds, folder })
    const refused = { acme: { ...worlds.acme, failure: failure('AuthenticationFailed') } }
    const { code } = await run(['snapshot', '--output', 'kept/two', '--keep', '1'], { worlds: refused, folder })
    expect(code).toBe(4)
    expect(await readdir(join(folder, 'kept'))).toEqual(['one'])
  })

  it.each(['0', '-1', '1.5', 'all'])('refuses to keep %s', async (keep) => {
    expect((await run(['snapshot', '--output', 'kept', `--keep=${keep}`], { worlds })).code).toBe(2)
  })

  it.each(['a folder', 'a file'])('never takes the place of %s', async (what) => {
    const folder = await newFolder()
    if (what === 'a file') await writeFile(join(folder, 'kept'), 'mine')
    else await mkdir(join(folder, 'kept'))
    const { code, stderr } = await taken({ folder })
    expect(code).toBe(2)
    expect(stderr).toBe(
      '--output: cannot write kept: it exists already, and a snapshot replaces nothing; name a new folder\n',
    )
  })

  it('asks nobody where it could not write', async () => {
    let asked = 0
    const counting = { acme: { ...worlds.acme, onPage: () => asked++ } }
    const inFile = await run(['snapshot', '--output', 'seatlens.json/a/b'], { worlds: counting })
    expect(inFile).toMatchObject({
      code: 2,
      stderr: '--output: cannot write seatlens.json/a/b: there is no such folder\n',
    })
    expect(asked).toBe(0)
    expect((await run(['snapshot'], {})).code).toBe(2)
  })

  it('makes the folders that it is in, for their owner only, and takes them back where nothing is kept', async () => {
    const folder = await newFolder()
    expect(await run(['snapshot', '--output', 'a/b/c'], { worlds, folder })).toMatchObject({ code: 0 })
    expect(await readdir(join(folder, 'a/b/c'))).toContain('manifest.json')
    for (const made of ['a', 'a/b', 'a/b/c']) expect(await mode(join(folder, made))).toBe(0o700)
    const failing = { acme: { failure: failure('RateLimited') } }
    expect(await run(['snapshot', '--output', 'a/d/e/f'], { worlds: failing, folder })).toMatchObject({ code: 7 })
    expect(await readdir(join(folder, 'a'))).toEqual(['b'])
  })

  it('keeps what could be read, and says that it is partial', async () => {
    const { code, stderr, kept, folder } = await taken({
      configuration: acmes('acme', 'down'),
      worlds: { ...worlds, down: { failure: failure('RateLimited', 'down') } },
    })
    expect(code).toBe(5)
    expect(stderr).toBe(
      'down: RateLimited it is (GET /seats, status 401, correlation id c-1)\nkept in kept (partial): acme: 3 licenses, 3 users; down: failed, licenses unknown, users unknown\n',
    )
    expect(JSON.parse(await readFile(join(kept, 'manifest.json'), 'utf8'))).toMatchObject({
      complete: false,
      providers: [{ status: 'complete' }, { status: 'failed', users: { error: { _tag: 'RateLimited' } } }],
    })
    const report = await offline(folder, 'report', '--format', 'json')
    expect(report.code).toBe(5)
    expect(JSON.parse(report.stdout).providers).toMatchObject([{ status: 'complete' }, { status: 'failed' }])
    expect(said(report.stderr)).toContain('RateLimited it is')
    // Waiting does not help: it is missing from the snapshot.
    expect((await offline(folder, 'users', '--provider', 'down')).code).toBe(5)
  })

  it('leaves nothing where every provider failed', async () => {
    const { code, stderr, folder } = await taken({ worlds: { acme: { failure: failure('AuthenticationFailed') } } })
    expect(code).toBe(4)
    expect(stderr).toContain('nothing was kept: every provider failed\n')
    expect(await readdir(folder)).toEqual(['seatlens.json'])
  })

  it('leaves nothing where it is interrupted', async () => {
    let interrupt = () => {}
    const { code, stderr, folder } = await taken({
      worlds: { acme: { ...worlds.acme, hangs: true, onPage: (index) => index === 1 && interrupt() } },
      onStart: (listener) => {
        interrupt = listener
      },
    })
    expect(code).toBe(130)
    expect(stderr).toContain('nothing was kept: the run was interrupted\n')
    expect(await readdir(folder)).toEqual(['seatlens.json'])
  })

  it('replaces names, addresses and ids under a key', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'key'), `${KEY}\n`)
    const { code, stderr, kept } = await taken({ folder }, '--pseudonymize', '--key-file', 'key')
    expect(code).toBe(0)
    expect(stderr).toContain('(pseudonymized)')
    const text = await textOf(kept)
    expect(text).not.toMatch(/\bada\b|"u1"|nobody knows/i)
    const variable = await taken({ variables: { KEY } }, '--pseudonymize', '--key-variable', 'KEY')
    expect(await readFile(join(variable.kept, 'acme.users.ndjson'), 'utf8')).toBe(
      await readFile(join(kept, 'acme.users.ndjson'), 'utf8'),
    )
    const plan = await offline(folder, 'plan', '--assign', 'plus', '--user', 'ada@example.com')
    expect(plan).toMatchObject({
      code: 2,
      stderr: '--from: expected a snapshot with real users, as a plan names them; this one is pseudonymized\n',
    })
  })

  describe('that was cut short', () => {
    const cutShort = async (tag: 'DeadlineExceeded' | 'AuthenticationFailed') => {
      const acme = { licenses: [{ id: 'basic' }], users: [{ items: [] }], usersFailure: failure(tag) }
      const { folder } = await taken({ worlds: { acme } })
      return folder
    }

    it.each(['DeadlineExceeded', 'AuthenticationFailed'] as const)(
      'lacks what was not read, which no retry and no other credentials can change: %s',
      async (tag) => {
        const folder = await cutShort(tag)
        const found = await offline(folder, 'user', 'nobody@example.com')
        expect(found).toMatchObject({ code: 5, stderr: expect.stringContaining('the snapshot lacks such a user') })
        const plan = await offline(folder, 'plan', '--assign', 'basic', '--user', 'nobody@example.com')
        expect(plan).toMatchObject({ code: 5, stderr: expect.stringContaining('the snapshot has a gap') })
        for (const args of [['users'], ['report'], ['check', '--fail-on', 'any']]) {
          expect(await offline(folder, ...args), args.join(' ')).toMatchObject({ code: 5 })
        }
      },
    )
  })

  describe('that is pseudonymized, and real users', () => {
    const pseudonymized = async () => {
      const folder = await newFolder()
      await writeFile(join(folder, 'key'), `${KEY}\n`)
      const { kept } = await taken({ folder }, '--pseudonymize', '--key-file', 'key')
      const line =
        (await readFile(join(kept, 'acme.users.ndjson'), 'utf8')).split('\n').find((one) => one.includes('@')) ?? ''
      const { id, email }: { readonly id: string; readonly email: string } = JSON.parse(line)
      return { folder, id, email }
    }
    const refused = (where: string) => ({
      code: 2,
      stderr: `${where}: "ada@example.com" is a real user, and the snapshot of --from is pseudonymized; name users by their pseudonyms, or give a snapshot with real users\n`,
    })

    it('cannot show whether a user is in it', async () => {
      const { folder, email } = await pseudonymized()
      expect(await offline(folder, 'user', 'ada@example.com')).toMatchObject(refused('user'))
      expect(await offline(folder, 'user', email.toUpperCase())).toMatchObject({ code: 0 })
    })

    it('has none whom a file of people could name', async () => {
      const { folder, id, email } = await pseudonymized()
      const file = join(folder, 'people.csv')
      await writeFile(file, 'person,provider,user\nAda,acme,ada@example.com\n')
      expect(await offline(folder, 'report', '--people', 'people.csv')).toMatchObject(refused('people.csv'))
      for (const user of [id, email]) {
        await writeFile(file, `person,provider,user\nAda,acme,${user}\n`)
        expect(await offline(folder, 'report', '--people', 'people.csv')).toMatchObject({ code: 0, stderr: '' })
      }
    })

    it.each([
      ['report', '--detail'],
      ['check', '--fail-on', 'any'],
    ])('has none whose findings a suppression could name: %s', async (...args) => {
      const { folder } = await pseudonymized()
      await writeFile(join(folder, 'accepted.csv'), 'rule,user,reason\ninactive-holder,ada@example.com,on leave\n')
      expect(await offline(folder, ...args, '--suppressions', 'accepted.csv')).toMatchObject(refused('accepted.csv'))
    })
  })

  it('tells keys apart that are no text', async () => {
    const usersUnder = async (...keys: readonly (Buffer | string)[]) =>
      Promise.all(
        keys.map(async (key) => {
          const folder = await newFolder()
          await writeFile(join(folder, 'key'), key)
          const { kept } = await taken({ folder }, '--pseudonymize', '--key-file', 'key')
          return readFile(join(kept, 'acme.users.ndjson'), 'utf8')
        }),
      )
    const bytes = (value: number) => Buffer.alloc(32, value)
    const [one, other, lined] = await usersUnder(
      bytes(0x81),
      bytes(0x82),
      Buffer.concat([bytes(0x81), Buffer.from('\n')]),
    )
    expect(other).not.toBe(one)
    expect(lined).toBe(one)
    const [plain, spaced, wide] = await usersUnder(KEY, ` ${KEY}\r\n`, Buffer.from(`\ufeff${KEY}\r\n`, 'utf16le'))
    expect([spaced, wide]).toEqual([plain, plain])
    const digest = createHmac('sha256', KEY).update('id u1').digest('hex')
    expect(plain).toContain(digest.slice(0, 32))
  })

  it('wants a key file of so many bytes', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'key'), Buffer.alloc(15, 0x81))
    const { code, stderr } = await taken({ folder }, '--pseudonymize', '--key-file', 'key')
    expect({ code, stderr }).toEqual({ code: 2, stderr: '--key-file: key: expected a key of at least 16 bytes\n' })
  })

  it.each([
    [
      ['--pseudonymize'],
      'seatlens snapshot: --pseudonymize: expected either --key-file FILE or --key-variable NAME; see: seatlens snapshot --help',
    ],
    [
      ['--key-variable', 'KEY'],
      'seatlens snapshot: --key-file, --key-variable: expected with --pseudonymize only; see: seatlens snapshot --help',
    ],
    [['--pseudonymize', '--key-variable', 'SHORT'], '--key-variable: SHORT: expected a key of at least 16 characters'],
    [['--pseudonymize', '--key-variable', 'NONE'], '--key-variable: expected the environment variable NONE to be set'],
    [['--pseudonymize', '--key-file', 'none'], 'none: cannot read the key: there is no such file'],
  ])('says of %j what is wrong', async (args, problem) => {
    const { code, stderr } = await taken({ variables: { KEY, SHORT: 'short' } }, ...args)
    expect({ code, stderr }).toEqual({ code: 2, stderr: `${problem}\n` })
  })
})

describe('--from', () => {
  it.each([
    ['report', '--format', 'json'],
    ['report', '--format', 'csv'],
    ['report'],
    ['licenses', '--format', 'ndjson'],
    ['users', '--format', 'ndjson'],
    ['users', '--license', 'basic'],
    ['user', 'ADA@example.com', '--format', 'json'],
    ['check', '--max-utilization', '5', '--format', 'json'],
    ['report', '--by', 'user', '--format', 'csv'],
  ])('makes %s %s %s without configuration, and always the same', async (...args) => {
    const { folder } = await taken()
    const live = await run(args, { worlds })
    const kept = await offline(folder, ...args)
    const undated = (text: string) => text.replace(/"generatedAt": ".*"/, '')
    expect(kept.code).toBe(live.code)
    expect(undated(kept.stdout)).toBe(undated(live.stdout))
    expect(kept.stderr).toBe(live.stderr)
    expect(await offline(folder, ...args)).toEqual(kept)
  })

  it('dates a report as the snapshot is dated', async () => {
    const { folder, kept } = await taken()
    const { generatedAt } = JSON.parse(await readFile(join(kept, 'manifest.json'), 'utf8'))
    const { stdout } = await offline(folder, 'report', '--format', 'json')
    expect(JSON.parse(stdout).generatedAt).toBe(generatedAt)
  })

  it('plans, and the plan is as old as the snapshot', async () => {
    const { folder, kept } = await taken()
    const args = ['plan', '--assign', 'plus', '--user', 'u2', '--format', 'json']
    const { code, stdout } = await offline(folder, ...args)
    const { generatedAt } = JSON.parse(await readFile(join(kept, 'manifest.json'), 'utf8'))
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ createdAt: generatedAt, changes: [{ userId: 'u2', action: 'assign' }] })
    expect((await offline(folder, ...args)).stdout).toBe(stdout)
  })

  it('knows only the providers of the snapshot', async () => {
    const { folder } = await taken({ configuration: acmes('acme', 'other') })
    const { code, stderr } = await offline(folder, 'report', '--provider', 'webex')
    expect({ code, stderr }).toEqual({ code: 2, stderr: '--provider: expected one of acme, other, found "webex"\n' })
    const { stdout } = await offline(folder, 'report', '--provider', 'other', '--format', 'json')
    expect(JSON.parse(stdout).providers).toHaveLength(1)
  })

  it.each([['apply', 'plan.json'], ['undo', 'plan.json.journal'], ['snapshot', '--output', 'other'], ['demo']])(
    'is not for %s',
    async (...args) => {
      const { folder } = await taken()
      const { code, stderr } = await offline(folder, ...args)
      expect(code).toBe(2)
      expect(stderr).toMatch(/^seatlens \w+: --from: expected with report, .*; see: seatlens \w+ --help\n$/)
    },
  )

  it('cannot be verified by reading it twice', async () => {
    const { folder } = await taken()
    expect(await offline(folder, 'report', '--verify')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^seatlens report: --verify: .*; see: seatlens report --help\n$/),
    })
  })

  it('says which file is not as it was written, and nothing else', async () => {
    const { folder, kept } = await taken()
    for (const name of await readdir(kept)) {
      const path = join(kept, name)
      const text = await readFile(path, 'utf8')
      await writeFile(path, text.replace('a', 'b'))
      const { code, stdout, stderr } = await offline(folder, 'report')
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(new RegExp(`^kept: cannot be used as a snapshot: ${name.replaceAll('.', '\\.')}: .*\n$`))
      await writeFile(path, text)
    }
    await writeFile(join(kept, 'notes.txt'), '')
    expect((await offline(folder, 'users')).stderr).toBe(
      'kept: cannot be used as a snapshot: notes.txt: it is not part of the snapshot\n',
    )
  })

  it('names one of the snapshots in a folder of snapshots', async () => {
    const { folder } = await taken()
    const { code, stderr } = await run(['report', '--from', '.'], { folder, configuration: null, registry: [] })
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        '.: cannot be used as a snapshot: manifest.json: there is no such file; it is a folder of snapshots: name one of them, as kept\n',
    })
  })

  it.each([
    ['nowhere', 'there is no such folder'],
    ['seatlens.json', 'expected the folder of a snapshot, found a file'],
    ['.', 'manifest.json: there is no such file'],
  ])('says of %j that it is none', async (name, problem) => {
    const { code, stderr } = await run(['report', '--from', name])
    expect({ code, stderr }).toEqual({ code: 2, stderr: `${name}: cannot be used as a snapshot: ${problem}\n` })
  })

  it.each(['manifest.json', 'acme.users.ndjson'])(
    'does not wait for %s where that is no regular file',
    async (name) => {
      const { folder, kept } = await taken()
      await rm(join(kept, name))
      execFileSync('/usr/bin/mkfifo', [join(kept, name)])
      const { code, stderr } = await offline(folder, 'report')
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: `kept: cannot be used as a snapshot: ${name}: it is not a regular file\n`,
      })
    },
  )

  it.skipIf(process.getuid?.() === 0)('says that a file may not be read', async () => {
    const { folder, kept } = await taken()
    await chmod(join(kept, 'acme.users.ndjson'), 0o000)
    expect((await offline(folder, 'report')).stderr).toBe(
      'kept: cannot be used as a snapshot: acme.users.ndjson: there is no permission\n',
    )
  })
})

describe('a snapshot of both vendors', () => {
  let simulators: readonly RunningSimulator[] = []

  beforeAll(async () => {
    simulators = [
      await startGenesysSimulator({ users: 300, seed: 5 }),
      await startWebexSimulator({ users: 300, seed: 5 }),
    ]
  })

  afterAll(async () => {
    await Promise.all(simulators.map(({ stop }) => stop()))
  })

  it('reports what they report', async () => {
    const [genesys, webex] = simulators
    const configuration = {
      providers: [
        { id: 'genesys', type: 'genesys', ...genesys?.configuration },
        { id: 'webex', type: 'webex', ...webex?.configuration },
      ],
    }
    const live = await run(['report', '--format', 'csv'], { registry, configuration })
    const { folder, code } = await run(['snapshot', '--output', 'kept'], { registry, configuration })
    expect(code).toBe(0)
    expect((await offline(folder, 'report', '--format', 'csv')).stdout).toBe(live.stdout)
  })

  it('plans what the vendor would have planned, with what it is known to refuse', async () => {
    const [, webex] = simulators
    const configuration = { providers: [{ id: 'webex', type: 'webex', ...webex?.configuration }] }
    const { folder } = await run(['snapshot', '--output', 'kept'], { registry, configuration })
    const { stdout } = await run(['users', '--from', 'kept', '--format', 'ndjson'], { folder, configuration: null })
    const people = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const { id } = people.find(({ licenseIds }) => licenseIds.length < 6)
    const plan = ['plan', '--assign', 'Webex Calling - Professional', '--user', id]
    const live = await run(plan, { registry, folder, configuration })
    const kept = await run([...plan, '--from', 'kept'], { registry, folder, configuration: null })
    expect({ ...kept, stdout: '' }).toEqual({ ...live, stdout: '' })
    expect(kept.stderr).toContain('phone number')
  })
})
