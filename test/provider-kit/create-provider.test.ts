import * as E from 'fp-ts/lib/Either.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import {
  createProvider,
  Http,
  type License,
  type LicensedUser,
  type LicenseError,
  Lists,
  type RequestScope,
  type UserLookup,
  type UserReference,
  type UserSearch,
  type VendorProvider,
} from '../../src/provider-kit/index.ts'
import { stoppedClock } from '../paging/list-of.ts'

const clock = stoppedClock(5_000)
const access = { provider: 'vendor-1', clock, events: Http.createProviderEvents(undefined) }
const failure: LicenseError = {
  _tag: 'Unavailable',
  provider: 'vendor-1',
  operation: 'x',
  message: 'down',
  attempts: 1,
}
const user: LicensedUser = {
  provider: 'vendor-1',
  id: 'u1',
  kind: 'internal',
  status: 'active',
  licenseIds: [],
  pendingLicenseIds: [],
}
const nothing = { operation: 'GET /none', keyOf: () => '', fetch: () => TE.right({ items: [] }) }

const providerWith = (search: UserSearch, more: Partial<VendorProvider> = {}) =>
  createProvider(access, {
    vendor: 'vendor',
    displayName: 'Vendor',
    capabilities: {},
    listLicenses: (request) => Lists.onOnePage<License>(access, nothing, request),
    getLicense: () => TE.left(failure),
    listUsers: (request) => Lists.onOnePage<LicensedUser>(access, nothing, request),
    ...more,
    ...search,
  })

/** Finds nobody or whom it is told, and keeps what it was asked. */
const searching = (lookup: UserLookup) => {
  const asked: (readonly UserReference[])[] = []
  const findUsers = (users: readonly UserReference[]) => {
    asked.push(users)
    return T.of(users.map(() => lookup))
  }
  return { asked, findUsers }
}

describe('a provider', () => {
  test('is that of the access, in the version of the contract', () => {
    const provider = providerWith({ getUser: () => TE.right(user) })
    expect(provider).toMatchObject({
      specificationVersion: 'v1',
      id: 'vendor-1',
      vendor: 'vendor',
      displayName: 'Vendor',
    })
  })

  test('has no function for what the vendor cannot do', () => {
    const provider = providerWith({ getUser: () => TE.right(user) })
    expect(
      ['findUsers', 'listHolders', 'changeAssignments', 'reviewChanges'].filter((name) => name in provider),
    ).toEqual([])
  })

  test('counts the deadline of a call from when it is run', async () => {
    const scopes: RequestScope[] = []
    let now = 0
    const provider = createProvider(
      { ...access, clock: { ...clock, now: () => now } },
      {
        ...providerWith({ getUser: () => TE.right(user) }),
        listUsers: (request) => Lists.onOnePage<LicensedUser>(access, nothing, request),
        getLicense: (_, scope) => {
          scopes.push(scope)
          return TE.left(failure)
        },
        getUser: () => TE.right(user),
        findUsers: undefined,
      },
    )
    const call = provider.getLicense('l1', { deadlineMs: 10 })
    now = 7_000
    await call()
    expect(scopes).toEqual([{ deadlineAt: 7_010 }])
  })
})

