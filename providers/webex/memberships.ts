import * as E from 'fp-ts/lib/Either.js'
import { type LicensedUser, type Lists, type RequestScope, Values } from '../../src/provider-kit/index.ts'
import type { WebexClient } from './client.ts'
import type { Membership } from './codecs.ts'
import type { WebexConfig } from './config.ts'
import { idKey, readHydraId } from './hydra-id.ts'
import type { LicenseSpellings } from './license-spellings.ts'
import type { PeopleDirectory } from './people-directory.ts'
import { type JoinedSources, readAllOf } from './whole-list.ts'

interface MembershipSources extends JoinedSources {
  readonly client: Pick<WebexClient, 'listMemberships'>
  readonly config: Pick<WebexConfig, 'pageSize' | 'hybridMemberships'>
}

/** The hybrid licenses of one user or workspace. */
export interface HybridLicenses {
  /** As the memberships write it. */
  readonly id: string
  readonly licenseIds: readonly string[]
  /** Granted, and not in force yet. */
  readonly pendingLicenseIds: readonly string[]
}

/** Who has hybrid licenses. */
export interface Memberships {
  /** By the id of a user or a workspace. */
  readonly of: (id: string) => HybridLicenses | undefined
  readonly all: () => Iterable<HybridLicenses>
  readonly remarks: readonly string[]
}

/** The id of a workspace and that of its account differ in what stands around the uuid. */
const accountKey = (id: string): string => readHydraId(id)?.inner.toLowerCase() ?? idKey(id)

const union = (one: readonly string[], other: readonly string[]): readonly string[] => {
  const known = new Set(one.map(idKey))
  return [...one, ...other.filter((id) => !known.has(idKey(id)))]
}

const NONE: Memberships = { of: () => undefined, all: () => [], remarks: [] }

interface Read {
  readonly byAccount: Map<string, HybridLicenses>
  failing: number
}

const withMembership = (read: Read, { personId, licenseId, status }: Membership): Read => {
  const key = accountKey(personId)
  const known = read.byAccount.get(key) ?? { id: personId, licenseIds: [], pendingLicenseIds: [] }
  const isPending = status?.toLowerCase() === 'pending'
  if (status?.toLowerCase() === 'error') read.failing++
  read.byAccount.set(key, {
    id: known.id,
    licenseIds: isPending ? known.licenseIds : union(known.licenseIds, [licenseId]),
    pendingLicenseIds: isPending ? union(known.pendingLicenseIds, [licenseId]) : known.pendingLicenseIds,
  })
  return read
}

const holders = { User: 'user', Workspace: 'workspace' } as const

/** Reads who has hybrid licenses, where that is set. Never fails: a remark says that they could not be read. */
export const createMembershipReader =
  (sources: MembershipSources) =>
  async (type: 'User' | 'Workspace', scope: RequestScope): Promise<Memberships> => {
    const { client, config } = sources
    if (config.hybridMemberships !== true) return NONE
    const read = await readAllOf<Membership, Read>(
      sources,
      {
        operation: 'GET /v1/resourceGroup/memberships/v2',
        what: 'memberships',
        fetch: (query, own) => client.listMemberships({ ...query, type }, own),
        initial: () => ({ byAccount: new Map(), failing: 0 }),
        step: withMembership,
      },
      scope,
    )
    if (E.isLeft(read)) {
      return {
        ...NONE,
        remarks: [`some holders of hybrid licenses may be missing, as not all memberships could be read: ${read.left}`],
      }
    }
    const { byAccount, failing } = read.right
    return {
      of: (id) => byAccount.get(accountKey(id)),
      all: () => byAccount.values(),
      remarks:
        failing === 0
          ? []
          : [
              `${Values.quantity(failing, 'hybrid license')} of ${holders[type]}s has the status error: it is held and does not work`,
            ],
    }
  }

/** The user with hybrid licenses; what is held is not pending. */
export const withHybrid = <A extends Pick<LicensedUser, 'licenseIds' | 'pendingLicenseIds'>>(
  user: A,
  { licenseIds, pendingLicenseIds }: HybridLicenses,
): A => {
  const held = union(user.licenseIds, licenseIds)
  const known = new Set(held.map(idKey))
  const pending = union(user.pendingLicenseIds, pendingLicenseIds).filter((id) => !known.has(idKey(id)))
  return { ...user, licenseIds: held, pendingLicenseIds: pending }
}

const userOf = (provider: string, { id }: HybridLicenses): LicensedUser => ({
  provider,
  id,
  kind: 'unknown',
  status: 'unknown',
  licenseIds: [],
  pendingLicenseIds: [],
})

interface MembershipJoin extends Pick<LicenseSpellings, 'spelled'> {
  readonly provider: string
  /** What the users of the walk are joined with; undefined where that is nothing. */
  readonly directory: () => Promise<PeopleDirectory> | undefined
}

/**
 * The users of a walk, with their hybrid licenses. Those who hold nothing else come last, with what the directory has of them:
 * the walk does not know them.
 */
export async function* joinMemberships(
  walk: Lists.Walk<LicensedUser>,
  read: () => Promise<Memberships>,
  { provider, spelled, directory }: MembershipJoin,
): Lists.Walk<LicensedUser> {
  const seen = new Set<string>()
  let memberships: Memberships | undefined
  for await (const step of walk) {
    if (E.isLeft(step)) {
      yield step
      continue
    }
    memberships ??= await read()
    const { of, all, remarks } = memberships
    const joined = (user: LicensedUser): LicensedUser => {
      const hybrid = of(user.id)
      if (hybrid === undefined) return user
      const pending = spelled({ licenseIds: hybrid.pendingLicenseIds }).licenseIds
      return withHybrid(user, { ...spelled(hybrid), pendingLicenseIds: pending })
    }
    const page = step.right
    const items = page.items.map(joined)
    for (const { id } of page.items) seen.add(accountKey(id))
    const isLast = page.more === undefined && page.continuation === undefined
    if (isLast) {
      const people = await directory()
      for (const hybrid of all()) {
        if (seen.has(accountKey(hybrid.id))) continue
        const user = joined(userOf(provider, hybrid))
        items.push(people?.joined(user) ?? user)
      }
    }
    yield E.right({ ...page, items, remarks: [...(page.remarks ?? []), ...remarks] })
  }
}
