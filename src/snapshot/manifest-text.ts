import { sealOf } from '../model/seal.ts'
import type { Hashing } from '../model/sha256.ts'
import type { Sealed, SnapshotManifest } from './manifest.ts'

/** The seal of manifests. */
export const manifestSeal = sealOf((content) => [JSON.stringify(content)])

const textOf = (manifest: Sealed): string => `${JSON.stringify(manifest, undefined, 2)}\n`

/** Whether every byte is as it was written: the manifest has the hash that it names, and the text is that of the manifest. */
export const isTextAsSealed = async (text: string, manifest: Sealed, hashing: Hashing): Promise<boolean> =>
  (await manifestSeal.isAsSealed(manifest, hashing)) && text === textOf(manifest)

/** A manifest as it is kept, to the last byte. */
export const manifestText = (manifest: SnapshotManifest): string => textOf(manifest)
