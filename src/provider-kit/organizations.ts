import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { LicenseProvider } from '../contract/license-provider.ts'
import { hash64 } from '../model/hash64.ts'
import type { LicenseError } from '../model/license-error.ts'
import { isProviderId } from '../model/provider-id.ts'
import type { Clock } from '../paging/clock.ts'
import { collect, wholeOf } from '../paging/collect.ts'
import { createPaged } from '../paging/create-paged.ts'
import type { Paged } from '../paging/paged.ts'
import type { PageRequest, RequestOptions } from '../paging/request.ts'
import { createProvider } from './create-provider.ts'
import { clockOf, eventsOf, type ProviderRuntime } from './transport/runtime.ts'

/** An organization, as a list of a vendor has it. */
export interface ListedOrganization {
  /** What it is recognized by, whatever list names it, today and in a year: for Webex, its uuid. */
  readonly key: string
  /** The vendor's id, as a provider is configured with it. */
  readonly id: string
  /** For people. Absent: this list does not tell. */
  readonly name?: string | undefined
}

/** How a vendor tells which organizations a credential reaches. */
export interface OrganizationSource {
  /** The vendor's lists of them. An organization may be in several, and is one. Not run before it is read. */
  readonly lists: (request?: PageRequest) => readonly Paged<ListedOrganization>[]
  /** One organization, by id or by key: for one that lists do not name, or not by its name. */
  readonly get: (id: string, options?: RequestOptions) => TaskEither<LicenseError, ListedOrganization>
  /** The key of an id as people write it. */
  readonly keyOf: (id: string) => string
}

/** An organization that a run is about. */
export interface FoundOrganization extends ListedOrganization {
  /** The id of its provider, the same in every run: `webex-1eb65fdf-9643-417f-9974-ad72cae0e10f`. */
  readonly provider: string
  /** It was asked for by id, and no list names it. */
  readonly unlisted?: true | undefined
  /** Why nothing can be read of it: it was asked for, and the vendor does not give it. */
  readonly error?: LicenseError | undefined
}

/** The organizations of a credential, in the order in which they are listed or asked for. */
export interface FoundOrganizations {
  readonly organizations: readonly FoundOrganization[]
  /** Why there may be more of them. Empty: there are no more. */
  readonly gaps: readonly LicenseError[]
}

const LONGEST_ID = 63
const LENGTH_OF_HASH = 8

/** A key that no id can end with, made to one, with a hash that tells it from others. */
const slugOf = (entry: string, key: string): string => {
  const text = `${entry}-${key}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const cut = text.slice(0, LONGEST_ID - LENGTH_OF_HASH - 1)
  return `${cut.endsWith('-') ? cut : `${cut}-`}${hash64(key).slice(0, LENGTH_OF_HASH)}`
}

/** The id of an organization's provider: the id of what is configured, and the organization's key. */
export const organizationProviderId = (entry: string, key: string): string => {
  const id = `${entry}-${key}`
  return isProviderId(id) ? id : slugOf(entry, key)
}

const MAY_BE_MORE = 'the list of organizations is not whole, so that organizations may be missing: '

interface ReadList {
  readonly items: readonly ListedOrganization[]
  readonly gap: LicenseError | undefined
}

const readList = async (entry: string, list: Paged<ListedOrganization>): Promise<ReadList> => {
  const collected = await collect<ListedOrganization, ListedOrganization[]>(
    () => [],
    (all, one) => {
      all.push(one)
      return all
    },
  )(list)()
  const whole = wholeOf({ provider: entry, operation: 'list organizations' }, collected)
  if (E.isRight(whole)) return { items: whole.right, gap: undefined }
  const { left: error } = whole
  return { items: collected.value, gap: { ...error, provider: entry, message: `${MAY_BE_MORE}${error.message}` } }
}

/** By key, with the first name that a list tells. */
const united = (lists: readonly ReadList[]): ReadonlyMap<string, ListedOrganization> => {
  const all = new Map<string, ListedOrganization>()
  for (const organization of lists.flatMap(({ items }) => items)) {
    const { key, name } = organization
    const known = all.get(key)
    if (known === undefined) all.set(key, organization)
    else if (known.name === undefined && name !== undefined) all.set(key, { ...known, name })
  }
  return all
}

/** One organization by its id, without the lists: for a run about it alone. */
export const findOrganization =
  (
    entry: string,
    { get, keyOf }: OrganizationSource,
    id: string,
    options: RequestOptions = {},
  ): Task<FoundOrganization> =>
  async () => {
    const key = keyOf(id)
    const provider = organizationProviderId(entry, key)
    const found = await get(id, options)()
    return E.isRight(found)
      ? { ...found.right, key, provider }
      : { key, id, provider, error: { ...found.left, provider } }
  }

/**
 * The organizations that a credential reaches: all that the vendor lists, or those with these ids. Never fails: where a list
 * could not be read to its end, `gaps` says so, and of `wanted` ids, those that no list names are asked for one by one.
 * `entry`: the id from which those of the providers are made.
 */
export const findOrganizations =
  (
    entry: string,
    source: OrganizationSource,
    wanted: 'all' | readonly string[],
    options: RequestOptions = {},
  ): Task<FoundOrganizations> =>
  async () => {
    const lists = await Promise.all(source.lists(options).map((list) => readList(entry, list)))
    const listed = united(lists)
    const named = async (organization: ListedOrganization): Promise<FoundOrganization> => {
      const { key, id, name } = organization
      const provider = organizationProviderId(entry, key)
      if (name !== undefined) return { ...organization, provider }
      // Without a name it is an organization all the same; what is wrong with it shows when it is read.
      const found = await source.get(id, options)()
      return { ...organization, ...(E.isRight(found) ? { name: found.right.name } : {}), provider }
    }
    if (wanted === 'all') {
      return {
        organizations: await Promise.all([...listed.values()].map(named)),
        gaps: lists.flatMap(({ gap }) => gap ?? []),
      }
    }
    const ids = new Map(wanted.map((id) => [source.keyOf(id), id]))
    const organizations = [...ids].map(async ([key, id]): Promise<FoundOrganization> => {
      const known = listed.get(key)
      if (known !== undefined) return named(known)
      return { ...(await findOrganization(entry, source, id, options)()), unlisted: true }
    })
    return { organizations: await Promise.all(organizations), gaps: [] }
  }

/**
 * A provider of which nothing can be read, and why: it stands in a run for what is missing of it, so that a report has a row
 * and a reason for it. Every call fails with the error.
 */
export const unreadableProvider = (
  { id, vendor, displayName }: Pick<LicenseProvider, 'id' | 'vendor' | 'displayName'>,
  error: LicenseError,
  runtime: ProviderRuntime = {},
): LicenseProvider => {
  const own = { ...error, provider: id }
  const clock: Clock = clockOf(runtime)
  const list = (request: PageRequest): Paged<never> =>
    createPaged<never>(
      {
        provider: id,
        operation: error.operation,
        clock,
        walk: async function* () {
          yield E.left(own)
        },
      },
      request,
    )
  return createProvider(
    { provider: id, clock, events: eventsOf(runtime) },
    {
      vendor,
      displayName,
      capabilities: {},
      listLicenses: list,
      getLicense: () => TE.left(own),
      listUsers: list,
      getUser: () => TE.left(own),
    },
  )
}
