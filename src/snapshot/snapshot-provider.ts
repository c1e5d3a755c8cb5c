import * as E from 'fp-ts/lib/Either.js'
import { identity } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { AssignmentOutcome } from '../contract/assignment-change.ts'
import {
  type Capabilities,
  conditional,
  statedCapabilities,
  supported,
  supportOf,
  unsupported,
} from '../contract/capabilities.ts'
import { checkedCalls } from '../contract/checked-calls.ts'
import type { DeclaredLicenses } from '../contract/declared-license.ts'
import type { LicenseProvider, UserReference } from '../contract/license-provider.ts'
import type { Ledger } from '../model/ledger.ts'
import type * as model from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import type * as people from '../model/licensed-user.ts'
import { License, LicensedUser, texts, userShape, Workspace } from '../model/shapes.ts'
import type * as places from '../model/workspace.ts'
import { type Clock, systemClock } from '../paging/clock.ts'
import { foreignContinuation } from '../paging/foreign-continuation.ts'
import { type ListName, type Page, type Paged, pagedFrom } from '../paging/paged.ts'
import { clampPageSize, type PageRequest, type RequestOptions } from '../paging/request.ts'
import { scopeOf } from '../paging/request-scope.ts'
import { endOfScope } from '../paging/scope-end.ts'
import { damagedRecord, notKept } from './kept-list.ts'
import { createUserFinder } from './kept-users.ts'
import type { SnapshotList, SnapshotProvider } from './manifest.ts'
import { isRecordStart, readRecords } from './records.ts'

const DEFAULT_PAGE_SIZE = 1_000
const MAX_PAGE_SIZE = 10_000
const POSITION = /^(?:0|[1-9]\d{0,14})$/

/** A list of items as it was kept. */
interface KeptList<Item, Kept = Item> extends ListName {
  readonly list: SnapshotList
  readonly bytes: Uint8Array
  /** Of a record. */
  readonly codec: t.Type<Kept>
  /** What a record is read as; undefined for one that is left out. */
  readonly adopt: (record: Kept) => Item | undefined
  readonly clock: Clock
}

/** The ledger before the failure that ended the list was entered as a gap; undefined where not a page had come. */
const ledgerBeforeFailure = ({ ledger, error }: SnapshotList): Ledger | undefined => {
  if (error === undefined) return ledger
  return ledger.pages === 0 ? undefined : { ...ledger, gaps: ledger.gaps.slice(0, -1) }
}

/** What is known on the way. */
const ledgerSoFar = ({ total, omits }: Ledger, pages: number, items: number): Ledger => ({
  pages,
  items,
  repeated: 0,
  undecodable: 0,
  ...(total === undefined ? {} : { total }),
  gaps: [],
  omits,
  verdict: 'partial',
})

/** A resumed iteration has not seen the complete list, so it cannot vouch for its total. */
const ledgerAtEnd = (ledger: Ledger, items: number, resumed: boolean): Ledger => {
  if (!resumed) return ledger
  return { ...ledger, items, verdict: ledger.verdict === 'complete' ? 'unverifiable' : ledger.verdict }
}

const boundsOf = (options: RequestOptions, clock: Clock, name: ListName) => {
  const scope = scopeOf(options, clock)
  /** Why nothing more is given; undefined while something may be. */
  return (): LicenseError | undefined => endOfScope(scope, clock, name)
}

/** The list again, with the ledger that it ended with and the failure that ended it. */
const replay = <Item, Kept>(
  { list, bytes, codec, adopt, clock, ...name }: KeptList<Item, Kept>,
  request: PageRequest,
): Paged<Item> =>
  pagedFrom(name, request, async function* (): AsyncGenerator<E.Either<LicenseError, Page<Item>>> {
    const { continuation } = request
    const from = continuation === undefined ? 0 : Number(POSITION.exec(continuation)?.[0] ?? Number.NaN)
    if (!isRecordStart(bytes, from)) return yield E.left(foreignContinuation(name))
    const ended = boundsOf(request, clock, name)
    const final = ledgerBeforeFailure(list)
    const directory = list.directory === undefined ? {} : { directory: list.directory }
    const pageSize = clampPageSize(request.pageSize, MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE)
    let items = 0
    let at = from
    for (let pages = 1; final !== undefined; pages++) {
      const end = ended()
      if (end !== undefined) return yield E.left(end)
      const read = readRecords(bytes, codec, at, pageSize)
      if (E.isLeft(read)) return yield E.left(damagedRecord(name, list.file, read.left))
      const { records, next } = read.right
      const adopted = records.flatMap((record) => adopt(record) ?? [])
      items += adopted.length
      at = next
      const isLast = next >= bytes.length
      const goesOn = !isLast || list.error !== undefined
      yield E.right({
        items: adopted,
        ledger: isLast ? ledgerAtEnd(final, items, continuation !== undefined) : ledgerSoFar(final, pages, items),
        ...directory,
        ...(goesOn ? { continuation: String(next) } : {}),
        recorded: true,
      })
      if (isLast) break
    }
    if (list.error !== undefined) yield E.left(list.error)
  })

const REFUSED = 'a snapshot changes nothing; apply the change to the provider itself'

