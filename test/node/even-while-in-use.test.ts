import { describe, expect, it } from 'vitest'
import { evenWhileInUse } from '../../src/node/even-while-in-use.ts'

const systemError = (code: string) => Object.assign(new Error(code), { code })

/** Work that the system refuses so many times, and what came of it. */
const tried = async (platform: string, code: string, refusals: number) => {
  let attempts = 0
  const waits: number[] = []
  const work = async () => {
    attempts += 1
    if (attempts <= refusals) throw systemError(code)
    return 'done'
  }
  const sleep = async (milliseconds: number) => void waits.push(milliseconds)
  const result = await evenWhileInUse(work, { platform, sleep }).catch((error: Error) => error.message)
  return { result, attempts, waited: waits.reduce((sum, wait) => sum + wait, 0) }
}

describe('renaming and deleting on Windows', () => {
  it.each(['EPERM', 'EACCES', 'EBUSY'])('waits until another program lets go of the file: %s', async (code) => {
    expect(await tried('win32', code, 3)).toEqual({ result: 'done', attempts: 4, waited: 70 })
  })

  it('gives up after two and a half seconds', async () => {
    expect(await tried('win32', 'EBUSY', Infinity)).toEqual({ result: 'EBUSY', attempts: 9, waited: 2_550 })
  })

  it('waits for nothing else', async () => {
    expect(await tried('win32', 'ENOSPC', 1)).toEqual({ result: 'ENOSPC', attempts: 1, waited: 0 })
  })
})

describe('renaming and deleting elsewhere', () => {
  it('is refused at once, as no open file is in its way', async () => {
    expect(await tried('linux', 'EACCES', 1)).toEqual({ result: 'EACCES', attempts: 1, waited: 0 })
  })
})
