import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Does something with a folder of its own, which is gone afterwards. */
export const inFolder = async (use) => {
  const path = await mkdtemp(join(tmpdir(), 'seatlens-bench-'))
  try {
    return await use({ path, write: (name, value) => writeFile(join(path, name), JSON.stringify(value)) })
  } finally {
    await rm(path, { recursive: true, force: true })
  }
}
