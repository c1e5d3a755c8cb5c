import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { putInPlace } from '../../src/node/index.ts'
import { newFolder } from './new-folder.ts'

describe('what was made beside', () => {
  it('takes its place, a file in place of another one, in folders that are made', async () => {
    const folder = await newFolder()
    for (const content of ['first', 'second']) {
      await writeFile(join(folder, 'made'), content)
      expect(await putInPlace(join(folder, 'made'), join(folder, 'a/b/c'))()).toEqual(E.right(undefined))
      expect(await readFile(join(folder, 'a/b/c'), 'utf8')).toBe(content)
    }
    expect(await readdir(folder)).toEqual(['a'])
  })

  it('takes its place as a folder, but not that of a folder with files', async () => {
    const folder = await newFolder()
    const make = async () => {
      await mkdir(join(folder, 'made'))
      await writeFile(join(folder, 'made', 'one'), '1')
      return putInPlace(join(folder, 'made'), join(folder, 'place'))()
    }
    expect(await make()).toEqual(E.right(undefined))
    expect(await readFile(join(folder, 'place', 'one'), 'utf8')).toBe('1')
    expect(await make()).toMatchObject({ left: { _tag: 'FileUnusable', path: join(folder, 'place') } })
    expect(await readdir(join(folder, 'made'))).toEqual(['one'])
  })

  it('stays where it is if there is no such thing or place, and the failure says why', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'file'), '')
    const missing = await putInPlace(join(folder, 'nothing'), join(folder, 'place'))()
    expect(missing).toMatchObject({ left: { path: join(folder, 'place') } })
    expect(await putInPlace(join(folder, 'file'), join(folder, 'file/place'))()).toMatchObject({
      left: { _tag: 'FileUnusable' },
    })
    expect(await readdir(folder)).toEqual(['file'])
  })
})
