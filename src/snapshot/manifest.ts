import * as t from 'io-ts'
import type { DeclaredLicense } from '../contract/declared-license.ts'
import { Declared } from '../contract/shapes.ts'
import type { Codec } from '../model/codec.ts'
import { codecOf } from '../model/decoder.ts'
import type { Ledger } from '../model/ledger.ts'
import type { LicenseError } from '../model/license-error.ts'
import { momentOf } from '../model/moment.ts'
import { optionalMembers } from '../model/optional-members.ts'
import { word } from '../model/or-later.ts'
import { isRecordedId, PROVIDER_ID_EXPECTED } from '../model/provider-id.ts'
import type * as seal from '../model/seal.ts'
import * as shapes from '../model/shapes.ts'
import { KEY_ID_BY } from './pseudonyms.ts'

/** What `format` says in every manifest. */
export const SNAPSHOT_FORMAT = 'seatlens-snapshot'
/** The name of the file that says how a snapshot was read, and has the checksum of each other file. */
export const MANIFEST_FILE = 'manifest.json'

/** One name within the folder, and never a way out of it. */
const FILE_NAME = /^[a-z0-9][a-z0-9-]*\.(?:licenses|users|workspaces)\.ndjson$/

const ProviderId = t.refinement(t.string, isRecordedId, PROVIDER_ID_EXPECTED)

const FileName = t.refinement(t.string, (name) => FILE_NAME.test(name), 'the name of a file of records')

const Moment = t.refinement(t.string, (text) => momentOf(text) !== undefined, 'a date and time with its zone')

/** One list of one provider: where its records are, and how it was read. */
export interface SnapshotList {
  readonly file: string
  readonly ledger: Ledger
  /** Of the directory that the users were joined with. */
  readonly directory?: Ledger | undefined
  /** What ended the list early. */
  readonly error?: LicenseError | undefined
}

/** How one provider was read. */
export interface SnapshotProvider {
  readonly id: string
  readonly vendor: string
  readonly displayName: string
  readonly status: 'complete' | 'partial' | 'failed'
  readonly licenses: SnapshotList
  readonly users: SnapshotList
  /** Absent: none were read, or a version before had no such list. */
  readonly workspaces?: SnapshotList | undefined
  /** Of the provider that was read, by whichever version: see `supportOf`. */
  readonly capabilities?: unknown
  /** The overrides of licenses that are held and could not be listed. */
  readonly declared?: readonly (DeclaredLicense & { readonly id: string })[] | undefined
}

/** One file of records. */
export interface SnapshotFile {
  readonly name: string
  /** Lines of the file. */
  readonly records: number
  /** Its size. */
  readonly bytes: number
  readonly sha256: string
}

/** What a snapshot says of itself: how it was read, and what belongs to it. */
export interface SnapshotManifest {
  readonly format: 'seatlens-snapshot'
  readonly schemaVersion: 1
  /** When it had been read: ISO 8601 in UTC. */
  readonly generatedAt: string
  /** Every provider is. */
  readonly complete: boolean
  readonly providers: readonly SnapshotProvider[]
  readonly files: readonly SnapshotFile[]
  /** How names, addresses and user ids were replaced. Absent: people have their names. */
  readonly pseudonyms?:
    | {
        readonly method: 'HMAC-SHA-256'
        /** Equal for snapshots that were made with the same key in the same way. */
        readonly keyId: string
        /** How the id was made of the key. Absent in snapshots of version 0.1, whose ids confirm a guessed key at once. */
        readonly keyIdBy?: 'PBKDF2-SHA-256' | undefined
      }
    | undefined
  /** Of everything else in the manifest: `sha256:` and 64 hexadecimal digits. A checksum against damage and careless edits, and no signature. */
  readonly hash: string
}

/** What a manifest of any version has: the seal. */
export type Sealed = seal.Sealed

const ListOnFile: t.Type<SnapshotList> = t.intersection(
  [
    t.type({ file: FileName, ledger: shapes.Ledger }),
    optionalMembers({ directory: shapes.Ledger, error: shapes.LicenseError }),
  ],
  'SnapshotList',
)

const ProviderOnFile: t.Type<SnapshotProvider> = t.intersection(
  [
    t.type({
      id: ProviderId,
      vendor: t.string,
      displayName: t.string,
      // A verdict of a later version may mean that something is missing.
      status: word({ complete: null, partial: null, failed: null }, 'partial', 'status'),
      licenses: ListOnFile,
      users: ListOnFile,
    }),
    optionalMembers({ workspaces: ListOnFile, capabilities: t.unknown, declared: t.readonlyArray(Declared) }),
  ],
  'SnapshotProvider',
)

const FileOnFile: t.Type<SnapshotFile> = t.type(
  { name: FileName, records: shapes.WholeNumber, bytes: shapes.WholeNumber, sha256: t.string },
  'SnapshotFile',
)

const PseudonymsOnFile = t.intersection(
  [t.type({ method: t.literal('HMAC-SHA-256'), keyId: t.string }), optionalMembers({ keyIdBy: t.literal(KEY_ID_BY) })],
  'Pseudonyms',
)

const SealedOnFile: t.Type<Sealed> = t.type({ hash: t.string }, 'Sealed')

/** Whether something has the seal that a manifest of any version has. */
export const Sealed: Codec<Sealed> = codecOf(SealedOnFile)

/** Whether something has the shape of a manifest; whether it is as it was written, says `readManifest`. */
export const SnapshotManifest: Codec<SnapshotManifest> = codecOf<SnapshotManifest>(
  t.intersection(
    [
      t.type({
        format: t.literal(SNAPSHOT_FORMAT),
        schemaVersion: t.literal(1),
        generatedAt: Moment,
        complete: t.boolean,
        providers: t.readonlyArray(ProviderOnFile),
        files: t.readonlyArray(FileOnFile),
      }),
      SealedOnFile,
      optionalMembers({ pseudonyms: PseudonymsOnFile }),
    ],
    'SnapshotManifest',
  ),
)
