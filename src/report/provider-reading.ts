import * as E from 'fp-ts/lib/Either.js'
import pLimit from 'p-limit'
import type { LicenseProvider } from '../contract/license-provider.ts'
import { isWhole, type Ledger } from '../model/ledger.ts'
import { countedInSeats, type License } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import { isLicenseException } from '../model/license-exception.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import type { Clock } from '../paging/clock.ts'
import { type Drained, drain } from '../paging/drain.ts'
import { endedBy } from '../paging/open-ledger.ts'
import type { ListName, Paged } from '../paging/paged.ts'
import { type RequestScope, within } from '../paging/request-scope.ts'
import type { ProviderStatus } from './license-report.ts'
import type { PersonMapping } from './link-people.ts'

/** What a report keeps of one provider's users, so that its memory grows with people and licenses, not with records. */
export interface Holders {
  /** Holders by license id, as enumerated. */
  readonly byLicense: Map<string, number>
  /** Users by address in lower case, or by the person they are mapped to: how many, and whether they are known to be external. */
  readonly byEmail: Map<string, { readonly users: number; readonly external: boolean }>
  licensedUsers: number
  withoutEmail: number
  externalWithoutEmail: number
  /** Neither internal nor external, as far as the vendor says. */
  ofUnknownKind: number
  /** What each user holds, by user id, for comparing two readings; empty where they are not compared. */
  readonly held: Map<string, string>
  /** Everybody, also who holds nothing; empty where only numbers are asked for. */
  readonly everybody: LicensedUser[]
}

/** Everything that was read of one provider. */
export interface ProviderReading {
  readonly provider: LicenseProvider
  readonly licenses: Drained<readonly License[]>
  readonly users: Drained<Holders>
}

export interface ReadingOptions {
  /** The bounds that all lists of the reading share. */
  readonly scope: RequestScope
  readonly clock: Clock
  /** Whether the users are read until two readings agree. */
  readonly verify: boolean
  /** Whether the users themselves are kept, and not only their numbers. */
  readonly detail: boolean
  /** Who is who, where addresses do not tell. */
  readonly mapping?: PersonMapping | undefined
  readonly onPage: (list: 'licenses' | 'users', ledger: Ledger) => void
}

const noHolders = (): Holders => ({
  byLicense: new Map(),
  byEmail: new Map(),
  licensedUsers: 0,
  withoutEmail: 0,
  externalWithoutEmail: 0,
  ofUnknownKind: 0,
  held: new Map(),
  everybody: [],
})

const count = (holders: Holders, user: LicensedUser, mapping: PersonMapping | undefined): Holders => {
  if (user.licenseIds.length === 0) return holders
  holders.licensedUsers++
  for (const id of user.licenseIds) holders.byLicense.set(id, (holders.byLicense.get(id) ?? 0) + 1)
  const external = user.kind === 'external'
  if (user.kind === 'unknown') holders.ofUnknownKind++
  // Who is mapped is who the mapping says, whatever their address; an address has no blank.
  const mapped = mapping?.personOf(user)
  const key = mapped === undefined ? user.email?.trim().toLowerCase() : `mapping ${mapped}`
  if (key) {
    const known = holders.byEmail.get(key)
    holders.byEmail.set(key, {
      users: mapped === undefined ? (known?.users ?? 0) + 1 : 1,
      external: external || known?.external === true,
    })
    return holders
  }
  holders.withoutEmail++
  if (external) holders.externalWithoutEmail++
  return holders
}

const counter =
  ({ verify, detail, mapping }: Pick<ReadingOptions, 'verify' | 'detail' | 'mapping'>) =>
  (holders: Holders, user: LicensedUser): Holders => {
    if (detail) holders.everybody.push(user)
    if (verify) holders.held.set(user.id, [...user.licenseIds].sort().join('\n'))
    return count(holders, user, mapping)
  }

const agree = (one: Holders, other: Holders): boolean =>
  one.held.size === other.held.size && [...one.held].every(([id, licenses]) => other.held.get(id) === licenses)

/** Readings after the first one, before it is a mismatch that no two in a row agree. */
const MAX_VERIFICATIONS = 3

/**
 * Reads again until two readings in a row agree. One user who leaves and one who joins while a list is read by offset
 * leave its total as it is, and can be seen in no other way.
 */
