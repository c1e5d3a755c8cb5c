import { execFile } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import type { LicenseReport } from '../../src/report/license-report.ts'
import { builtCommandLine, start } from './support/child.ts'
import { folderWith, newFolder, run } from './support/run.ts'
import { said } from './support/said.ts'

const USERS = 300

const startBoth = async () => {
  const options = { users: USERS, seed: 5 }
  const [genesys, webex] = await Promise.all([startGenesysSimulator(options), startWebexSimulator(options)])
  return { genesys, webex }
}

let simulators: Awaited<ReturnType<typeof startBoth>>

beforeAll(async () => {
  simulators = await startBoth()
})

afterAll(async () => {
  await Promise.all([simulators.genesys.stop(), simulators.webex.stop()])
})

const genesysWith = (fields: Readonly<Record<string, unknown>> = {}) => ({
  id: 'genesys',
  type: 'genesys',
  ...simulators.genesys.configuration,
  ...fields,
})

const webexWith = (fields: Readonly<Record<string, unknown>> = {}) => ({
  id: 'webex',
  type: 'webex',
  ...simulators.webex.configuration,
  ...fields,
})

const both = () => ({ providers: [genesysWith(), webexWith()] })

const inProcess = (args: readonly string[], configuration: unknown = both()) => run(args, { registry, configuration })

const reportOf = (stdout: string): LicenseReport => JSON.parse(stdout)

describe('the command line in this process, with both simulators', () => {
  it('reports on both vendors at once', async () => {
    const { code, stdout, stderr } = await inProcess(['report', '--format', 'json'])
    const report = reportOf(stdout)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(report.providers.map(({ id, status }) => [id, status])).toEqual([
      ['genesys', 'complete'],
      ['webex', 'complete'],
    ])
    expect(report.people.inSeveralProviders).toMatchObject({ kind: 'known' })
  })

  it('lists as many holders as the report counts', async () => {
    const report = reportOf((await inProcess(['report', '--format', 'json'])).stdout)
    const { stdout } = await inProcess(['users', '--license', 'cloudCX2', '--format', 'ndjson'])
    const row = report.licenses.find(({ id }) => id === 'cloudCX2')
    expect(row?.assigned).toEqual({ kind: 'known', value: stdout.trimEnd().split('\n').length })
  })

  it('finds the same person in both', async () => {
    const { stdout } = await inProcess(['users', '--format', 'ndjson'])
    const users = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const emails = new Set(
      users.filter(({ provider }) => provider === 'webex').map(({ email }) => email?.toLowerCase()),
    )
    const shared = users.find(
      ({ provider, email }) => provider === 'genesys' && email && emails.has(email.toLowerCase()),
    )
    const { code, stdout: person } = await inProcess(['user', shared.email.toUpperCase(), '--format', 'json'])
    expect(code).toBe(0)
    expect(JSON.parse(person).map(({ provider }: { provider: string }) => provider)).toEqual(['genesys', 'webex'])
  })

  it('says which credentials are wrong, with the correlation id, and keeps the data of the other', async () => {
    const providers = [genesysWith(), webexWith({ accessToken: 'of-last-month' })]
    const { code, stdout, stderr } = await inProcess(['report', '--format', 'json'], { providers })
    expect(code).toBe(5)
    expect(reportOf(stdout).providers.map(({ status }) => status)).toEqual(['complete', 'failed'])
    expect(said(stderr)).toMatch(/^webex: .*correlation id \S+\)\n$/)
    expect(stderr).not.toContain('of-last-month')
  })

  it('exits with 4 when every credential is wrong', async () => {
    const providers = [genesysWith({ clientSecret: 'wrong' }), webexWith({ accessToken: 'wrong' })]
    expect((await inProcess(['report'], { providers })).code).toBe(4)
    expect((await inProcess(['users'], { providers })).code).toBe(4)
    expect((await inProcess(['user', 'a@example.com'], { providers })).code).toBe(4)
  })

  it('keeps to the configured concurrency', async () => {
    const providers = [webexWith({ concurrency: 1, requestsPerMinute: 100_000 })]
    expect((await inProcess(['report'], { providers })).code).toBe(0)
  })
})

describe('the command line as a process of its own', () => {
  it('reads the environment where there is no file', async () => {
    const { code, stdout, stderr } = await start(['report'], await newFolder(), { WEBEX_ORG_ID: 'o' }).finished
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^environment: WEBEX_ACCESS_TOKEN: expected /)
  })

  it('prints data on stdout, without colors or progress, and nothing else', async () => {
    const { code, stdout, stderr } = await start(['report'], await folderWith(...both().providers)).finished
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('Genesys Cloud (genesys) · complete')
    expect(stdout).not.toContain('\u001b')
  })

  it('simulates until it is interrupted, with a configuration that the report can read at once', async () => {
    const folder = await newFolder()
    const file = await open(join(folder, 'seatlens.json'), 'w')
    const simulation = start(['simulate', '--users', '50'], folder, {}, file.fd)
    await simulation.says('Ctrl-C')
    await file.close()
    expect(JSON.parse(await readFile(join(folder, 'seatlens.json'), 'utf8')).providers).toHaveLength(2)
    const report = await start(['report', '--format', 'csv', '--output', 'report.csv'], folder).finished
    expect(report).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(await readFile(join(folder, 'report.csv'), 'utf8')).toMatch(/\r\ngenesys,complete,cloudCX2,.*,7,,/)
    simulation.process.kill('SIGINT')
    expect((await simulation.finished).code).toBe(130)
  })

  it('demonstrates the whole product without credentials', async () => {
    const { code, stdout, stderr } = await start(['demo', '--users', '300'], await newFolder()).finished
    expect(code).toBe(0)
    expect(stderr).not.toContain('Warning')
    expect(stdout).toMatch(/Genesys Cloud CX 3 .*█.* \d+%/)
    expect(stdout).toContain('Webex (webex) · complete')
    expect(stderr).toContain('simulated data')
  })

  it.runIf(process.platform === 'linux')('shows progress in a terminal', async () => {
    const slow = await startGenesysSimulator({ users: 50, latencyMs: 400 })
    const folder = await folderWith({ id: 'genesys', type: 'genesys', ...slow.configuration })
    const { stdout } = await promisify(execFile)(
      'script',
      ['-qec', `"${process.execPath}" "${builtCommandLine()}" report > /dev/null`, '/dev/null'],
      { cwd: folder, env: { PATH: process.env.PATH, TERM: 'xterm' } },
    )
    await slow.stop()
    expect(stdout).toContain('genesys licenses: 10')
  })
})
