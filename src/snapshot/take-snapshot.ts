import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { DeclaredLicenses } from '../contract/declared-license.ts'
import type { LicenseProvider } from '../contract/license-provider.ts'
import { Declared } from '../contract/shapes.ts'
import { CallerFault } from '../model/caller-fault.ts'
import type { Ledger } from '../model/ledger.ts'
import type { License } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { isProviderId } from '../model/provider-id.ts'
import type { RecordShape } from '../model/record-shape.ts'
import { digestWith, type Hashing } from '../model/sha256.ts'
import { licenseShape, userShape, workspaceShape } from '../model/shapes.ts'
import { thrownText } from '../model/thrown-text.ts'
import type { Workspace } from '../model/workspace.ts'
import { type Clock, systemClock } from '../paging/clock.ts'
import { lastingClock } from '../paging/lasting-clock.ts'
import type { RequestOptions } from '../paging/request.ts'
import { scopeOf } from '../paging/request-scope.ts'
import {
  outcomeOf,
  type ProviderReading,
  type ReadingProgress,
  type ReadingWatchers,
  readProviders,
} from '../report/provider-reading.ts'
import { problemsInTaking } from './caller-input.ts'
import { createEncodedRecords, type EncodedRecords } from './encoded-records.ts'
import {
  MANIFEST_FILE,
  SNAPSHOT_FORMAT,
  type SnapshotFile,
  type SnapshotList,
  type SnapshotManifest,
  type SnapshotProvider,
} from './manifest.ts'
import { manifestSeal, manifestText } from './manifest-text.ts'
import { errorInOwnWords, type LicenseNames, ledgerInOwnWords } from './own-words.ts'
import { KEY_ID_BY, keyIdOf, type Pseudonyms, pseudonymousWorkspaces, withoutOriginNames } from './pseudonyms.ts'
import { invalidIn, type SnapshotFailure } from './snapshot-failure.ts'
import { callersSpool, createMemorySpool, type SnapshotSpool } from './spool.ts'
import { createUserRecords, type UserRecords } from './user-records.ts'

/** How far the reading has come with one list of one provider. */
export type SnapshotProgress = ReadingProgress

/** How a snapshot is taken. By default, users keep their names and each list is read once. */
export interface TakeSnapshotOptions extends RequestOptions, Hashing, ReadingWatchers {
  /** Read the users and their licenses until two readings in a row agree, four times at the most. Default: false. */
  readonly verify?: boolean | undefined
  /** Give people other names. Default: they keep theirs. */
  readonly pseudonyms?: Pseudonyms | undefined
  /** For `generatedAt` and the deadline. Default: the system's. */
  readonly clock?: Clock | undefined
}

/** The same for organizations whose users take more memory than there is. */
export interface SpooledSnapshotOptions extends TakeSnapshotOptions {
  /** Where records wait until they are written: from `seatlens/node`, {@link createFileSpool}. */
  readonly spool: SnapshotSpool
}

/** A snapshot before its files are written. `readSnapshot` takes them from where they were written to. */
export interface SnapshotContent<Parts extends Iterable<Uint8Array> = readonly Uint8Array[]> {
  readonly manifest: SnapshotManifest
  /**
   * All files by name, each in parts that follow each other. The manifest is the last one: written in this order, a snapshot
   * that was cut off is none. Parts in a spool are read from it whenever they are iterated.
   */
  readonly files: ReadonlyMap<string, Parts>
}

/** A file before it is written. */
interface KeptFile {
  readonly name: string
  readonly records: number
  readonly bytes: number
  readonly parts: Iterable<Uint8Array>
}

interface KeptProvider {
  readonly provider: SnapshotProvider
  readonly files: readonly KeptFile[]
}

type KeptRecords = Pick<EncodedRecords<unknown>, 'size' | 'bytes' | 'pieces'>

const fileOf = (name: string, { size, bytes, pieces }: KeptRecords): KeptFile => ({
  name,
  records: size(),
  bytes: bytes(),
  parts: pieces(),
})

