import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acmeDefinition } from '../examples/acme/definition.ts'
import { createGenesysProvider } from '../providers/genesys/index.ts'
import { startGenesysSimulator } from '../providers/genesys/simulator/index.ts'
import { createWebexProvider } from '../providers/webex/index.ts'
import { startWebexSimulator } from '../providers/webex/simulator/index.ts'
import { type LicenseProvider, toPromise, toReadonlyArray } from '../src/index.ts'

/** What runs the programs: Node, or the command of another runtime, as `npm run test:runtimes` gives it. */
const [runtime = process.execPath, ...words] = process.env.SEATLENS_RUNTIME?.split(' ') ?? []

/** Every program in examples/, built, run by plain Node against the simulators. */
describe('the examples', () => {
  let genesys: Awaited<ReturnType<typeof startGenesysSimulator>>
  let webex: Awaited<ReturnType<typeof startWebexSimulator>>

  beforeAll(async () => {
    genesys = await startGenesysSimulator({ users: 50 })
    webex = await startWebexSimulator({ users: 50 })
  })
  afterAll(async () => {
    await Promise.all([genesys.stop(), webex.stop()])
  })

  const start = (example: string, ...given: string[]) =>
    spawn(runtime, [...words, join(import.meta.dirname, '..', 'dist', 'examples', `${example}.js`), ...given], {
      stdio: ['ignore', 'pipe', 'inherit'],
      // A command may start the runtime as a process of its own: then all of them are one group, to be ended together.
      detached: words.length > 0,
      env: {
        ...process.env,
        GENESYS_URL: genesys.url,
        GENESYS_CLIENT_ID: String(genesys.configuration.clientId),
        GENESYS_CLIENT_SECRET: String(genesys.configuration.clientSecret),
        WEBEX_API_URL: String(webex.configuration.apiUrl),
        WEBEX_ACCESS_TOKEN: String(webex.configuration.accessToken),
        PORT: '0',
      },
    })

  const run = async (example: string, ...words: string[]) => {
    const program = start(example, ...words)
    let output = ''
    program.stdout.on('data', (chunk) => {
      output += chunk
    })
    const [code] = await once(program, 'close')
    return { code, lines: output.trim().split('\n') }
  }

  it('list-users prints a line for every user', async () => {
    const { code, lines } = await run('list-users')
    expect(code).toBe(0)
    expect(lines.length).toBeGreaterThan(40)
    expect(lines[0]).toMatch(/^\S+ \d+$/)
  })

  it('report-with-promises prints the licenses of both vendors and what a failure looks like', async () => {
    const { code, lines } = await run('report-with-promises', 'nobody@nowhere.example')
    expect(code).toBe(0)
    expect(lines.filter((line) => line.startsWith('genesys ')).length).toBeGreaterThan(3)
    expect(lines.filter((line) => line.startsWith('webex ')).length).toBeGreaterThan(3)
    expect(lines.filter((line) => line.includes('NotFound'))).toHaveLength(2)
  })

  it('one-person prints what a person holds at both vendors', async () => {
    const addressesOf = async (provider: LicenseProvider) => {
      const { items } = await toPromise(toReadonlyArray(provider.listUsers()))
      return items.flatMap(({ email = [] }) => email)
    }
    const inWebex = new Set(await addressesOf(createWebexProvider(webex.configuration)))
    const inGenesys = await addressesOf(createGenesysProvider(genesys.configuration))
    const email = inGenesys.find((address) => inWebex.has(address))
    const { code, lines } = await run('one-person', `${email}`)
    expect(code).toBe(0)
    expect(lines.some((line) => line.startsWith('genesys '))).toBe(true)
    expect(lines.some((line) => line.startsWith('webex '))).toBe(true)
  })

  it('report-with-fp-ts prints free seats and the external users of both vendors', async () => {
    const { code, lines } = await run('report-with-fp-ts')
    expect(code).toBe(0)
    expect(lines).toContain('genesys: 0 external users (complete)')
    expect(lines.some((line) => /^webex: [1-9]\d* external users \(unverifiable\)$/.test(line))).toBe(true)
  })

  it('facts-of-your-own prints what a contract says, and which facts name no user', async () => {
    const { code, lines } = await run('facts-of-your-own')
    expect(code).toBe(0)
    expect(lines[0]).toBe('Genesys Cloud CX 2: 500 purchased, says contract.csv of 2026-01-01')
    expect(lines.join('\n')).toContain('1 row about activity: no user in the list has that id or address (sign-ins)')
  })

  it('change-assignments gives somebody a license, and says so', async () => {
    const [someone] = [...genesys.organization.users()].filter(({ licenseIds }) => !licenseIds.includes('cloudCX1'))
    const folder = await mkdtemp(join(tmpdir(), 'seatlens-'))
    const { code, lines } = await run(
      'change-assignments',
      'genesys',
      'cloudCX1',
      `${someone?.id}`,
      join(folder, 'journal'),
    )
    await rm(folder, { recursive: true })
    expect(code).toBe(0)
    expect(lines.at(-1)).toMatch(/^applied Genesys Cloud CX 1 /)
    expect(genesys.organization.licensesOf(`${someone?.id}`)).toContain('cloudCX1')
  })

  it('journal-and-snapshots keeps a snapshot, gives a user a license, and takes it back', async () => {
    const [someone] = [...genesys.organization.users()].filter(({ licenseIds }) => !licenseIds.includes('cloudCX2'))
    const folder = await mkdtemp(join(tmpdir(), 'seatlens-'))
    const { code, lines } = await run('journal-and-snapshots', 'genesys', 'cloudCX2', `${someone?.id}`, folder)
    const left = (await readdir(folder)).sort()
    await rm(folder, { recursive: true })
    expect(code).toBe(0)
    expect(lines[0]).toMatch(/^kept \d+ licenses$/)
    expect(lines[1]).toMatch(/^applied Genesys Cloud CX 2 /)
    expect(lines[2]).toMatch(/^taken back: applied Genesys Cloud CX 2 /)
    expect(genesys.organization.licensesOf(`${someone?.id}`)).not.toContain('cloudCX2')
    expect(left).toEqual(['before', 'change.journal'])
  })

  it('snapshot-in-own-store keeps the licenses of both vendors, and reads them back', async () => {
    const { code, lines } = await run('snapshot-in-own-store')
    expect(code).toBe(0)
    expect(lines).toEqual([expect.stringMatching(/^kept 6 files with [1-9]\d licenses$/)])
  })

  it('report-server answers with a report as JSON, and as a page', async () => {
    const server = start('report-server')
    const [address] = await once(server.stdout, 'data')
    const response = await fetch(String(address).trim())
    const report = await response.json()
    const page = await fetch(`${String(address).trim()}/report.html`)
    const text = await page.text()
    const elsewhere = await fetch(`${String(address).trim()}/favicon.ico`)
    if (words.length > 0 && server.pid !== undefined) process.kill(-server.pid)
    else server.kill()
    expect(elsewhere.status).toBe(404)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(text).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(report).toMatchObject({ schemaVersion: 1, complete: true })
  })

  // The whole suite in one test: several times what others take.
  // It uses the test runner of Node, which Deno and Bun have in part.
  it.skipIf(words.length > 0)(
    'acme passes the conformance suite under plain Node, as the package of another author would',
    {
      timeout: 90_000,
    },
    async () => {
      const { code, lines } = await run('acme/conformance')
      expect(code, lines.filter((line) => line.startsWith('not ok')).join('\n')).toBe(0)
      // How Node reports its tests differs from version to version.
      expect(lines).toContainEqual(expect.stringMatching(/\bfail 0\b/))
      expect(Number(/\bpass (\d+)/.exec(lines.join('\n'))?.[1])).toBeGreaterThan(50)
    },
  )
})

describe('the example of a provider', () => {
  const host = {
    openTokenStore: () => ({
      place: 'nowhere',
      ready: async () => {},
      read: async () => undefined,
      write: async () => {},
    }),
  }

  it('says what is wrong with its configuration, and never shows the secret', () => {
    expect(acmeDefinition.configure('acme', { token: 7, url: 'http://api.acme.example' })).toEqual(
      E.left([
        { field: 'token', expected: expect.any(String) },
        expect.objectContaining({ field: 'url', found: '"http://api.acme.example"' }),
      ]),
    )
    expect(acmeDefinition.configure('acme', {})).toEqual(
      E.left([{ field: 'token', expected: 'a token of an administrator' }]),
    )
  })

  it('lists the users of the simulator that its definition starts', async () => {
    const { configuration, stop } = await acmeDefinition.startSimulator({ users: 250, seed: 1, port: 0, latencyMs: 0 })
    const configured = acmeDefinition.configure('acme-emea', configuration)
    const provider = E.isRight(configured) ? configured.right.create(host) : undefined
    const ids = new Set<string>()
    for await (const user of provider?.listUsers() ?? []) ids.add(`${user.provider} ${user.email}`)
    await stop()
    expect(ids.size).toBe(250)
  })
})
