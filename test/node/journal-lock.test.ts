import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type FileJournal, openFileJournal } from '../../src/node/index.ts'
import { newFolder } from './new-folder.ts'

const isLinux = process.platform === 'linux'
const boot = isLinux ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() : ''

const open = async (folder: string): Promise<FileJournal> => {
  const opened = await openFileJournal(join(folder, 'journal'), { name: 'journal' })()
  if (E.isLeft(opened)) throw new Error(`${opened.left._tag}: ${opened.left.message}`)
  return opened.right
}

/** What becomes of a run that finds this lock. */
const finding = async (lock: object): Promise<string> => {
  const folder = await newFolder()
  await writeFile(join(folder, 'journal.lock'), JSON.stringify(lock))
  try {
    await (await open(folder)).close()
    // Neither a lock nor a journal in which nothing is written.
    expect(await readdir(folder)).toEqual([])
    return 'taken over'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The lock that this process writes. */
const ownLock = async () => {
  const folder = await newFolder()
  const file = await open(folder)
  const lock = JSON.parse(await readFile(join(folder, 'journal.lock'), 'utf8'))
  await file.close()
  return lock
}

const GONE = 'taken over'
const AT_WORK =
  /^AlreadyRunning: journal: another run is at work with this journal \(process \d+ on .+\); wait for it; if there is none, delete journal\.lock$/
const UNSEEN =
  /^AlreadyRunning: journal: another run is at work with this journal or was killed \(process 1 on other\), which cannot be seen from here; if it has ended, delete journal\.lock$/

/** A process that does nothing. */
const another = () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void child.kill())
  return child
}

describe('the lock that a killed run has left', () => {
  it('is taken over where another process has its number since, this one too', async () => {
    const own = await ownLock()
    expect(await finding({ ...own, started: '1' })).toBe(GONE)
    if (isLinux) expect(await finding({ ...own, pid: process.ppid, started: '1' })).toBe(GONE)
  })

  it('is taken over by the first process of a container that was restarted', async () => {
    const own = await ownLock()
    expect(await finding({ ...own, started: '1', namespace: 'pid:[1]' })).toBe(GONE)
    expect(await finding({ host: hostname(), pid: process.pid })).toBe(GONE)
  })

  it.skipIf(!isLinux)('is taken over after a restart of the machine (only Linux tells of it)', async () => {
    const own = await ownLock()
    expect(own).toMatchObject({ boot })
    expect(await finding({ ...own, pid: process.ppid, boot: 'another' })).toBe(GONE)
  })

  it('is taken over where nothing has its number', async () => {
    const own = await ownLock()
    const child = another()
    child.kill()
    await once(child, 'exit')
    expect(await finding({ ...own, pid: child.pid })).toBe(GONE)
    expect(await finding({ host: hostname(), pid: child.pid })).toBe(GONE)
  })

  it('is taken over where it is half of one', async () => {
    expect(await finding({ host: hostname() })).toBe(GONE)
  })
})

describe('the lock of a run that may be at work', () => {
  it('is left alone, by whatever version', async () => {
    const own = await ownLock()
    expect(await finding(own)).toMatch(AT_WORK)
    expect(await finding({ host: hostname(), pid: process.ppid })).toMatch(AT_WORK)
  })

  it.skipIf(!isLinux)('is left alone though the machine has another name by now (only Linux tells)', async () => {
    expect(await finding({ ...(await ownLock()), host: 'before' })).toMatch(AT_WORK)
  })

  it('is left alone where nothing can be seen of it, and the message says how to go on', async () => {
    const own = await ownLock()
    expect(await finding({ host: 'other', pid: 1 })).toMatch(UNSEEN)
    expect(await finding({ ...own, host: 'other', pid: 1, namespace: 'pid:[1]' })).toMatch(UNSEEN)
    expect(await finding({ ...own, host: 'other', pid: 1, boot: 'another' })).toMatch(UNSEEN)
  })
})

describe('a run whose lock was taken or deleted', () => {
  it('writes nothing more, and leaves the lock of the other run alone', async () => {
    const folder = await newFolder()
    const one = await open(folder)
    await rm(join(folder, 'journal.lock'))
    const other = await open(folder)
    await expect(one.append({ entry: 'sending', changes: [1] })).rejects.toThrow(/^its lock was deleted or taken/)
    await one.close()
    expect(await readdir(folder)).toEqual(['journal', 'journal.lock'])
    await other.close()
    expect(await readdir(folder)).toEqual(['journal'])
    expect(await readFile(join(folder, 'journal'), 'utf8')).toBe('')
  })
})