describe('finding users', () => {
  test('of a provider that finds many at once, getUser is a search for one', async () => {
    for (const [lookup, expected] of [
      [{ kind: 'found', user }, { right: user }],
      [{ kind: 'notFound' }, { left: { _tag: 'NotFound', operation: 'getUser' } }],
      [{ kind: 'ambiguous', candidates: [user, { ...user, id: 'u2' }] }, { left: { _tag: 'Conflict' } }],
      [{ kind: 'failed', error: failure }, { left: failure }],
    ] as const) {
      const { asked, findUsers } = searching(lookup)
      expect(await providerWith({ findUsers }).getUser({ id: 'u1' })()).toMatchObject(expected)
      expect(asked).toEqual([[{ id: 'u1' }]])
    }
  })

  test('an own getUser comes first', async () => {
    const { asked, findUsers } = searching({ kind: 'notFound' })
    const provider = providerWith({ findUsers, getUser: () => TE.right(user) })
    expect(await provider.getUser({ id: 'u1' })()).toMatchObject({ right: user })
    expect(asked).toEqual([])
  })

  test('asks for addresses without the spaces around them', async () => {
    const { asked, findUsers } = searching({ kind: 'notFound' })
    await providerWith({ findUsers }).findUsers?.([{ email: ' a@b.example\u00a0' }, { id: ' 7 ' }])()
    const one: UserReference[] = []
    const getUser = (reference: UserReference) => {
      one.push(reference)
      return TE.right(user)
    }
    await providerWith({ getUser }).getUser({ email: '\ta@b.example' })()
    expect([asked, one]).toEqual([[[{ email: 'a@b.example' }, { id: ' 7 ' }]], [{ email: 'a@b.example' }]])
  })

  test('is a failure where nothing could be read at all', async () => {
    const { findUsers } = searching({ kind: 'failed', error: failure })
    expect(await providerWith({ findUsers }).findUsers?.([{ id: 'u1' }, { id: 'u2' }])()).toEqual(
      expect.objectContaining({ left: failure }),
    )
  })
})

test('a change that is a problem to reviewChanges is refused and not sent', async () => {
  const sent: unknown[] = []
  const provider = providerWith(
    { getUser: () => TE.right(user) },
    {
      changes: {
        operation: 'PATCH /seats',
        requests: { users: 1, changes: 1, order: 'together' },
        readHoldings: async (ids) => new Map(ids.map((id) => [id, { _tag: 'Right', right: user }])),
        send: (changes) => {
          sent.push(changes)
          return TE.left(failure)
        },
      },
      reviewChanges: (changes) =>
        changes.map((change) => ({ change, severity: 'problem', rule: 'no', message: 'the vendor refuses it' })),
    },
  )
  const outcomes = []
  const changes = [{ action: 'assign', userId: 'u1', licenseId: 'l1' }] as const
  for await (const outcome of provider.changeAssignments?.(changes) ?? []) outcomes.push(outcome)
  expect(outcomes).toMatchObject([{ result: 'refused', reason: { message: 'the vendor refuses it' } }])
  expect(sent).toEqual([])
})

describe('a provider without getLicense', () => {
  const license = (id: string): License => ({
    provider: 'vendor-1',
    id,
    name: id,
    metric: 'named',
    purchased: { kind: 'notApplicable' },
    consumed: { kind: 'notApplicable' },
    includes: [],
    requires: [],
    raw: { id },
  })
  const listing = (gaps: readonly { readonly what: string; readonly reason: string }[] = []) => {
    const fetch = () => TE.right({ items: [license('a'), license('b')], gaps })
    const list = { operation: 'GET /licenses', keyOf: ({ id }: License) => id, fetch }
    return providerWith(
      { getUser: () => TE.right({ ...user, raw: 'the record' }) },
      { getLicense: undefined, listLicenses: (request) => Lists.onOnePage<License>(access, list, request) },
    )
  }

  test('takes the license out of the list, without the record of the vendor', async () => {
    const { raw: _, ...expected } = license('b')
    expect(await listing().getLicense('b')()).toEqual(E.right(expected))
    expect(await listing().getUser({ id: 'u1' })()).toEqual(E.right(user))
  })

  test('does not know of a license that is not in the whole list, and says so if the list is not whole', async () => {
    expect(await listing().getLicense('c')()).toMatchObject({ left: { _tag: 'NotFound', operation: 'getLicense' } })
    const partial = listing([{ what: 'page 2', reason: 'lost' }])
    expect(await partial.getLicense('a')()).toMatchObject({ right: { id: 'a' } })
    expect(await partial.getLicense('c')()).toMatchObject({
      left: { _tag: 'Incomplete', ledger: { verdict: 'partial' } },
    })
  })
})
