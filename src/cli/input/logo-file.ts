import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { readBytes } from '../../node/index.ts'
import { problemOfLogo } from '../../render/index.ts'
import { UsageError } from '../usage-error.ts'
import type { InputPlace } from './text-file.ts'

/** Reads the image of `--logo`, and refuses what no page could show. */
export const readLogo = async (name: string, { workingDirectory, files }: InputPlace): Promise<Uint8Array> => {
  const path = resolve(workingDirectory, name)
  files.reads(path, name)
  const bytes = await readBytes(path)()
  if (E.isLeft(bytes)) {
    const { _tag, problem } = bytes.left
    throw new UsageError([
      `${name}: cannot read the logo: ${_tag === 'FileMissing' ? 'there is no such file' : problem}`,
    ])
  }
  const problem = await problemOfLogo(bytes.right)
  if (problem !== undefined) throw new UsageError([`${name}: ${problem}`])
  return bytes.right
}
