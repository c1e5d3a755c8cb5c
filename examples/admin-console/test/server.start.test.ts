// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is what a configuration has.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
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
  expect(await second.code).toBe(2)
  expect(second.said()).toBe(`--port: port ${new URL(url).port} is taken; choose another one\n`)
  demo.child.kill('SIGTERM')
  expect(await demo.code).toBe(0)
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
  const user = { name: 'olga', password: 'scrypt:1:1:1:a:b', roles: { acme: 'operator' } }

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

  test('that is wrong ends the server with code 2', async () => {
    await writeFile(join(folder, 'wrong.json'), '{"tenants": [], "users": 1}')
    const server = started([built('main.js'), '--config', 'wrong.json'])
    expect(await server.code).toBe(2)
    expect(server.said()).toBe('wrong.json: users: expected a list of users\n')
    const none = started([built('main.js'), '--config', 'none.json'])
    expect(await none.code).toBe(2)
    expect(none.said()).toBe('none.json: it cannot be read\n')
  })
})
