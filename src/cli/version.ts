import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The nearest package.json is this package's own, from the sources and from the build alike. */
const findManifest = (folder: string): string => {
  const file = join(folder, 'package.json')
  return existsSync(file) || folder === dirname(folder) ? file : findManifest(dirname(folder))
}

export const readVersion = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(findManifest(import.meta.dirname), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown'
}
