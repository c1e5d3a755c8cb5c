import { link, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { registry } from '../../src/cli/registry.ts'
import { run } from './support/run.ts'
import { threeUsers } from './support/three-users.ts'

const { folder, seatlens: runWith, read, writes } = threeUsers()
const seatlens = (...args: readonly string[]) => runWith(args)
const at = (name: string) => join(folder(), name)

const ANOTHER = {
  code: 2,
  stderr: /^--output: expected another file than .+, which this run (reads|writes); found .+\n$/,
}

describe('the file of --output', () => {
  it.each([
    ['the configuration', ['report', '--format', 'json'], 'seatlens.json'],
    ['the list of --file', ['plan', '--assign', 'cx2', '--file', 'list.csv'], 'list.csv'],
    ['who is who', ['report', '--format', 'csv', '--people', 'people.csv'], 'people.csv'],
    ['the suppressions', ['check', '--fail-on', 'any', '--suppressions', 'accepted.csv'], 'accepted.csv'],
  ] as const)('is never %s, by whatever name', async (_, args, input) => {
    await writeFile(at('list.csv'), 'user\nada@example.com\n')
    await writeFile(at('people.csv'), 'person,provider,user\nada,genesys,a1\n')
    await writeFile(at('accepted.csv'), 'rule,reason\ninactive-holder,fine\n')
    await symlink(at(input), at('soft'))
    await seatlens('licenses')
    const before = await read(input)
    await link(at(input), at('hard'))
    await mkdir(at('sub'))
    for (const output of [input, `sub/../${input}`, at(input), 'soft', 'hard']) {
      expect(await seatlens(...args, '--output', output), output).toMatchObject(ANOTHER)
      expect(await read(input)).toBe(before)
    }
  })

  it('is the baseline only where it is one again', async () => {
    const check = ['check', '--fail-on', 'any', '--output', 'base.json', '--format']
    expect(await seatlens(...check, 'json')).toMatchObject({ code: 0 })
    expect(await seatlens(...check, 'json', '--baseline', 'base.json')).toMatchObject({ code: 0 })
    await symlink('base.json', at('base'))
    const junit = ['check', '--fail-on', 'any', '--format', 'junit', '--baseline', 'base.json', '--output', 'base']
    expect(await seatlens(...junit)).toMatchObject(ANOTHER)
  })

  it('is never the configuration that is not there yet, or that this command does not read', async () => {
    await seatlens('snapshot', '--output', 'kept')
    const withoutConfiguration = (...args: readonly string[]) =>
      run(args, { registry, folder: folder(), configuration: null })
    expect(await withoutConfiguration('diff', 'kept', 'kept', '--output', 'seatlens.json')).toMatchObject(ANOTHER)
    expect(await withoutConfiguration('diff', 'kept', 'kept', '--config', 'new', '--output', './new')).toMatchObject(
      ANOTHER,
    )
  })

  it('is never the journal of this very run, or its plan, and nothing is sent', async () => {
    await seatlens('plan', '--assign', 'cx2', '--user', 'a1', '--output', 'plan.json')
    await symlink(at('plan.json.journal'), at('latest'))
    await symlink(at('latest'), at('later'))
    for (const output of ['plan.json', 'plan.json.journal', 'latest', 'later']) {
      expect(await seatlens('apply', 'plan.json', '--yes', '--output', output), output).toMatchObject(ANOTHER)
    }
    expect(writes()).toBe(0)
    expect(await seatlens('apply', 'plan.json', '--yes', '--journal', 'plan.json')).toMatchObject({
      code: 2,
      stderr: 'the journal: expected another file than plan.json, which this run reads; found plan.json\n',
    })
    // Nothing was begun, so that there is no journal of it either.
    expect(await readdir(folder())).not.toContain('plan.json.journal')
  })

  it('is never in a snapshot that this run reads', async () => {
    await mkdir(at('kept'))
    await seatlens('snapshot', '--output', 'kept/1')
    const inside = { code: 2, stderr: /--output: expected a file outside of .+, which this run reads; found kept\/1/ }
    for (const output of ['kept/1/manifest.json', 'kept/1/new.json']) {
      expect(await seatlens('report', '--from', 'kept/1', '--format', 'json', '--output', output)).toMatchObject(inside)
      expect(await seatlens('diff', 'kept/1', 'kept/1', '--format', 'json', '--output', output)).toMatchObject(inside)
      expect(await seatlens('trend', 'kept', '--format', 'json', '--output', output)).toMatchObject(inside)
    }
    expect(await seatlens('trend', 'kept', '--format', 'json', '--output', 'kept/trend.json')).toMatchObject({
      code: 0,
    })
    expect(await seatlens('report', '--from', 'kept/1')).toMatchObject({ code: 0 })
  })

  it('is never where rotated tokens are kept', async () => {
    const configuration = {
      providers: [
        { id: 'webex', type: 'webex', clientId: 'c', clientSecret: 's', refreshToken: 'r', tokenFile: 'kept' },
      ],
    }
    const refused = await run(['report', '--output', './kept'], { registry, folder: folder(), configuration })
    expect(refused).toMatchObject(ANOTHER)
  })

  it('is what a link leads to, also where nothing is there yet', async () => {
    await symlink('target.json', at('latest.json'))
    expect(await seatlens('report', '--format', 'json', '--output', 'latest.json')).toMatchObject({ code: 0 })
    expect(JSON.parse(await read('target.json'))).toMatchObject({ schemaVersion: 1 })
    expect(await readdir(folder())).toEqual(['latest.json', 'seatlens.json', 'target.json'])
  })
})

describe('the lock of a journal', () => {
  beforeEach(() => seatlens('plan', '--assign', 'cx2', '--user', 'a1', '--output', 'plan.json'))
  const held = () => writeFile(at('journal.lock'), JSON.stringify({ host: hostname(), pid: process.ppid }))
  const apply = (journal: string) => seatlens('apply', 'plan.json', '--yes', '--journal', journal)

  it('is on the file, whatever links lead to it', async () => {
    await mkdir(at('sub'))
    await symlink('../journal', at('sub/one'))
    await symlink('sub/one', at('two'))
    await held()
    for (const name of ['journal', 'sub/one', 'two', 'sub/../journal']) {
      expect(await apply(name), name).toMatchObject({ code: 2, stderr: /another run is at work with this journal/ })
    }
  })

  it('is not on a file with two names of its own, of which each would have another lock', async () => {
    await writeFile(at('journal'), '')
    await link(at('journal'), at('other'))
    expect(await apply('other')).toMatchObject({ code: 2, stderr: /^other: expected a file with one name, found 2/ })
    expect(await readdir(folder())).not.toContain('other.lock')
  })
})
