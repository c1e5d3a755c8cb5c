import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { appendFile, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { builtCommandLine, start } from './support/child.ts'
import { folderWith } from './support/run.ts'
import { smallDisk } from './support/small-disk.ts'

/** A folder with a configuration of an organization in which everybody holds a license and is inactive. */
const organization = async (people = 900) => {
  const users = Array.from({ length: people }, (_, index) => `u${index}`)
  const simulator = await startGenesysSimulator({
    world: {
      definitions: [{ id: 'cx1' }, { id: 'cx2' }],
      licenseRows: users.map((id) => ({ id, licenses: ['cx1'] })),
      directory: users.map((id) => ({
        id,
        name: `${id} ${'x'.repeat(80)}`,
        email: `${id}@example.com`,
        state: 'inactive' as const,
      })),
    },
  })
  onTestFinished(() => simulator.destroy())
  const folder = await folderWith({ id: 'genesys', type: 'genesys', ...simulator.configuration })
  return { simulator, folder }
}

/** Runs a line of a shell in which `$S` is the command line; the code is that of the first command that failed. */
const shell = (line: string, folder: string): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn('bash', ['-c', `set -o pipefail; ${line}`], {
      cwd: folder,
      env: { PATH: process.env.PATH, S: `${process.execPath} ${builtCommandLine()}` },
      stdio: 'ignore',
    })
    child.on('close', (code) => resolve(code ?? -1))
  })

/** Takes all the room that is left on a disk. */
const fill = async (file: string): Promise<void> => {
  for (;;) {
    const isFull = await appendFile(file, 'x'.repeat(4_096)).then(
      () => false,
      () => true,
    )
    if (isFull) return
  }
}

const isLinux = process.platform === 'linux'

describe('with a reader that has gone', () => {
  it('check ends with what it has found', async () => {
    const { folder } = await organization()
    const check = '$S check --fail-on inactive-holder --format json'
    expect(await shell(`${check} 2>&1 | true`, folder)).toBe(3)
    expect(await shell(`${check} >&- 2>&-`, folder)).toBe(3)
  })

  it('plan keeps the plan, and apply ends with what has become of it and keeps the result', async () => {
    const { folder, simulator } = await organization(3)
    const plan = '$S plan --assign cx2 --user u1@example.com --user u2 --format json --output plan.json'
    expect(await shell(`${plan} | true`, folder)).toBe(0)
    simulator.organization.setLicenses('u1', [])
    for (const [index, end] of ['2>&1 | true', '>&-'].entries()) {
      expect(await shell(`$S apply plan.json --yes --output ${index}.json ${end}`, folder), end).toBe(6)
      expect(JSON.parse(await readFile(join(folder, `${index}.json`), 'utf8'))).toMatchObject({ complete: false })
    }
  })

  it('a list is read no further, and ends well', async () => {
    const { folder, simulator } = await organization(5_000)
    expect(await shell('$S users --format ndjson | head -1', folder)).toBe(0)
    expect(simulator.requests.count({ path: '/api/v2/license/users' })).toBeLessThan(50)
  })
})

describe('with a stdout that takes nothing', () => {
  it.skipIf(!isLinux)('what was made is made, and what is lost is an error (needs /dev/full of Linux)', async () => {
    const { folder } = await organization(3)
    expect(await shell('$S plan --assign cx2 --user u1 --output plan.json > /dev/full', folder)).toBe(1)
    expect(existsSync(join(folder, 'plan.json'))).toBe(true)
    expect(await shell('$S check --fail-on inactive-holder > /dev/full', folder)).toBe(3)
    expect(await shell('$S report 2> /dev/full', folder)).toBe(0)
  })

  it('never takes for all what of it has found room on a full disk', async (context) => {
    const { folder } = await organization()
    const disk = await smallDisk(context, 64)
    const descriptor = openSync(join(disk, 'users.csv'), 'w')
    const { finished } = start(['users', '--format', 'csv'], folder, {}, descriptor)
    const { code, stderr } = await finished
    closeSync(descriptor)
    expect(code).toBe(1)
    expect(stderr).toContain('stdout: cannot write: the disk is full; the output is partial\n')
  })
})

describe('with a disk that is full', () => {
  it('a snapshot is kept as a whole or not at all, with the folders that it would have been in', async (context) => {
    const { folder } = await organization()
    const disk = await smallDisk(context, 64)
    const { code, stderr } = await start(['snapshot', '--output', join(disk, 'a/b')], folder).finished
    expect({ code, left: await readdir(disk) }).toEqual({ code: 1, left: [] })
    expect(stderr).toContain(`--output: cannot write ${join(disk, 'a/b')}: the disk is full\n`)
  })

  it('a folder of simulate is there as a whole or not at all, wherever in it the disk is full', async (context) => {
    const { folder } = await organization(3)
    for (const kilobytes of [4, 16, 64, 160]) {
      const disk = await smallDisk(context, kilobytes)
      const place = join(disk, 'sandbox')
      const { code, stderr } = await start(['simulate', '--users', '200', '--write', place], folder).finished
      expect({ kilobytes, code, left: await readdir(disk) }).toEqual({ kilobytes, code: 1, left: [] })
      expect(stderr).toMatch(/--write: cannot write \S+: .*the disk is full\n$/)
    }
  })

  it('nothing is sent without a journal, no lock is left, and the same command does it all later', async (context) => {
    const { folder } = await organization(3)
    const disk = await smallDisk(context, 64)
    const plan = join(disk, 'plan.json')
    const filler = join(disk, 'filler')
    const seatlens = (...args: readonly string[]) => start(args, folder).finished
    await seatlens('plan', '--provider', 'genesys', '--assign', 'cx2', '--user', 'u1', '--output', plan)
    for (const room of [0, 4_096]) {
      await writeFile(filler, '')
      await fill(filler)
      if (room > 0) await truncate(filler, (await stat(filler)).size - room)
      const { code, stderr } = await seatlens('apply', plan, '--yes')
      expect({ room, code, stderr }).toEqual({ room, code: 1, stderr: expect.stringMatching(/the disk is full\n$/) })
      expect((await readdir(disk)).filter((name) => name.includes('.lock'))).toEqual([])
    }
    await rm(filler)
    expect(await seatlens('apply', plan, '--yes')).toMatchObject({ code: 0 })
  })

  it('a file that cannot be begun has the exit code of one that cannot be ended', async (context) => {
    const { folder } = await organization()
    // The folder itself is the only one that there is room for.
    const disk = await smallDisk(context, 64, 1)
    const { code, stderr } = await start(['report', '--output', join(disk, 'report.csv')], folder).finished
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^--output: .*: the disk is full\n$/) })
  })

  it('the file of --output is as it was, and the run says so', async (context) => {
    const { folder } = await organization()
    const disk = await smallDisk(context, 64)
    const file = join(disk, 'report.csv')
    await writeFile(file, 'the report of yesterday')
    const { code, stderr } = await start(['report', '--by', 'user', '--format', 'csv', '--output', file], folder)
      .finished
    expect({ code, content: await readFile(file, 'utf8') }).toEqual({ code: 1, content: 'the report of yesterday' })
    expect(stderr).toContain(`--output: cannot write ${file}: the disk is full; it is as it was before\n`)
  })
})