const verified = async (read: () => Promise<Drained<Holders>>): Promise<Drained<Holders>> => {
  let last = await read()
  for (let times = 0; last.error === undefined && isWhole(last.ledger); times++) {
    if (times === MAX_VERIFICATIONS) return { ...last, ledger: { ...last.ledger, verdict: 'mismatch' } }
    const again = await read()
    if (again.error !== undefined) {
      const gap = { what: 'the reading to compare with', reason: again.error.message, error: again.error }
      return { ...last, ledger: endedBy(last.ledger, gap) }
    }
    if (agree(last.value, again.value)) return { ...again, ledger: { ...again.ledger, verified: true } }
    last = again
  }
  return last
}

const append = (licenses: License[], license: License): License[] => {
  licenses.push(countedInSeats(license))
  return licenses
}

/** What became of a provider that threw, against the contract. What it threw is not shown, as it may contain anything. */
const failureBehind = (thrown: unknown, name: ListName): LicenseError =>
  isLicenseException(thrown)
    ? thrown.error
    : { _tag: 'Unavailable', ...name, message: 'the provider failed in an unexpected way', attempts: 1 }

interface ListReading<A, S> extends ListName {
  readonly open: () => Paged<A>
  /** Called once a reading; what it gives is changed in place, so that what came before a failure is kept. */
  readonly initial: () => S
  readonly step: (value: S, item: A) => S
  /** Told of every page as it passes. */
  readonly onPage: (ledger: Ledger) => void
}

const readList = async <A, S>({ open, initial, step, onPage, ...name }: ListReading<A, S>): Promise<Drained<S>> => {
  let ledger: Ledger | undefined
  let value = initial()
  const begin = () => {
    value = initial()
    return value
  }
  const pages = async function* () {
    for await (const page of open().pages()) {
      if (E.isRight(page)) {
        ledger = page.right.ledger
        onPage(ledger)
      }
      yield page
    }
  }
  try {
    return await drain<A, S>(begin, step)({ pages })()
  } catch (thrown) {
    const error = failureBehind(thrown, name)
    return { value, ledger: endedBy(ledger, { what: 'the rest of the list', reason: error.message, error }), error }
  }
}

/** Reads the licenses and then the users of one provider. Never fails: what could not be read is in the ledgers. */
export const readProvider = async (provider: LicenseProvider, options: ReadingOptions): Promise<ProviderReading> => {
  const { onPage, scope, clock, verify } = options
  const licenses = await readList<License, License[]>({
    provider: provider.id,
    operation: 'listLicenses',
    open: () => provider.listLicenses(within(scope, clock)),
    initial: () => [],
    step: append,
    onPage: (ledger) => onPage('licenses', ledger),
  })
  const listed = isWhole(licenses.ledger) ? { licenses: licenses.value } : {}
  const readUsers = () =>
    readList({
      provider: provider.id,
      operation: 'listUsers',
      open: () => provider.listUsers({ ...within(scope, clock), ...listed }),
      initial: noHolders,
      step: counter(options),
      onPage: (ledger) => onPage('users', ledger),
    })
  return { provider, licenses, users: await (verify ? verified(readUsers) : readUsers()) }
}

/** How far the reading has come with one list of one provider. */
export interface ReadingProgress {
  readonly provider: string
  readonly list: 'licenses' | 'users'
  readonly ledger: Ledger
}

export interface ReadingsOptions extends Omit<ReadingOptions, 'onPage'> {
  /** Called after every page. What it throws is passed over. */
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined
}

/** Each has a concurrency of its own; what one run asks of this machine must not grow with the organisations. */
const PROVIDERS_AT_ONCE = 8

/** Reads providers, several at once, in their order; `use` is made of each as soon as it was read. Never fails. */
export const readProviders = <A>(
  providers: readonly LicenseProvider[],
  { onProgress, ...options }: ReadingsOptions,
  use: (reading: ProviderReading) => A,
): Promise<readonly A[]> =>
  pLimit(PROVIDERS_AT_ONCE).map(providers, async (provider) => {
    const onPage: ReadingOptions['onPage'] = (list, ledger) => {
      try {
        onProgress?.({ provider: provider.id, list, ledger })
      } catch {
        // A display that fails must not cost the reading, and there is nobody to tell.
      }
    }
    return use(await readProvider(provider, { ...options, onPage }))
  })

/** What became of a provider; `error`: why it failed. */
export const outcomeOf = ({
  licenses,
  users,
}: ProviderReading): { readonly status: ProviderStatus; readonly error?: LicenseError } => {
  const isNothing = licenses.value.length === 0 && users.ledger.items === 0
  if (licenses.error !== undefined && users.error !== undefined && isNothing) {
    return { status: 'failed', error: licenses.error }
  }
  const ledgers = [licenses.ledger, users.ledger, ...(users.directory === undefined ? [] : [users.directory])]
  return { status: ledgers.every(isWhole) ? 'complete' : 'partial' }
}
