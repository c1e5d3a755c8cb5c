import * as E from 'fp-ts/lib/Either.js'
import pLimit from 'p-limit'
import type { DeclaredLicenses } from '../contract/declared-license.ts'
import type { LicenseProvider } from '../contract/license-provider.ts'
import { declarationsById } from '../contract/match-declarations.ts'
import type { Count } from '../model/count.ts'
import { isWhole, type Ledger, leavesComplete } from '../model/ledger.ts'
import { holdersOf, type License } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { onlooker } from '../model/onlooker.ts'
import { quantity } from '../model/quantity.ts'
import type { Workspace } from '../model/workspace.ts'
import type { Clock } from '../paging/clock.ts'
import { type Collected, collect } from '../paging/collect.ts'
import { endedBy } from '../paging/open-ledger.ts'
import type { ListName, Paged } from '../paging/paged.ts'
import { type RequestScope, within } from '../paging/request-scope.ts'
import {
  type CountingOptions,
  counter,
  type Holders,
  type ListedUsers,
  noHolders,
  type UserKeeper,
  uniter,
} from './holders.ts'
import type { ProviderStatus } from './license-report.ts'
import { soundLicense } from './sound/sound-license.ts'
import { soundPages } from './sound/sound-pages.ts'
import { soundProviders } from './sound/sound-providers.ts'
import { soundUser } from './sound/sound-user.ts'
import { soundWorkspace } from './sound/sound-workspace.ts'
import { counted, gapOfUsers } from './uncertainty.ts'

/** The workspaces of one provider. */
export interface Workspaces {
  /** How many hold each license, by its id. */
  readonly held: Map<string, number>
  /** How many probably hold each license, by its id. */
  readonly likely: Map<string, number>
  /** Empty if only numbers are asked for. */
  readonly all: Workspace[]
}

/** Everything that was read of one provider. */
export interface ProviderReading<Keeper extends UserKeeper = ListedUsers> {
  readonly provider: LicenseProvider
  readonly licenses: Collected<readonly License[]>
  readonly users: Collected<Holders<Keeper>>
  /** Undefined: the provider lists no workspaces, or no license may be held by one. */
  readonly workspaces?: Collected<Workspaces> | undefined
  /** The overrides of its licenses, by their ids. */
  readonly declared: DeclaredLicenses
}

export interface ReadingOptions<Keeper extends UserKeeper = ListedUsers> extends CountingOptions<Keeper> {
  /** The bounds that all lists of the reading share. */
  readonly scope: RequestScope
  readonly clock: Clock
  /** Whether the users are read until two readings agree. */
  readonly verify: boolean
  readonly onPage: (list: ReadingProgress['list'], ledger: Ledger) => void
}

const TWICE = 'the provider gave them twice'

/** The list with a gap for rows that came twice: how many users there are is then not certain. */
const withoutTwice = <S>(read: Collected<S>, rows: number): Collected<S> =>
  rows === 0
    ? read
    : {
        ...read,
        ledger: {
          ...read.ledger,
          gaps: [...read.ledger.gaps, { what: quantity(rows, 'record'), reason: TWICE }],
          verdict: 'partial',
        },
      }

/** Readings after the first one, before it is a mismatch that no two in a row agree. */
const MAX_VERIFICATIONS = 3

/**
 * Reads again until two readings in a row agree. One user who leaves and one who joins while a list is read by offset
 * leave its total as it is, and can be seen in no other way.
 */
const verified = async <Keeper extends UserKeeper>(
  read: () => Promise<Collected<Holders<Keeper>>>,
): Promise<Collected<Holders<Keeper>>> => {
  let last = await read()
  for (let times = 0; last.error === undefined && isWhole(last.ledger); times++) {
    if (times === MAX_VERIFICATIONS) return { ...last, ledger: { ...last.ledger, verdict: 'mismatch' } }
    const again = await read()
    if (again.error !== undefined) {
      const gap = { what: 'another reading to compare it with', reason: again.error.message, error: again.error }
      return { ...last, ledger: endedBy(last.ledger, gap) }
    }
    if (last.value.holdings.agreeWith(again.value.holdings))
      return { ...again, ledger: { ...again.ledger, verified: true } }
    last = again
  }
  return last
}

