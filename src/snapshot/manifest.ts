import * as t from 'io-ts'
import { Declared } from '../contract/shapes.ts'
import type { Codec } from '../model/codec.ts'
import { codecOf } from '../model/decoder.ts'
import { momentOf } from '../model/moment.ts'
import { word } from '../model/or-later.ts'
import { Ledger, LicenseError, WholeNumber } from '../model/shapes.ts'
import { KEY_ID_BY } from './pseudonyms.ts'

/** What `format` says in every manifest. */
export const SNAPSHOT_FORMAT = 'seatlens-snapshot'
export const MANIFEST_FILE = 'manifest.json'

/** One name within the folder, and never a way out of it. */
const FILE_NAME = /^[a-z0-9][a-z0-9-]*\.(?:licenses|users)\.ndjson$/

const FileName = t.refinement(t.string, (name) => FILE_NAME.test(name), 'the name of a file of records')

const Moment = t.refinement(t.string, (text) => momentOf(text) !== undefined, 'a date and time with its zone')

/** One list of one provider: where its records are, and how it was read. */
export const SnapshotList = t.intersection(
  [
    t.type({ file: FileName, ledger: Ledger }),
    t.partial({
      /** Of the directory that the users were joined with. */
      directory: Ledger,
      /** What ended the list early. */
      error: LicenseError,
    }),
  ],
  'SnapshotList',
)
export type SnapshotList = t.TypeOf<typeof SnapshotList>

export const SnapshotProvider = t.intersection(
  [
    t.type({
      id: t.string,
      vendor: t.string,
      displayName: t.string,
      // One of a later version is not known to be whole.
      status: word({ complete: null, partial: null, failed: null }, 'partial', 'status'),
      licenses: SnapshotList,
      users: SnapshotList,
    }),
    t.partial({
      /** Of the provider that was read, by whichever version: see `supportOf`. */
      capabilities: t.unknown,
      /** What was declared of licenses, for those that are held and could not be listed. */
      declared: t.readonlyArray(Declared),
    }),
  ],
  'SnapshotProvider',
)
export type SnapshotProvider = t.TypeOf<typeof SnapshotProvider>

const SnapshotFile = t.type(
  { name: FileName, records: WholeNumber, bytes: WholeNumber, sha256: t.string },
  'SnapshotFile',
)
export type SnapshotFile = t.TypeOf<typeof SnapshotFile>

/** How names, addresses and user ids were replaced. */
const Pseudonyms = t.intersection(
  [
    t.type({
      method: t.literal('HMAC-SHA-256'),
      /** Equal for snapshots that were made with the same key in the same way. */
      keyId: t.string,
    }),
    t.partial({
      /** How the id was made of the key. Absent in snapshots of version 0.1, whose ids confirm a guessed key at once. */
      keyIdBy: t.literal(KEY_ID_BY),
    }),
  ],
  'Pseudonyms',
)

/** What a manifest of any version has: the seal. */
export const Sealed = t.type(
  {
    /** Of everything else in the manifest: `sha256:` and 64 hexadecimal digits. A checksum against damage and careless edits, and no signature. */
    hash: t.string,
  },
  'Sealed',
)
export type Sealed = t.TypeOf<typeof Sealed>

export const ManifestOnFile = t.intersection(
  [
    t.type({
      format: t.literal(SNAPSHOT_FORMAT),
      schemaVersion: t.literal(1),
      /** When it had been read: ISO 8601 in UTC. */
      generatedAt: Moment,
      /** Every provider is. */
      complete: t.boolean,
      providers: t.readonlyArray(SnapshotProvider),
      files: t.readonlyArray(SnapshotFile),
    }),
    Sealed,
    t.partial({ pseudonyms: Pseudonyms }),
  ],
  'SnapshotManifest',
)

/** What a snapshot says of itself: how it was read, and what belongs to it. */
export type SnapshotManifest = t.TypeOf<typeof ManifestOnFile>

/** Whether something has the shape of a manifest; whether it is as it was written, says `readManifest`. */
export const SnapshotManifest: Codec<SnapshotManifest> = codecOf(ManifestOnFile)
