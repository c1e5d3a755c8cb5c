import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { openPrivateFile, problemOfFile, readTextFile, writePrivateFile } from '../../src/node/index.ts'
import { newFolder } from './new-folder.ts'

const isRoot = process.getuid?.() === 0

describe('a private file', () => {
  it('is for its owner alone, whatever was there, and leaves nothing beside it', async () => {
    const folder = await newFolder()
    const path = join(folder, 'plan.json')
    await writeFile(path, 'old', { mode: 0o644 })
    expect(await writePrivateFile(path, ['n', Buffer.from('ew')])()).toEqual(E.right(undefined))
    expect(await readFile(path, 'utf8')).toBe('new')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['plan.json'])
  })

  it('is written to where a link leads', async () => {
    const folder = await newFolder()
    await symlink('there', join(folder, 'link'))
    await writePrivateFile(join(folder, 'link'), 'text')()
    expect(await readFile(join(folder, 'there'), 'utf8')).toBe('text')
  })

  it('says whether there was one, and writes nothing before it is told to', async () => {
    const folder = await newFolder()
    expect(await openPrivateFile(join(folder, 'plan.json'))()).toMatchObject({ right: { exists: false } })
    expect(await readdir(folder)).toEqual([])
  })

  it('stays as it was where its content cannot be made', async () => {
    const path = join(await newFolder(), 'plan.json')
    await writeFile(path, 'old')
    const failing = function* () {
      yield 'half'
      throw new Error('the rest is missing')
    }
    expect(await writePrivateFile(path, failing())()).toMatchObject({
      left: { _tag: 'FileUnusable', path, problem: 'the rest is missing' },
    })
    expect(await readFile(path, 'utf8')).toBe('old')
  })

  it('fails as plain data where it cannot be written', async () => {
    const folder = await newFolder()
    const inNowhere = join(folder, 'nowhere', 'plan.json')
    const failure = await writePrivateFile(inNowhere, 'text')()
    expect(failure).toEqual(
      E.left({
        _tag: 'FileMissing',
        path: inNowhere,
        code: 'ENOENT',
        problem: `there is no folder ${join(folder, 'nowhere')}`,
        message: `${inNowhere}: there is no folder ${join(folder, 'nowhere')}`,
      }),
    )
    expect(JSON.parse(JSON.stringify(failure))).toEqual(failure)
    expect(await writePrivateFile(folder, 'text')()).toMatchObject({
      left: { _tag: 'FileUnusable', problem: 'it is not a regular file' },
    })
  })

  it.skipIf(isRoot)('fails where its folder may not be written to', async () => {
    const folder = join(await newFolder(), 'locked')
    await mkdir(folder)
    await chmod(folder, 0o500)
    expect(await openPrivateFile(join(folder, 'plan.json'))()).toMatchObject({
      left: { _tag: 'FileUnusable', code: 'EACCES', problem: 'there is no permission' },
    })
  })
})

describe('a text file', () => {
  it('is read, or is not there, or is no text', async () => {
    const folder = await newFolder()
    const path = join(folder, 'file')
    expect(await readTextFile(path)()).toMatchObject({
      left: { _tag: 'FileMissing', problem: 'there is no such file' },
    })
    await writeFile(path, '\ufeffMüller')
    expect(await readTextFile(path)()).toEqual(E.right('Müller'))
    await writeFile(path, Buffer.from('Müller', 'latin1'))
    expect(await readTextFile(path)()).toMatchObject({
      left: { _tag: 'NotText', message: expect.stringContaining(`${path}: not UTF-8 (line 1)`) },
    })
  })
})

describe('what is the matter with a file', () => {
  const refused = Object.assign(new Error('refused'), { code: 'EPERM' })

  it('may be on Windows that another program has it open, which the system does not tell apart', () => {
    expect(problemOfFile(refused, 'win32')).toBe('there is no permission, or another program has it open')
    expect(problemOfFile(refused, 'linux')).toBe('there is no permission')
  })
})
