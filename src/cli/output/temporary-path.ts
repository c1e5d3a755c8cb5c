import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where a file of that name can be, in a new folder that only its owner can look into. */
export const temporaryPath = async (name: string): Promise<string> =>
  join(await mkdtemp(join(tmpdir(), 'seatlens-')), name)
