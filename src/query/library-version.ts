import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRecord } from '../model/is-record.ts'

/** The folder of this package, from the sources and from the build alike: the nearest one with a package.json. */
const packageFolder = (folder: string): string =>
  existsSync(join(folder, 'package.json')) || folder === dirname(folder) ? folder : packageFolder(dirname(folder))

/** The version of this package: what one version counts, another one may count otherwise. */
export const libraryVersion = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder(import.meta.dirname), 'package.json'), 'utf8'))
  return isRecord(manifest) && typeof manifest.version === 'string' ? manifest.version : 'unknown'
}
