import { chmod, cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GenesysSimulator, startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { newFolder, run } from './support/run.ts'

/** Files as 0.1 has written them, of one organization. They are never written anew: what is in use is like this. */
const KEPT = join(import.meta.dirname, '../fixtures/0.1')

/** The organization before the plan; after it Ada has cx2 too, and Bob has no cx3. */
const world = (isApplied: boolean) => ({
  definitions: [{ id: 'cx1' }, { id: 'cx2' }, { id: 'cx3', description: 'CX 3' }],
  licenseRows: [
    { id: 'a1', licenses: isApplied ? ['cx1', 'cx2'] : ['cx1'] },
    { id: 'b1', licenses: isApplied ? [] : ['cx3'] },
    { id: 'd1', licenses: ['cx1'] },
  ],
  directory: [
    { id: 'a1', name: 'Ada', email: 'ada@example.com' },
    { id: 'b1', name: 'Bob', email: 'bob@example.com' },
    { id: 'd1', name: 'Dan', email: 'dan@example.com', state: 'inactive' as const },
  ],
})

let simulator: GenesysSimulator
let folder: string

const begin = async (isApplied: boolean) => {
  simulator = await startGenesysSimulator({ world: world(isApplied) })
}
beforeEach(async () => {
  folder = await newFolder()
  await cp(KEPT, folder, { recursive: true })
  await chmod(join(folder, 'snapshot'), 0o700)
})
afterEach(() => simulator.destroy())

const seatlens = (...args: readonly string[]) =>
  run(args, {
    registry,
    configuration: { providers: [{ id: 'genesys', type: 'genesys', ...simulator.configuration }] },
    folder,
  })
const held = (id: string) => [...simulator.organization.licensesOf(id)].sort()

describe('what version 0.1 has written', () => {
  it('is a plan that can be applied', async () => {
    await begin(false)
    expect(await seatlens('apply', 'plan.json', '--yes', '--journal', 'new')).toMatchObject({ code: 0 })
    expect([held('a1'), held('b1')]).toEqual([['cx1', 'cx2'], []])
  })

  it('is a journal that apply goes on with', async () => {
    await begin(true)
    const { code, stdout } = await seatlens('apply', 'plan.json', '--yes', '--format', 'json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ counts: { applied: 2 } })
    expect(simulator.requests.count({ method: 'POST', path: '/api/v2/license/organization' })).toBe(0)
  })

  it('is a journal that undo takes back, and goes on with', async () => {
    await begin(true)
    expect(await seatlens('undo', 'plan.json.journal', '--yes')).toMatchObject({ code: 0 })
    expect([held('a1'), held('b1')]).toEqual([['cx1'], ['cx3']])
    expect(await seatlens('undo', 'plan.json.journal', '--yes')).toMatchObject({ code: 0 })
  })

  it('is a baseline and a list of suppressions for check', async () => {
    await begin(false)
    expect(await seatlens('check', '--fail-on', 'any')).toMatchObject({ code: 3 })
    expect(await seatlens('check', '--fail-on', 'any', '--baseline', 'baseline.json')).toMatchObject({ code: 0 })
    expect(await seatlens('check', '--fail-on', 'any', '--suppressions', 'suppressions.csv')).toMatchObject({ code: 0 })
  })

  it('is a snapshot for reports and for comparing', async () => {
    await begin(true)
    const { code, stdout } = await seatlens('users', '--from', 'snapshot', '--format', 'ndjson')
    expect(code).toBe(0)
    expect(stdout).toContain('"ada@example.com"')
    expect(await seatlens('snapshot', '--output', 'now')).toMatchObject({ code: 0 })
    expect((await seatlens('diff', 'snapshot', 'now')).stdout).toContain('ada@example.com')
  })
})