/** The licenses, each once. */
const eachOnce = (read: Collected<License[]>): Collected<License[]> => {
  const ids = new Set<string>()
  const value = read.value.filter(({ id }) => !ids.has(id) && ids.add(id))
  return withoutTwice({ ...read, value }, read.value.length - value.length)
}

const append = (licenses: License[], license: License): License[] => {
  licenses.push(license)
  return licenses
}

interface ListReading<A, S> extends ListName {
  readonly open: () => Paged<A>
  /** The item as the contract has it; undefined where nothing can be made of it. */
  readonly sound: (item: A, provider: string) => A | undefined
  /** Called once a reading; what it gives is changed in place, so that what came before a failure is kept. */
  readonly initial: () => S
  readonly step: (value: S, item: A) => S
  /** Of an item that came again with another content. Default: the first one stays. */
  readonly unite?: (value: S, item: A) => S
  /** Told of every page as it passes. */
  readonly onPage: (ledger: Ledger) => void
}

const readList = <A, S>({
  open,
  sound,
  initial,
  step,
  unite,
  onPage,
  ...name
}: ListReading<A, S>): Promise<Collected<S>> => {
  const pages = async function* () {
    for await (const page of soundPages(open, name, (item) => sound(item, name.provider))) {
      if (E.isRight(page)) onPage(page.right.ledger)
      yield page
    }
  }
  return collect<A, S>(initial, step, unite)({ pages })()
}

const mayBeHeldByWorkspaces = (license: License): boolean => holdersOf(license) !== 'users'

/** A list that only adds to the one of users. */
const supplementary = <A>(read: Collected<A>): Collected<A> => ({
  ...read,
  ledger: { ...read.ledger, supplementary: true },
})

const add = (counts: Map<string, number>, ids: readonly string[] = []): void => {
  for (const id of new Set(ids)) counts.set(id, (counts.get(id) ?? 0) + 1)
}

const workspaceCounter =
  (keepsAll: boolean) =>
  (workspaces: Workspaces, { raw: _, ...workspace }: Workspace): Workspaces => {
    if (keepsAll) workspaces.all.push(workspace)
    add(workspaces.held, workspace.licenseIds)
    add(workspaces.likely, workspace.likelyLicenseIds)
    return workspaces
  }

/** Reads the licenses, and then the users and the workspaces, of one provider. Never fails: what could not be read is in the ledgers. */
export const readProvider = async <Keeper extends UserKeeper>(
  provider: LicenseProvider,
  options: ReadingOptions<Keeper>,
): Promise<ProviderReading<Keeper>> => {
  const { onPage, scope, clock, verify } = options
  const licenses = eachOnce(
    await readList<License, License[]>({
      provider: provider.id,
      operation: 'listLicenses',
      open: () => provider.listLicenses(within(scope, clock)),
      sound: soundLicense,
      initial: () => [],
      step: append,
      onPage: (ledger) => onPage('licenses', ledger),
    }),
  )
  const listed = isWhole(licenses.ledger) ? { licenses: licenses.value } : {}
  const readUsers = async () => {
    const read = await readList<LicensedUser, Holders<Keeper>>({
      provider: provider.id,
      operation: 'listUsers',
      open: () => provider.listUsers({ ...within(scope, clock), ...listed }),
      sound: soundUser,
      initial: () => noHolders(options),
      step: counter(options),
      unite: uniter(options),
      onPage: (ledger) => onPage('users', ledger),
    })
    return withoutTwice(read, read.value.twice)
  }
  const { listWorkspaces } = provider
  const readWorkspaces = async () =>
    listWorkspaces === undefined
      ? undefined
      : supplementary(
          await readList<Workspace, Workspaces>({
            provider: provider.id,
            operation: 'listWorkspaces',
            open: () => listWorkspaces.call(provider, { ...within(scope, clock), ...listed }),
            sound: soundWorkspace,
            initial: () => ({ held: new Map(), likely: new Map(), all: [] }),
            step: workspaceCounter(options.keepIn !== undefined),
            onPage: (ledger) => onPage('workspaces', ledger),
          }),
        )
  const reading = verify ? verified(readUsers) : readUsers()
  /** A license whose definition is missing may be one that workspaces can hold. */
  const holdsMissing = async () => {
    const defined = new Set(licenses.value.map(({ id }) => id))
    return !isWhole(licenses.ledger) && [...(await reading).value.byLicense.keys()].some((id) => !defined.has(id))
  }
  const readHolders = async () =>
    licenses.value.some(mayBeHeldByWorkspaces) || (await holdsMissing()) ? readWorkspaces() : undefined
  const [users, workspaces] = await Promise.all([reading, readHolders()])
  return {
    provider,
    licenses,
    users,
    workspaces,
    declared: declarationsById(provider.declaredLicenses, licenses.value),
  }
}

