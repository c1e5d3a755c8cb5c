import { closeSync, openSync, writeSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startWebexSimulator, type WebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { newFolder, run } from './support/run.ts'
import { smallDisk } from './support/small-disk.ts'

let simulator: WebexSimulator
let folder: string

beforeEach(async () => {
  simulator = await startWebexSimulator({ users: 10, rotateRefreshToken: true })
  folder = await newFolder()
})
afterEach(() => simulator.destroy())

/** Takes all the room that is left on a disk. */
const fill = (disk: string): void => {
  const file = openSync(join(disk, 'filler'), 'w')
  try {
    for (;;) writeSync(file, Buffer.alloc(4_096, 1))
  } catch {
    closeSync(file)
  }
}

const licenses = (tokenFile: string) => {
  const providers = [{ id: 'webex', type: 'webex', ...simulator.refreshConfiguration, tokenFile }]
  return run(['licenses'], { folder, registry, configuration: { providers } })
}

describe('a refresh token', () => {
  it('is not spent where a full disk could not keep its successor', async (context) => {
    const disk = await smallDisk(context, 256)
    fill(disk)
    const { code, stderr } = await licenses(join(disk, 'token'))
    expect({ code, spent: simulator.tokens.refreshed() }).toEqual({ code: 4, spent: 0 })
    expect(stderr).toContain(
      `new tokens could not be kept, so Seatlens did not ask for any: ${join(disk, 'token')}: the disk is full`,
    )
    await rm(join(disk, 'filler'))
    expect(await licenses(join(disk, 'token'))).toMatchObject({ code: 0, stderr: '' })
  })

  it('has its successor kept on a disk that fills up while the vendor answers', async (context) => {
    const disk = await smallDisk(context, 256)
    simulator.faults.add({
      match: { path: '/v1/access_token' },
      effect: {
        kind: 'rewrite',
        rewrite: (answer) => {
          fill(disk)
          return answer
        },
      },
    })
    for (const _ of [1, 2]) expect(await licenses(join(disk, 'token'))).toMatchObject({ code: 0, stderr: '' })
    expect(simulator.tokens.refreshed()).toBe(1)
    expect(JSON.parse(await readFile(join(disk, 'token'), 'utf8'))).toHaveProperty('refreshToken')
    expect((await readdir(disk)).sort()).toEqual(['filler', 'token'])
  })

  it('leaves nothing of the room that was kept where the vendor refuses it', async () => {
    simulator.faults.add({ match: { path: '/v1/access_token' }, effect: { kind: 'status', status: 400 } })
    expect(await licenses('tokens/webex')).toMatchObject({ code: 4 })
    expect(await readdir(join(folder, 'tokens'))).toEqual([])
  })
})
