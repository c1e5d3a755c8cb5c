import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { toPromise } from '../../src/index.ts'
import { openTemporaryFolder } from '../../src/node/index.ts'
import { newFolder } from './new-folder.ts'

let place: string
beforeEach(async () => {
  place = await newFolder()
  vi.stubEnv('TMPDIR', place)
})
afterEach(() => vi.unstubAllEnvs())

/** A folder with data, which says that it is of this process, but for what is given. */
const leave = async (name: string, holder: object): Promise<void> => {
  const { path, remove } = await toPromise(openTemporaryFolder('x'))
  const own: object = JSON.parse(await readFile(join(path, '.holder.json'), 'utf8'))
  await remove()
  await mkdir(join(place, name, 'spilled'), { recursive: true })
  await writeFile(join(place, name, 'spilled', 'data'), 'ada@example.com')
  await writeFile(join(place, name, '.holder.json'), JSON.stringify({ ...own, ...holder }))
}

/** Opens and removes one, and says what is there then. */
const leftAfterOne = async (): Promise<readonly string[]> => {
  await (await toPromise(openTemporaryFolder('x'))).remove()
  return (await readdir(place)).sort()
}

describe.skipIf(process.platform === 'win32')('a temporary folder', () => {
  it('is for its owner alone, stays as long as its process, and goes with all that is in it', async () => {
    const first = await toPromise(openTemporaryFolder('tables'))
    await writeFile(join(first.path, 'data'), 'x')
    const second = await toPromise(openTemporaryFolder('tables'))
    expect(await readdir(first.path)).toEqual(['.holder.json', 'data'])
    await first.remove()
    await second.remove()
    expect(await readdir(place)).toEqual([])
  })

  it('takes away those of processes that were killed, and of no other', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const ended = once(child, 'exit')
    const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => undefined)
    const started = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    await leave('seatlens-of-a-child', { pid: child.pid, started })
    await leave('seatlens-of-this-process', {})
    await leave('seatlens-of-another-machine', { host: 'elsewhere', boot: '1', namespace: 'pid:[1]' })
    await leave('other-program', { pid: child.pid, started: '1' })
    const kept = ['other-program', 'seatlens-of-a-child', 'seatlens-of-another-machine', 'seatlens-of-this-process']
    expect(await leftAfterOne()).toEqual(kept)
    // Its number may be that of another process by now.
    await leave('seatlens-of-this-number', { started: '1' })
    expect(await leftAfterOne()).toEqual(kept)
    child.kill('SIGKILL')
    await ended
    expect(await leftAfterOne()).toEqual(kept.filter((name) => name !== 'seatlens-of-a-child'))
  })

  it('leaves alone what says nothing of itself, what is elsewhere, and what another user has', async () => {
    await mkdir(join(place, 'seatlens-empty'))
    await mkdir(join(place, 'seatlens-half'))
    await writeFile(join(place, 'seatlens-half', '.holder.json'), '{"host":')
    await writeFile(join(place, 'seatlens-file'), '')
    await leave('elsewhere', { started: '1' })
    await symlink(join(place, 'elsewhere'), join(place, 'seatlens-link'))
    const stay = ['elsewhere', 'seatlens-empty', 'seatlens-file', 'seatlens-half', 'seatlens-link']
    if (process.getuid?.() === 0) {
      await leave('seatlens-of-another-user', { started: '1' })
      await chown(join(place, 'seatlens-of-another-user'), 65_534, 65_534)
      stay.push('seatlens-of-another-user')
    }
    expect(await leftAfterOne()).toEqual(stay)
    expect(await readdir(join(place, 'elsewhere', 'spilled'))).toEqual(['data'])
  })

  it('cannot be made where there is no place for it', async () => {
    vi.stubEnv('TMPDIR', join(place, 'nowhere'))
    expect(await openTemporaryFolder('tables')()).toMatchObject({
      left: { _tag: 'FileMissing', message: `${place}/nowhere/seatlens-tables: there is no folder ${place}/nowhere` },
    })
  })
})
