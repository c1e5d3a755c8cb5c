import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { leasePlan } from '../../src/node/lease-plan.ts'
import { newFolder } from './new-folder.ts'

afterEach(() => vi.unstubAllEnvs())

const HASH = 'sha256:1'

const leased = async (temporary: string, platform?: string) => {
  vi.stubEnv('TMPDIR', temporary)
  const remarks: string[] = []
  const lease = await leasePlan(HASH, (line) => remarks.push(line), platform)
  return { lease, remarks }
}

describe('the right to carry out a plan on this machine', () => {
  it('is had once, until it is given back', async () => {
    const folder = join(await newFolder(), 'ours')
    await mkdir(folder)
    const first = await leased(folder)
    expect(first).toMatchObject({ lease: { kind: 'taken' }, remarks: [] })
    expect(await leased(folder)).toMatchObject({
      lease: { kind: 'held', by: expect.stringMatching(/^another run is at work with this plan or a copy of it/) },
    })
    if (first.lease.kind === 'taken') await first.lease.release()
    expect(await leased(folder)).toMatchObject({ lease: { kind: 'taken' } })
  })

  it.each([
    ['linux', 'TMPDIR'],
    ['win32', 'TEMP'],
  ])(
    'is given with a remark where there is no folder for its lock; on %s %s is to be set',
    async (platform, variable) => {
      const file = join(await newFolder(), 'file')
      await writeFile(file, '')
      const { lease, remarks } = await leased(file, platform)
      expect(lease.kind).toBe('taken')
      expect(remarks).toEqual([
        `another run with a copy of this plan and another journal would not be noticed: there is no such folder; set ${variable} to a folder that can be written`,
      ])
    },
  )
})
