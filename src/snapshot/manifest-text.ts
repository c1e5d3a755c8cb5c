import { sha256Of } from '../model/sha256.ts'
import type { Sealed, SnapshotManifest } from './manifest.ts'

const hashOf = (content: object): Promise<string> => sha256Of([JSON.stringify(content)])

/** A manifest with the hash of everything else in it. */
export const sealed = async (content: Omit<SnapshotManifest, 'hash'>): Promise<SnapshotManifest> => ({
  ...content,
  hash: await hashOf(content),
})

const textOf = (manifest: Sealed): string => `${JSON.stringify(manifest, undefined, 2)}\n`

/** Whether every byte is as it was written: the text is that of the manifest, which has the hash that it names. */
export const isAsSealed = async (text: string, manifest: Sealed): Promise<boolean> => {
  const { hash, ...content } = manifest
  try {
    return text === textOf(manifest) && hash === (await hashOf(content))
  } catch {
    // Nested too deep to be written, so that it never was.
    return false
  }
}

/** A manifest as it is kept, to the last byte. */
export const manifestText = (manifest: SnapshotManifest): string => textOf(manifest)
