import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { lockFile } from '../../src/node/file-lock.ts'
import { newFolder } from './new-folder.ts'

/** A file system without hard links, as FAT is; `code` is what the system says of it. */
const without = (code: string) => ({
  linkFile: async () => {
    throw Object.assign(new Error(code), { code })
  },
})

describe('a lock where the file system has no hard links', () => {
  it.each(['EPERM', 'ENOTSUP', 'EISDIR'])('keeps two runs apart (%s)', async (code) => {
    const lock = join(await newFolder(), 'lock')
    const first = await lockFile(lock, without(code))
    expect(E.isRight(first)).toBe(true)
    expect(await lockFile(lock, without(code))).toMatchObject({ left: { isAtWork: true } })
    if (E.isRight(first)) await first.right.release()
    expect(await readdir(join(lock, '..'))).toEqual([])
  })

  it('is had by one of those who want it at the same time', async () => {
    const lock = join(await newFolder(), 'lock')
    const all = await Promise.all(Array.from({ length: 8 }, () => lockFile(lock, without('EPERM'))))
    expect(all.filter(E.isRight)).toHaveLength(1)
  })

  it('is not taken for what a killed run has left while it is being written', async () => {
    const lock = join(await newFolder(), 'lock')
    const first = await lockFile(lock)
    const whole = await readFile(lock)
    await writeFile(lock, whole.subarray(0, 10))
    const second = await lockFile(lock, { wait: () => writeFile(lock, whole) })
    expect(second).toMatchObject({ left: { isAtWork: true } })
    if (E.isRight(first)) await first.right.check()
  })
})

describe('a lock in a folder that cannot be written to', () => {
  it('is refused by what the system says, links or none', async () => {
    const lock = join(await newFolder(), 'nowhere', 'lock')
    await expect(lockFile(lock)).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(lockFile(lock, without('EPERM'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