/** How providers are kept. */
interface Keeping {
  readonly spool: SnapshotSpool
  readonly pseudonyms: Pseudonyms | undefined
}

const encoded = <A extends { readonly raw?: unknown }>(
  { spool }: Keeping,
  all: readonly A[],
  shape: RecordShape<A>,
): KeptRecords => {
  const records = createEncodedRecords(spool, shape)
  for (const one of all) records.add(one)
  return records
}

interface ReadList {
  readonly ledger: Ledger
  readonly directory?: Ledger | undefined
  readonly error?: LicenseError | undefined
}

const listOf = (file: string, { ledger, directory, error }: ReadList): SnapshotList => ({
  file,
  ledger,
  ...(directory === undefined ? {} : { directory }),
  ...(error === undefined ? {} : { error }),
})

/** How a list was read. It names no person and no room. */
const unnamed = ({ ledger, directory, error }: ReadList, licenses: LicenseNames): ReadList => ({
  ledger: ledgerInOwnWords(ledger, licenses),
  ...(directory === undefined ? {} : { directory: ledgerInOwnWords(directory, licenses) }),
  ...(error === undefined ? {} : { error: errorInOwnWords(error, licenses) }),
})

/** What could not be read back is not kept: numbers that JSON has not. */
const declaredOf = (declared: DeclaredLicenses | undefined): Pick<SnapshotProvider, 'declared'> => {
  if (declared === undefined) return {}
  const all = [...declared].map(([id, known]) => ({ id, ...known }))
  return { declared: all.filter((one) => Declared.is(JSON.parse(JSON.stringify(one)))) }
}

/** What the files of a provider are called: as its id, where that can be the name of a file; else as no id can be. */
const fileNameOf = (id: string, place: number): string => (isProviderId(id) ? id : `provider-${place + 1}-`)

const keep = (reading: ProviderReading<UserRecords>, keeping: Keeping, place: number): KeptProvider => {
  const { pseudonyms } = keeping
  const { provider, licenses, users, workspaces } = reading
  const { id, vendor, displayName, capabilities } = provider
  const fileName = fileNameOf(id, place)
  const definitions = pseudonyms === undefined ? licenses.value : licenses.value.map(withoutOriginNames)
  const places = workspaces?.value.all ?? []
  const rooms = pseudonyms === undefined ? places : pseudonymousWorkspaces(pseudonyms, places)
  const names: LicenseNames = new Map(licenses.value.map((license) => [license.id, license.name]))
  const account = (list: ReadList) => (pseudonyms === undefined ? list : unnamed(list, names))
  const kept = users.value.kept?.records ?? encoded<LicensedUser>(keeping, [], userShape)
  const files = [
    fileOf(`${fileName}.licenses.ndjson`, encoded<License>(keeping, definitions, licenseShape)),
    fileOf(`${fileName}.users.ndjson`, kept),
  ] as const
  const listed =
    workspaces === undefined
      ? undefined
      : fileOf(`${fileName}.workspaces.ndjson`, encoded<Workspace>(keeping, rooms, workspaceShape))
  return {
    provider: {
      id,
      vendor,
      displayName,
      status: outcomeOf(reading).status,
      capabilities,
      licenses: listOf(files[0].name, account(licenses)),
      users: listOf(files[1].name, account(users)),
      ...(workspaces === undefined || listed === undefined
        ? {}
        : { workspaces: listOf(listed.name, account(workspaces)) }),
      ...declaredOf(provider.declaredLicenses),
    },
    files: listed === undefined ? files : [...files, listed],
  }
}

const describePseudonyms = async (pseudonyms: Pseudonyms): Promise<NonNullable<SnapshotManifest['pseudonyms']>> => ({
  method: 'HMAC-SHA-256',
  keyId: await keyIdOf(pseudonyms),
  keyIdBy: KEY_ID_BY,
})

