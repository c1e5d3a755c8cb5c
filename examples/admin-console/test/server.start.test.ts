// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is what a configuration has.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkedSettings, readSettings } from '../server/settings.ts'
import { browserAt } from './support/console.ts'

const built = (name: string): string => join(import.meta.dirname, '../dist/server', name)

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatlens-console-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const started = (args: readonly string[], input = '') => {
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'], cwd: folder })
  let said = ''
  const hear = (piece: Buffer) => {
    said += piece
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  child.stdin?.end(input)
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, said: () => said, code }
}

test('the demonstration prints its address and sign-ins that work, shows a tenant that fails, and ends in order', async () => {
  const demo = started([built('demo.js'), '--port', '0'])
  await expect.poll(demo.said).toContain('Ctrl+C')
  const url = /at (http:\S+)/.exec(demo.said())?.[1] ?? ''
  const password = /vera +(\S+)/.exec(demo.said())?.[1]
  const olga = browserAt(url)
  const operator = /olga +(\S+)/.exec(demo.said())?.[1]
  expect((await olga.post('/api/session', { name: 'olga', password: operator })).json.tenants).toHaveLength(3)
  const reports = await Promise.all(
    ['northwind', 'contoso', 'fabrikam'].map((tenant) => olga.get(`/api/tenants/${tenant}/report`)),
  )
  expect(reports.map(({ json }) => json.complete)).toEqual([true, true, false])
  const rules = reports[0]?.json.findings.map(({ rule }: { readonly rule: string }) => rule)
  expect(rules).toContain('dormant-holder')
  const vera = browserAt(url)
  expect((await vera.post('/api/session', { name: 'vera', password })).json.tenants).toMatchObject([
    { id: 'northwind', role: 'viewer' },
  ])
  const second = started([built('demo.js'), '--port', new URL(url).port])
  const third = started([built('demo.js'), '--port', 'any'])
  expect(await Promise.all([second.code, third.code])).toEqual([2, 2])
  expect(second.said()).toBe(`--port: port ${new URL(url).port} is taken; choose another one\n`)
  expect(third.said()).toBe('--port: port: expected a port from 0 to 65535\n')
  demo.child.kill('SIGTERM')
  expect(await demo.code).toBe(0)
})

test('the script of the page is small: of the library, it has only what it uses', async () => {
  const { size } = await stat(join(import.meta.dirname, '../dist/page/main.js'))
  expect(size).toBeLessThan(36 * 1_024)
})

test('a password becomes the text that the configuration has of it', async () => {
  const hashing = started([built('password.js')], 'correct horse\n')
  expect(await hashing.code).toBe(0)
  expect(hashing.said()).toMatch(/scrypt:32768:8:3:[\w-]{22}:[\w-]{43}\n$/)
  expect(hashing.said()).not.toContain('correct horse')
})

