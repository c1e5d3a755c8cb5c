import { chmod, copyFile, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { type JournalFolder, openFileJournal, readJournalFolder } from '../../src/node/index.ts'
import { organization, planFor, remove } from '../plan/organization.ts'
import { newFolder } from './new-folder.ts'

const opened = async (path: string) => {
  const journal = await openFileJournal(path)()
  if (E.isLeft(journal)) throw new Error(journal.left.message)
  return journal.right
}

/** Writes a journal in which one change was made. */
const applied = async (path: string): Promise<void> => {
  const plan = await planFor(organization(), [remove('pro', 'bob')])
  const journal = await opened(path)
  await journal.append({ entry: 'begin', plan })
  await journal.append({ entry: 'sending', changes: [0] })
  await journal.append({ entry: 'outcome', change: 0, result: 'applied' })
  await journal.append({ entry: 'end', counts: { applied: 1 } })
  await journal.close()
}

const read = async (path: string): Promise<JournalFolder> => {
  const journals = await readJournalFolder(path)()
  if (E.isLeft(journals)) throw new Error(journals.left.message)
  return journals.right
}

describe('a folder of journals', () => {
  it('has the plans of its journals by the names of their files, and of nothing else', async () => {
    const folder = await newFolder()
    await applied(join(folder, 'idle.json.journal'))
    await applied(join(folder, 'by-another-name.log'))
    await writeFile(join(folder, 'idle.json'), '{"format":"seatlens-plan"}')
    await writeFile(join(folder, 'notes.txt'), '{"entry":')
    await writeFile(join(folder, '.hidden.journal'), 'nothing')
    // A run that ended before it began.
    await writeFile(join(folder, 'empty.journal'), '')
    await mkdir(join(folder, 'deeper.journal'))
    const { plans, damagedJournals, files } = await read(folder)
    expect(plans.map(({ name, changes }) => [name, changes.length])).toEqual([
      ['by-another-name.log', 1],
      ['idle.json', 1],
    ])
    expect(damagedJournals).toEqual([])
    expect(files).toEqual(['by-another-name.log', 'empty.journal', 'idle.json.journal'])
  })

  it('says of a journal that is damaged what is wrong with it, and reads the others', async () => {
    const folder = await newFolder()
    await applied(join(folder, 'good.journal'))
    await copyFile(join(folder, 'good.journal'), join(folder, 'torn.journal'))
    await writeFile(join(folder, 'torn.journal'), 'more\n', { flag: 'a' })
    await writeFile(join(folder, 'bytes.journal'), Buffer.from([0x7b, 0xff, 0x0a]))
    const { plans, damagedJournals } = await read(folder)
    expect(plans.map(({ name }) => name)).toEqual(['good'])
    expect(damagedJournals).toEqual([
      { name: 'bytes.journal', problem: 'line 1: not UTF-8' },
      { name: 'torn.journal', problem: 'line 5: expected an entry of a journal' },
    ])
  })

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('tells of one that may not be read', async () => {
    const folder = await newFolder()
    await applied(join(folder, 'secret.journal'))
    await chmod(join(folder, 'secret.journal'), 0o000)
    expect((await read(folder)).damagedJournals).toMatchObject([{ name: 'secret.journal' }])
  })

  it('does not wait for a run that is at work, and finds its journal unfinished', async () => {
    const folder = await newFolder()
    const journal = await opened(join(folder, 'idle.journal'))
    await journal.append({ entry: 'begin', plan: await planFor(organization(), [remove('pro', 'bob')]) })
    await journal.append({ entry: 'sending', changes: [0] })
    const { plans } = await read(folder)
    await journal.close()
    expect(plans).toMatchObject([{ name: 'idle', changes: [{ state: 'unknown' }] }])
    expect(plans[0]?.unfinished).toContain('its last run has not ended')
  })

  it.skipIf(process.platform === 'win32')('follows links, and does not stop at one that leads nowhere', async () => {
    const folder = await newFolder()
    await applied(join(folder, 'idle.journal'))
    await symlink(join(folder, 'idle.journal'), join(folder, 'link.journal'))
    await symlink(join(folder, 'nowhere'), join(folder, 'broken.journal'))
    expect((await read(folder)).plans.map(({ name }) => name)).toEqual(['idle', 'link'])
  })

  it('fails where there is no such folder, or it is a file', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'file'), '')
    expect(await readJournalFolder(join(folder, 'nowhere'))()).toMatchObject({
      left: { _tag: 'FileMissing', problem: 'there is no such folder' },
    })
    expect(await readJournalFolder(join(folder, 'file'))()).toMatchObject({ left: { problem: 'it is a file' } })
  })
})
