import { join, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { type JournalFolder, readJournalFolder } from '../../node/index.ts'
import type { Environment } from '../environment.ts'
import { notify } from '../output/notify.ts'
import { UsageError } from '../usage-error.ts'

/** The journals in the folder of `--journals`; undefined where none is named. */
export const readJournals = async (
  folder: string | undefined,
  environment: Environment,
): Promise<JournalFolder | undefined> => {
  if (folder === undefined) return undefined
  const path = resolve(environment.workingDirectory, folder)
  const journals = await readJournalFolder(path)()
  if (E.isLeft(journals)) {
    throw new UsageError([`--journals: ${folder}: expected a folder of journals: ${journals.left.problem}`])
  }
  const { files } = journals.right
  for (const name of files) environment.files.reads(join(path, name), join(folder, name))
  if (files.length === 0) {
    notify(environment, `--journals: ${folder}: there is no journal in it; "seatlens apply" writes it beside the plan`)
  }
  return journals.right
}