/** What it throws may contain the key, or a name that is to have another one, and is not repeated. */
const callersPseudonyms = ({ digest }: Pseudonyms): Pseudonyms => ({
  digest: (text) => {
    let digested: unknown
    try {
      digested = digest(text)
    } catch {
      throw new CallerFault('pseudonyms', 'what it threw may name a user and is not shown')
    }
    if (typeof digested === 'string') return digested
    throw new CallerFault('pseudonyms', 'it gave no text')
  },
})

const snapshotOf = async (
  providers: readonly LicenseProvider[],
  options: TakeSnapshotOptions,
  spool: SnapshotSpool,
): Promise<SnapshotContent<Iterable<Uint8Array>>> => {
  const { verify = false, onProgress, onProvider, sha256 } = options
  const clock = lastingClock(options.clock ?? systemClock)
  const pseudonyms = options.pseudonyms && callersPseudonyms(options.pseudonyms)
  const keeping = { spool, pseudonyms }
  const read = {
    scope: scopeOf(options, clock),
    clock,
    verify,
    keepIn: () => createUserRecords(spool, pseudonyms),
    countsPeople: false,
    onProgress,
    onProvider,
  }
  const kept = await readProviders(providers, read, (reading, place) => keep(reading, keeping, place))
  const files = kept.flatMap((one) => one.files)
  const sealedFiles: SnapshotFile[] = []
  for (const { name, records, bytes, parts } of files) {
    sealedFiles.push({ name, records, bytes, sha256: await digestWith(parts, sha256) })
  }
  const manifest = await manifestSeal.sealed<Omit<SnapshotManifest, 'hash'>>(
    {
      format: SNAPSHOT_FORMAT,
      schemaVersion: 1,
      generatedAt: new Date(clock.now()).toISOString(),
      complete: kept.every(({ provider }) => provider.status === 'complete'),
      ...(pseudonyms === undefined ? {} : { pseudonyms: await describePseudonyms(pseudonyms) }),
      providers: kept.map(({ provider }) => provider),
      files: sealedFiles,
    },
    options,
  )
  return {
    manifest,
    files: new Map<string, Iterable<Uint8Array>>([
      ...files.map(({ name, parts }) => [name, parts] as const),
      [MANIFEST_FILE, [new TextEncoder().encode(manifestText(manifest))]],
    ]),
  }
}

/** With all parts in memory. */
const inMemory = ({ manifest, files }: SnapshotContent<Iterable<Uint8Array>>): SnapshotContent => ({
  manifest,
  files: new Map([...files].map(([name, parts]) => [name, [...parts]])),
})

/**
 * Reads the providers, several at once. What could not be read of them is said in the manifest, and is no failure: it
 * fails only if `sha256`, `clock`, `pseudonyms` or `spool` do, or if an argument is wrong (`SnapshotInputInvalid`).
 */
export function takeSnapshot(
  providers: readonly LicenseProvider[],
  options: SpooledSnapshotOptions,
): TaskEither<SnapshotFailure, SnapshotContent<Iterable<Uint8Array>>>
export function takeSnapshot(
  providers: readonly LicenseProvider[],
  options?: TakeSnapshotOptions,
): TaskEither<SnapshotFailure, SnapshotContent>
export function takeSnapshot(
  providers: readonly LicenseProvider[],
  options: TakeSnapshotOptions & Partial<SpooledSnapshotOptions> = {},
): TaskEither<SnapshotFailure, SnapshotContent<Iterable<Uint8Array>>> {
  const invalid = invalidIn(problemsInTaking(providers, options))
  if (invalid !== undefined) return TE.left(invalid)
  const { spool } = options
  return TE.tryCatch(
    async () =>
      spool === undefined
        ? inMemory(await snapshotOf(providers, options, createMemorySpool()))
        : snapshotOf(providers, options, callersSpool(spool)),
    (thrown) => ({
      _tag: 'SnapshotNotMade',
      ...(thrown instanceof CallerFault ? { function: thrown.function } : {}),
      message: `no snapshot was made: ${thrown instanceof CallerFault ? thrown.message : thrownText(thrown)}`,
    }),
  )
}
