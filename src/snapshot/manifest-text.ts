import { webSha256 } from './digest.ts'
import type { SnapshotManifest } from './manifest.ts'

const hashOf = async (content: Omit<SnapshotManifest, 'hash'>): Promise<string> =>
  `sha256:${await webSha256([new TextEncoder().encode(JSON.stringify(content))])}`

/** A manifest with the hash of everything else in it. */
export const sealed = async (content: Omit<SnapshotManifest, 'hash'>): Promise<SnapshotManifest> => ({
  ...content,
  hash: await hashOf(content),
})

/** Whether it has the hash that it names. */
export const isIntact = async ({ hash, ...content }: SnapshotManifest): Promise<boolean> =>
  hash === (await hashOf(content))

/** A manifest as it is kept, to the last byte. */
export const manifestText = (manifest: SnapshotManifest): string => `${JSON.stringify(manifest, undefined, 2)}\n`