describe('a configuration', () => {
  const webex = { id: 'webex', type: 'webex', accessToken: '${WEBEX_TOKEN}' }
  const tenant = { id: 'acme', name: 'Acme', providers: [webex] }
  const password = `scrypt:32768:8:3:${'a'.repeat(22)}:${'b'.repeat(43)}`
  const user = { name: 'olga', password, roles: { acme: 'operator' } }

  test('takes secrets from the environment, and paths from its own folder', async () => {
    const path = join(folder, 'console.json')
    const service = {
      ...webex,
      id: 'app',
      clientId: 'a',
      clientSecret: '${SECRET}',
      refreshToken: 'c',
      tokenFile: 'app.token',
    }
    const { accessToken: _, ...refreshed } = service
    const providers = [webex, refreshed]
    await writeFile(path, JSON.stringify({ tenants: [{ ...tenant, providers }], users: [user] }))
    const settings = await readSettings(path, { WEBEX_TOKEN: 'token', SECRET: 'secret' })
    expect(settings.database).toBe(join(folder, 'console.db'))
    expect(settings.tenants[0]?.providers).toEqual([
      { ...webex, accessToken: 'token' },
      { ...refreshed, clientSecret: 'secret', tokenFile: join(folder, 'app.token') },
    ])
    const elsewhere = { WEBEX_TOKEN: 'token', SECRET: 'secret', DATABASE_URL: 'postgres://db/console' }
    expect((await readSettings(path, elsewhere)).database).toBe('postgres://db/console')
  })

  test.each([
    ['a variable that is not set', { tenants: [tenant], users: [] }, 'not set in the environment: WEBEX_TOKEN'],
    ['no users', { tenants: [] }, 'users: expected a list of users'],
    [
      'a role that there is not',
      { tenants: [], users: [{ ...user, roles: { acme: 'admin' } }] },
      'users.0.roles.acme: expected viewer or operator',
    ],
    [
      'a plain password',
      { tenants: [], users: [{ ...user, password: 'hunter2' }] },
      'users.0.password: expected what npm run password prints',
    ],
    [
      'a hash that is cut off',
      { tenants: [], users: [{ ...user, password: password.slice(0, -1) }] },
      'users.0.password: expected what npm run password prints',
    ],
    ['a port that there is not', { tenants: [], users: [], port: 65_536 }, 'port: expected a port from 0 to 65535'],
    [
      'settings that there are not',
      {
        publicURL: 'https://seats.example.com',
        tenants: [{ ...tenant, providers: [{ ...webex, accessToken: 'a', licences: {} }] }],
        users: [],
      },
      /^publicURL: there is no such setting\ntenants\.0\.providers\.0\.licences: there is no such setting$/,
    ],
    [
      'a vendor that there is not',
      { tenants: [{ ...tenant, providers: [{ id: 'zoom', type: 'zoom' }] }], users: [] },
      /^tenants\.0\.providers\.0\.type: expected genesys or webex$/,
    ],
    [
      'a missing token',
      { tenants: [{ ...tenant, providers: [{ id: 'webex', type: 'webex' }] }], users: [] },
      /^tenants\.0\.providers\.0\.accessToken: expected a text of \S+ to \S+ characters$/,
    ],
    ['a tenant that there is not', { tenants: [], users: [user] }, 'users.olga.roles: there is no tenant acme'],
    [
      'a tenant twice',
      {
        tenants: [
          { ...tenant, providers: [] },
          { ...tenant, providers: [] },
        ],
        users: [],
      },
      'tenants: two have the id acme',
    ],
  ])('is refused with its place, and without its values: %s', (_, value, problem) => {
    const refuse = () => checkedSettings(value, {})
    expect(refuse).toThrow(problem)
    expect(refuse).not.toThrow(/hunter2|admin/)
  })

  test.each([
    [
      'a region that there is not',
      {
        tenants: [
          {
            ...{ id: 'acme', name: 'Acme' },
            providers: [
              { id: 'genesys', type: 'genesys', region: 'not a host', clientId: 'a', clientSecret: 'hunter2' },
            ],
          },
        ],
        users: [],
      },
      /^wrong\.json: tenants\.acme: .*region/,
    ],
    [
      'a database that cannot be reached',
      { tenants: [], users: [], database: 'postgres://console:hunter2@127.0.0.1:1/console' },
      /^wrong\.json: the database cannot be opened: .*ECONNREFUSED/,
    ],
  ])('with %s ends the server with code 2 and one line', async (_, value, problem) => {
    await writeFile(join(folder, 'wrong.json'), JSON.stringify({ ...value, port: 0 }))
    const server = started([built('main.js'), '--config', 'wrong.json'])
    expect(await server.code).toBe(2)
    expect(server.said()).toMatch(problem)
    expect(server.said().trim().split('\n')).toHaveLength(1)
    expect(server.said()).not.toContain('hunter2')
  })

  test('that is wrong ends the server with code 2', async () => {
    await writeFile(join(folder, 'wrong.json'), '{"tenants": [], "users": 1}')
    const server = started([built('main.js'), '--config', 'wrong.json'])
    expect(await server.code).toBe(2)
    expect(server.said()).toBe('wrong.json: users: expected a list of users\n')
    const none = started([built('main.js'), '--config', 'none.json'])
    expect(await none.code).toBe(2)
    expect(none.said()).toBe('none.json: it cannot be read (ENOENT); README.md shows what to write there\n')
    await writeFile(join(folder, 'cut.json'), '{"tenants": [],\n "users": [')
    const cut = started([built('main.js'), '--config', 'cut.json'])
    expect(await cut.code).toBe(2)
    expect(cut.said()).toMatch(/^cut\.json: line 2, column \d+: not valid JSON: .*\n$/)
  })
})