/** How far the reading has come with one list of one provider. */
export interface ReadingProgress {
  readonly provider: string
  readonly list: 'licenses' | 'users' | 'workspaces'
  readonly ledger: Ledger
}

/** That the reading of a provider has begun, or how it went. */
export type ProviderProgress =
  | { readonly provider: string; readonly state: 'reading' }
  | {
      readonly provider: string
      readonly state: 'read'
      readonly status: ProviderStatus
      /** Users who hold at least one license. Unknown of a provider that failed. */
      readonly licensedUsers: Count
      /** Why it failed. */
      readonly error?: LicenseError | undefined
    }

/** The callbacks that watch a reading. What they throw is ignored. */
export interface ReadingWatchers {
  /** Called after every page. */
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined
  /** Called when the reading of a provider begins, and when it has ended. */
  readonly onProvider?: ((progress: ProviderProgress) => void) | undefined
}

export interface ReadingsOptions<Keeper extends UserKeeper = ListedUsers>
  extends Omit<ReadingOptions<Keeper>, 'onPage'>,
    ReadingWatchers {
  /** Providers that are read at the same time. What has no vendor to wait for takes less memory one by one. Default: 256. */
  readonly atOnce?: number | undefined
}

/**
 * As many as a partner has customers: the slowest one then decides how long all of them take, and one that does not answer
 * keeps no other from being read. Each has a concurrency of its own, and providers of one credential share theirs.
 */
const PROVIDERS_AT_ONCE = 256

/**
 * Reads providers, several at once, in their order; `use` is made of each as soon as it was read. Never fails, whatever the
 * providers are and do: see `soundProviders` and `soundPages`.
 */
export const readProviders = <A, Keeper extends UserKeeper = ListedUsers>(
  providers: readonly LicenseProvider[],
  { onProgress, onProvider, atOnce = PROVIDERS_AT_ONCE, ...options }: ReadingsOptions<Keeper>,
  use: (reading: ProviderReading<Keeper>, place: number) => A,
): Promise<readonly A[]> => {
  const tell = onlooker(onProgress)
  const tellOfProvider = onlooker(onProvider)
  return pLimit(atOnce).map(soundProviders(providers, options.clock), async (provider, place) => {
    const { id } = provider
    tellOfProvider({ provider: id, state: 'reading' })
    const onPage: ReadingOptions['onPage'] = (list, ledger) => tell({ provider: id, list, ledger })
    const reading = await readProvider(provider, { ...options, onPage })
    tellOfProvider({ provider: id, state: 'read', ...outcomeOf(reading), licensedUsers: licensedUsersOf(reading) })
    return use(reading, place)
  })
}

/** Users who hold at least one license. */
export const licensedUsersOf = (reading: ProviderReading<UserKeeper>): Count =>
  counted(reading.users.value.licensedUsers, gapOfUsers(reading))

/** What became of a provider; `error`: why it failed. */
export const outcomeOf = ({
  licenses,
  users,
}: ProviderReading<UserKeeper>): { readonly status: ProviderStatus; readonly error?: LicenseError } => {
  const isNothing = licenses.value.length === 0 && users.ledger.items === 0
  if (licenses.error !== undefined && users.error !== undefined && isNothing) {
    return { status: 'failed', error: licenses.error }
  }
  const ledgers = [licenses.ledger, users.ledger, users.directory].filter((ledger) => ledger !== undefined)
  return { status: ledgers.every(leavesComplete) ? 'complete' : 'partial' }
}
