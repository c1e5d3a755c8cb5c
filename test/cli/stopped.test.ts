import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GenesysSimulator, startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { start } from './support/child.ts'
import { folderWith } from './support/run.ts'
import { said } from './support/said.ts'

let simulator: GenesysSimulator
let folder: string

beforeEach(async () => {
  simulator = await startGenesysSimulator({ users: 300, licenseListing: { maximumPageSize: 25 } })
  folder = await folderWith({ id: 'genesys', type: 'genesys', ...simulator.configuration })
})
afterEach(() => simulator.destroy())

const USERS = '/api/v2/license/users'

/** Waits until a fault has struck. */
const struck = async (path: string, { method = 'GET', after = 0 } = {}) =>
  expect.poll(() => simulator.requests.count({ method, path })).toBeGreaterThan(after)

describe('a signal that ends a process', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends a list with what was read, and says that it is not all: %s',
    async (signal) => {
      simulator.faults.add({ match: { path: USERS, skip: 3 }, effect: { kind: 'hang' } })
      const child = start(['users', '--format', 'json'], folder)
      await struck(USERS, { after: 3 })
      child.process.kill(signal)
      const { code, stdout, stderr } = await child.finished
      expect(code).toBe(130)
      expect(JSON.parse(stdout).length).toBeGreaterThan(0)
      expect(said(stderr)).toContain('interrupted: stopping')
      expect(said(stderr)).toContain('the rest of the list of users could not be read: interrupted')
    },
  )

  it('leaves the file of --output as it was, and nothing beside it', async () => {
    await writeFile(join(folder, 'report.json'), 'old')
    simulator.faults.add({ match: { path: USERS }, effect: { kind: 'hang' } })
    const child = start(['report', '--format', 'json', '--output', 'report.json'], folder)
    await struck(USERS)
    child.process.kill('SIGINT')
    const { code, stderr } = await child.finished
    expect(code).toBe(130)
    expect(said(stderr)).toContain('--output: report.json is as it was before: the run was interrupted\n')
    expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['report.json', 'seatlens.json'])
  })

  it('ends an apply with what is known, and takes its lock away', async () => {
    const holder = [...simulator.organization.users()].find(({ licenseIds }) => licenseIds.length > 0)
    const plan = ['plan', '--remove', holder?.licenseIds[0] ?? '', '--user', holder?.id ?? '', '--output', 'plan.json']
    expect(await start(plan, folder).finished).toMatchObject({ code: 0 })
    const path = '/api/v2/license/organization'
    simulator.faults.add({ match: { path }, effect: { kind: 'hang' } })
    const child = start(['apply', 'plan.json', '--yes', '--format', 'json', '--output', 'result.json'], folder)
    await struck(path, { method: 'POST' })
    child.process.kill('SIGINT')
    const { code, stdout } = await child.finished
    expect(code).toBe(130)
    expect(JSON.parse(stdout)).toMatchObject({ complete: false, counts: { unknown: 1 } })
    expect(await readdir(folder)).toEqual(['plan.json', 'plan.json.journal', 'result.json', 'seatlens.json'])
  })

  it('leaves no snapshot, and no part of one', async () => {
    await mkdir(join(folder, 'kept'))
    simulator.faults.add({ match: { path: USERS }, effect: { kind: 'hang' } })
    const child = start(['snapshot', '--output', 'kept/new/1'], folder)
    await struck(USERS)
    child.process.kill('SIGINT')
    const { code, stderr } = await child.finished
    expect(code).toBe(130)
    expect(stderr).toContain('nothing was kept: the run was interrupted')
    expect(await readdir(join(folder, 'kept'))).toEqual([])
  })
})
