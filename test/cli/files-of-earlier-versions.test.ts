import { access, chmod, cp, mkdir, writeFile } from 'node:fs/promises'
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

  /** Of 0.1, and the same with pseudonyms: of neither is known when users were active. */
  const snapshots = async (kind: 'as it is' | 'pseudonymized') => {
    await begin(false)
    await mkdir(join(folder, 'kept'))
    if (kind === 'as it is') await cp(join(folder, 'snapshot'), join(folder, 'kept/one'), { recursive: true })
    else {
      await writeFile(join(folder, 'key'), 'k'.repeat(32))
      const made = ['snapshot', '--output', 'kept/one', '--pseudonymize', '--key-file', 'key']
      expect(await seatlens(...made)).toMatchObject({ code: 0 })
    }
  }

  describe.each(['as it is', 'pseudonymized'] as const)('is a snapshot, %s', (kind) => {
    beforeEach(() => snapshots(kind))

    it('in which a seat of an inactive user is found', async () => {
      const report = await seatlens('report', '--detail', '--from', 'kept/one')
      expect(report).toMatchObject({ code: 0 })
      expect(report.stdout).toMatch(/is inactive and holds cx1/)
      expect(report.stdout).toMatch(/dormant-holder: genesys: the vendor does not say when/)
      const check = await seatlens('check', '--fail-on', 'any', '--from', 'kept/one')
      expect(check).toMatchObject({ code: 3 })
      expect(check.stdout).toMatch(/is inactive and holds cx1/)
    })

    it('of which no plan is made, and why', async () => {
      const plan = await seatlens('plan', '--fix', 'dormant-holder', '--from', 'kept/one', '--output', 'new.json')
      if (kind === 'as it is') {
        expect(plan).toMatchObject({ code: 0 })
        expect(plan.stderr).toMatch(/left alone: dormant-holder: genesys: the vendor does not say when/)
        expect(plan.stderr).toContain('dormant-holder: nothing was found, so that no plan was made')
      } else {
        const stderr = '--from: expected a snapshot with real users, as a plan names them; this one is pseudonymized\n'
        expect(plan).toMatchObject({ code: 2, stderr })
      }
      await expect(access(join(folder, 'new.json'))).rejects.toThrow()
    })

    it('that is compared with journals beside it', async () => {
      const pseudonyms = kind === 'as it is' ? [] : ['--pseudonymize', '--key-file', 'key']
      expect(await seatlens('snapshot', '--output', 'later', ...pseudonyms)).toMatchObject({ code: 0 })
      const diff = await seatlens('diff', 'kept/one', 'later', '--journals', '.')
      // Journals name real users.
      expect(diff).toMatchObject({ code: kind === 'as it is' ? 0 : 5 })
      expect(diff.stdout).toContain(
        kind === 'as it is'
          ? 'plan.json: written by version 0.1, without checksums: edits of it cannot be noticed'
          : 'nothing can be attributed to plans: the snapshots are pseudonymized',
      )
      expect(diff.stdout).toContain('3 licenses are as before')
      const trend = await seatlens('trend', 'kept', '--journals', '.')
      expect(trend).toMatchObject({ code: 0 })
      expect(trend.stdout).toContain('written by version 0.1, without checksums')
    })
  })

  it('cannot be compared with what is pseudonymized, and says so', async () => {
    await snapshots('pseudonymized')
    const diff = await seatlens('diff', 'snapshot', 'kept/one', '--journals', '.')
    expect(diff).toMatchObject({ code: 2 })
    expect(diff.stderr).toMatch(
      /one of the snapshots is pseudonymized and the other is not.*compare two of one kind\n$/,
    )
  })
})