/** The operations of a snapshot, with the fields of the provider that was read. */
const capabilitiesOf = ({ capabilities, workspaces }: SnapshotProvider): Capabilities => {
  const stated = statedCapabilities(capabilities)
  const changeAssignments = supportOf(stated, 'operations', 'changeAssignments')
  return {
    ...stated,
    operations: {
      ...stated.operations,
      listLicenses: supported,
      getLicense: supported,
      resumeUsers: supported,
      getUser: conditional('ask for a user who was listed when the snapshot was taken'),
      listHolders: unsupported('a snapshot keeps users with their licenses, not licenses with their users'),
      listWorkspaces: workspaces === undefined ? unsupported('the snapshot has no list of workspaces') : supported,
      changeAssignments:
        changeAssignments.support === 'unsupported' ? changeAssignments : conditional('change the provider itself'),
    },
  }
}

/** What is read of a user where only seats are asked for. */
const HeldSeats = t.type({ id: t.string, licenseIds: texts, pendingLicenseIds: texts }, userShape.type.name)

/** A user of whom nothing else was read. */
const asUser =
  (provider: string) =>
  ({ id, licenseIds, pendingLicenseIds }: t.TypeOf<typeof HeldSeats>): people.LicensedUser => ({
    provider,
    id,
    kind: 'unknown',
    status: 'unknown',
    licenseIds,
    pendingLicenseIds,
  })

/** All users hold licenses out of a few. Their ids, which may be long, need to be in memory only once. */
const sharingIds = (): ((user: people.LicensedUser) => people.LicensedUser) => {
  const known = new Map<string, string>()
  const shared = (id: string): string => {
    const same = known.get(id)
    if (same !== undefined) return same
    known.set(id, id)
    return id
  }
  return (user) => ({
    ...user,
    licenseIds: user.licenseIds.map(shared),
    pendingLicenseIds: user.pendingLicenseIds.map(shared),
  })
}

/** Version 0.1 also listed licenses with nothing but overrides, and marked them. */
const DeclaredOnly = t.type({ declaredOnly: t.literal(true) })

/** As it was kept, but none that the vendor did not list. */
const listedLicense = (license: model.License): model.License | undefined =>
  DeclaredOnly.is(license) ? undefined : license

/** The bytes of a provider's lists. */
export interface KeptRecords {
  readonly licenses: Uint8Array
  readonly users: Uint8Array
  readonly workspaces?: Uint8Array | undefined
}

/**
 * A provider as it was when the snapshot was made: the same items, ledgers and failures, without a request. Where the
 * provider that was read can change assignments, so can this one, to be planned with: it refuses every change.
 * `seatsOnly`: its list of users has their ids and licenses alone.
 */
export const createSnapshotProvider = (
  kept: SnapshotProvider,
  records: KeptRecords,
  { seatsOnly = false }: { readonly seatsOnly?: boolean | undefined } = {},
  clock: Clock = systemClock,
): LicenseProvider => {
  const { id: provider, vendor, displayName } = kept
  const capabilities = capabilitiesOf(kept)
  const licensesAs = (operation: string): KeptList<model.License> => ({
    provider,
    operation,
    list: kept.licenses,
    bytes: records.licenses,
    codec: License,
    adopt: listedLicense,
    clock,
  })
  const keptUsers = { provider, operation: 'listUsers', list: kept.users, bytes: records.users, clock }
  const shared = sharingIds()
  const usersIn = (request: PageRequest): Paged<people.LicensedUser> =>
    seatsOnly
      ? replay({ ...keptUsers, codec: HeldSeats, adopt: asUser(provider) }, request)
      : replay({ ...keptUsers, codec: LicensedUser, adopt: shared }, request)
  const workspaces: KeptList<places.Workspace> | undefined = kept.workspaces && {
    provider,
    operation: 'listWorkspaces',
    list: kept.workspaces,
    bytes: records.workspaces ?? new Uint8Array(),
    codec: Workspace,
    adopt: identity,
    clock,
  }
  const declared: DeclaredLicenses = new Map((kept.declared ?? []).map(({ id, ...known }) => [id, known]))
  const findUser = createUserFinder(kept.users, records.users)

  const getLicense =
    (licenseId: string, options: RequestOptions = {}): TaskEither<LicenseError, model.License> =>
    async () => {
      const list = licensesAs('getLicense')
      for await (const page of replay(list, options).pages()) {
        if (E.isLeft(page)) return page
        const found = page.right.items.find(({ id }) => id === licenseId)
        if (found !== undefined) return E.right(found)
      }
      return E.left(notKept({ provider, operation: 'getLicense' }, kept.licenses, 'license'))
    }

  const getUser =
    (wanted: UserReference, options: RequestOptions = {}): TaskEither<LicenseError, people.LicensedUser> =>
    async () => {
      const name = { provider, operation: 'getUser' }
      const end = boundsOf(options, clock, name)()
      if (end !== undefined) return E.left(end)
      return findUser(name, wanted)
    }

  return checkedCalls({
    specificationVersion: 'v1',
    id: provider,
    vendor,
    displayName,
    capabilities,
    ...(declared.size === 0 ? {} : { declaredLicenses: declared }),
    listLicenses: (request = {}) => replay(licensesAs('listLicenses'), request),
    getLicense,
    listUsers: (request = {}) => usersIn(request),
    getUser,
    ...(workspaces === undefined ? {} : { listWorkspaces: (request = {}) => replay(workspaces, request) }),
    ...(supportOf(capabilities, 'operations', 'changeAssignments').support === 'unsupported'
      ? {}
      : {
          changeAssignments: async function* (changes): AsyncGenerator<AssignmentOutcome> {
            for (const change of changes) {
              const operation = 'changeAssignments'
              yield {
                change,
                result: 'refused',
                reason: { _tag: 'Unsupported', provider, operation, message: REFUSED },
              }
            }
          },
        }),
  })
}
