import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import {
  collect,
  createLicenseReport,
  known,
  type LicensedUser,
  type LicenseProvider,
  listHolders,
  toReadonlyArray,
  withDeclaredLicenses,
} from '../../src/index.ts'
import { failure, license, nameless, organization, user } from '../report/reported-organization.ts'
import { type Files, filesOf, opened, snapshotOf, standing } from './in-memory-folder.ts'

const reportOf = (providers: readonly LicenseProvider[]) =>
  createLicenseReport({ detail: true, clock: standing })(providers)()

/** The report from a snapshot of the providers, and the one from the providers. */
const bothReports = async (...providers: readonly LicenseProvider[]) => {
  const snapshot = await snapshotOf(providers)
  return [await reportOf(snapshot.providers), await reportOf(providers)] as const
}

const read = (list: ReturnType<LicenseProvider['listUsers']>) =>
  collect<LicensedUser, LicensedUser[]>(
    () => [],
    (all, item) => [...all, item],
  )(list)()

const everyOf = async <A>(steps: AsyncIterable<A> | undefined): Promise<readonly A[]> => {
  const all: A[] = []
  for await (const step of steps ?? []) all.push(step)
  return all
}

const acme = (options: Parameters<typeof organization>[1] = {}) =>
  organization('acme', {
    licenses: [license('basic'), license('plus', { productCode: 'P', siteUrl: 'a.example', includes: ['basic'] })],
    users: [user('ada', ['basic', 'plus']), user('bob', ['basic'], { kind: 'external' }), nameless('cyd', ['ghost'])],
    ...options,
  })

describe('a report from a snapshot', () => {
  it('finds people by any of their addresses, as the report from the providers does', async () => {
    const providers = [
      acme({ users: [user('ada', ['basic'], { email: 'new@x.com', otherEmails: ['old@x.com'] })] }),
      organization('other', { users: [user('ada', ['x'], { email: 'Old@X.com' })] }),
    ]
    const [kept, live] = await bothReports(...providers)
    expect(kept).toEqual(live)
    expect(kept.people.inSeveralProviders).toEqual(known(1))
    const [provider] = (await snapshotOf(providers)).providers
    expect(await provider?.getUser({ email: ' OLD@x.com\u200b' })()).toMatchObject(E.right({ id: 'ada' }))
    expect(await provider?.getUser({ email: 'o\u017fd@x.com' })()).toMatchObject(E.left({ _tag: 'NotFound' }))
  })

  it('is the report from the providers, to the last ledger', async () => {
    const [kept, live] = await bothReports(acme(), organization('other', { users: [user('ada', ['x'])] }))
    expect(kept).toEqual(live)
    expect(JSON.stringify(kept)).toBe(JSON.stringify(live))
  })

  it('has the gaps, totals and omissions, and the directory', async () => {
    const directory = {
      pages: 2,
      items: 1,
      repeated: 0,
      undecodable: 0,
      gaps: [],
      omits: [],
      verdict: 'mismatch',
    } as const
    const gap = { what: 'page 2', reason: 'it was torn', licenseId: 'plus', error: failure('acme') }
    const [kept, live] = await bothReports(
      acme({
        directory,
        omits: ['external holders are not listed'],
        onPage: ({ operation }, page) => (operation === 'listUsers' ? { ...page, gaps: [gap], total: 7 } : page),
      }),
    )
    expect(kept).toEqual(live)
    expect(kept.providers[0]).toMatchObject({ status: 'partial', ledgers: { assignments: { gaps: [gap] }, directory } })
  })

  it('fails where the provider failed, in the same way', async () => {
    const failing = (operation: string) =>
      acme({ onRequest: (request) => (request.operation === operation ? failure('acme') : undefined) })
    const [keptUsers, liveUsers] = await bothReports(failing('listUsers'))
    expect(keptUsers).toEqual(liveUsers)
    const [keptLicenses, liveLicenses] = await bothReports(failing('listLicenses'))
    expect(keptLicenses).toEqual(liveLicenses)
    const [kept, live] = await bothReports(acme({ onRequest: () => failure('acme') }), acme({ id: 'well' }))
    expect(kept).toEqual(live)
    expect(kept.providers.map(({ status, error }) => [status, error?._tag])).toEqual([
      ['failed', 'PermissionDenied'],
      ['complete', undefined],
    ])
  })

  it('ends where a list ended early', async () => {
    const [kept, live] = await bothReports(
      acme({ pageSize: 1, onRequest: ({ continuation }) => (continuation === '2' ? failure('acme') : undefined) }),
    )
    expect(kept).toEqual(live)
    expect(kept.providers[0]?.ledgers.assignments).toMatchObject({ items: 2, verdict: 'partial' })
  })

  it('has the declared licenses, also of those that could not be listed', async () => {
    const declared = new Map([
      ['basic', { purchased: known(5), prices: [{ amount: 1200, currency: 'EUR', per: 'seat-month' }] }],
      ['ghost', { name: 'The ghost', metric: 'named' as const, services: ['calling' as const] }],
    ])
    const failing = acme({ onRequest: ({ operation }) => (operation === 'listLicenses' ? failure('acme') : undefined) })
    for (const provider of [acme(), failing]) {
      const [kept, live] = await bothReports(withDeclaredLicenses(provider, declared))
      expect(kept).toEqual(live)
      expect(kept.licenses).toContainEqual(expect.objectContaining({ name: 'The ghost' }))
    }
  })

  it('says that a list changed in every reading', async () => {
    const [kept, live] = await bothReports(
      acme({ onPage: ({ operation }, page) => (operation === 'listUsers' ? { ...page, total: 99 } : page) }),
    )
    expect(kept).toEqual(live)
    expect(kept.providers[0]?.ledgers.assignments).toMatchObject({ verdict: 'mismatch', rereads: 2 })
  })
})

describe('a report from a snapshot of lists that changed while they were read', () => {
  /** Moves, and fails when it is read again. */
  const movingOnce = () => {
    let readings = 0
    return acme({
      onRequest: ({ operation }) => (operation === 'listUsers' && ++readings > 1 ? failure('acme') : undefined),
      onPage: ({ operation }, page) => (operation === 'listUsers' ? { ...page, total: 99 } : page),
    })
  }

  it('tells of readings that there were, and not of its own', async () => {
    const live = await reportOf([movingOnce()])
    const kept = await reportOf((await snapshotOf([movingOnce()])).providers)
    expect(kept).toEqual(live)
    expect(kept.providers[0]?.ledgers.assignments).not.toHaveProperty('rereads')
  })

  it('has what was verified, and what could not be', async () => {
    const changing = () => {
      let readings = 0
      return acme({
        onPage: ({ operation }, page) =>
          operation === 'listUsers'
            ? { ...page, items: page.items.slice(readings++ % 2), total: 2 + (readings % 2) }
            : page,
      })
    }
    for (const provider of [() => acme(), changing]) {
      const live = await createLicenseReport({ detail: true, verify: true, clock: standing })([provider()])()
      const kept = await reportOf((await snapshotOf([provider()], { verify: true })).providers)
      expect(kept).toEqual(live)
    }
  })
})

describe('a snapshot of both vendors', () => {
  let simulators: { readonly stop: () => Promise<void> }[] = []
  let live: readonly LicenseProvider[] = []
  let files: Files

  beforeAll(async () => {
    const genesys = await startGenesysSimulator({ users: 100, seed: 5 })
    const webex = await startWebexSimulator({ users: 100, seed: 5 })
    simulators = [genesys, webex]
    live = [
      createGenesysProvider({ ...genesys.configuration }),
      createWebexProvider({ ...webex.configuration }),
      createWebexProvider({ ...webex.configuration, id: 'webex-people', userSource: 'people' }),
    ]
    files = await filesOf(live)
  })

  afterAll(async () => {
    await Promise.all(simulators.map(({ stop }) => stop()))
  })

  it('makes the report that the vendors make', async () => {
    const kept = await reportOf((await opened(files)).providers)
    expect(kept).toEqual(await reportOf(live))
    expect(kept.complete).toBe(true)
  })

  it('is the same, byte for byte, when nothing has changed', async () => {
    expect(await filesOf(live)).toEqual(files)
  })

  it('is a snapshot of itself', async () => {
    const again = await filesOf((await opened(files)).providers)
    for (const [name, bytes] of files) if (name.endsWith('.ndjson')) expect(again.get(name)).toEqual(bytes)
  })
})

describe('a provider out of a snapshot', () => {
  const whole = () => acme({ users: Array.from({ length: 25 }, (_, index) => user(`u${index}`, ['basic'])) })
  const only = async (provider: LicenseProvider): Promise<LicenseProvider> => {
    const [kept] = (await snapshotOf([provider])).providers
    if (kept === undefined) throw new Error('the snapshot is empty')
    return kept
  }

  it('gives pages of the size that is asked for, and goes on after each of them', async () => {
    const kept = await only(whole())
    const seen: string[] = []
    let continuation: string | undefined
    let pages = 0
    do {
      const [page] = await everyOf(kept.listUsers({ pageSize: 10, continuation }).pages())
      if (page === undefined || E.isLeft(page)) throw new Error('there was no page')
      seen.push(...page.right.items.map(({ id }) => id))
      continuation = page.right.continuation
      pages++
    } while (continuation !== undefined)
    expect(pages).toBe(3)
    expect(seen).toEqual((await read(whole().listUsers())).value.map(({ id }) => id))
  })

  it('cannot vouch for the total of a list that is resumed', async () => {
    const kept = await only(whole())
    const [first] = await everyOf(kept.listUsers({ pageSize: 10 }).pages())
    const continuation = first?._tag === 'Right' ? first.right.continuation : undefined
    expect((await read(kept.listUsers({ continuation }))).ledger).toMatchObject({ items: 15, verdict: 'unverifiable' })
  })

  it.each(['x', '-1', '1', '999999', '0x0', ''])(
    'refuses the continuation %j, which is not one of the list',
    async (continuation) => {
      const kept = await only(whole())
      expect((await read(kept.listUsers({ continuation }))).error?._tag).toBe('RequestRejected')
    },
  )

  it('finds licenses, users and holders', async () => {
    const kept = await only(
      acme({ users: [user('ada', ['basic'], { email: 'Ada@Example.com' }), user('bob', ['plus'])] }),
    )
    expect(await kept.getLicense('plus')()).toMatchObject(E.right({ productCode: 'P' }))
    expect(await kept.getUser({ email: ' ADA@example.COM ' })()).toMatchObject(E.right({ id: 'ada' }))
    expect(await kept.getUser({ id: 'bob' })()).toMatchObject(E.right({ licenseIds: ['plus'] }))
    const holders = await toReadonlyArray(listHolders(kept, 'plus'))()
    expect(holders).toMatchObject(E.right({ items: [{ userId: 'bob' }], ledger: { verdict: 'complete' } }))
  })

  it('answers notFound only if its list is whole', async () => {
    const kept = await only(acme())
    expect(await kept.getUser({ id: 'zoe' })()).toMatchObject(E.left({ _tag: 'NotFound' }))
    expect(await kept.getLicense('none')()).toMatchObject(E.left({ _tag: 'NotFound' }))
    const torn = await only(
      acme({ onPage: (_, page) => ({ ...page, gaps: [{ what: 'page 2', reason: 'it was torn' }] }) }),
    )
    expect(await torn.getUser({ id: 'zoe' })()).toMatchObject(E.left({ _tag: 'Incomplete' }))
    const failed = await only(acme({ onRequest: () => failure('acme') }))
    const lacks = E.left({ _tag: 'Incomplete', message: expect.stringContaining('the snapshot lacks such a user') })
    expect(await failed.getUser({ id: 'ada' })()).toMatchObject(lacks)
  })

  it('gives no user as whole who may hold more than was read', async () => {
    const gapping = (gap: { readonly licenseId?: string }) =>
      only(
        acme({
          onPage: ({ operation }, page) =>
            operation === 'listUsers' ? { ...page, gaps: [{ what: 'a page', reason: 'it was torn', ...gap }] } : page,
        }),
      )
    const incomplete = E.left({
      _tag: 'Incomplete',
      message: 'the snapshot may lack licenses of that user: the list of users lacks a page: it was torn',
      ledger: { verdict: 'partial' },
    })
    for (const reference of [{ id: 'bob' }, { email: 'bob@example.com' }]) {
      expect(await (await gapping({})).getUser(reference)()).toMatchObject(incomplete)
      expect(await (await gapping({ licenseId: 'plus' })).getUser(reference)()).toMatchObject(incomplete)
      expect(await (await gapping({ licenseId: '' })).getUser(reference)()).toMatchObject(incomplete)
    }
    const holdsBoth = await (await gapping({ licenseId: 'plus' })).getUser({ id: 'ada' })()
    expect(holdsBoth).toMatchObject(E.right({ licenseIds: ['basic', 'plus'] }))
  })

  it('gives no user as whole of a list that changed while it was read, or ended early', async () => {
    const moved = await only(
      acme({ onPage: ({ operation }, page) => (operation === 'listUsers' ? { ...page, total: 99 } : page) }),
    )
    expect(await moved.getUser({ id: 'ada' })()).toMatchObject(E.left({ _tag: 'Incomplete' }))
    const short = await only(
      acme({ pageSize: 1, onRequest: ({ continuation }) => (continuation === '2' ? failure('acme') : undefined) }),
    )
    expect(await short.getUser({ id: 'ada' })()).toMatchObject(E.left({ _tag: 'Incomplete' }))
  })

  it('does not answer notFound for an address if the directory was not read', async () => {
    const directory = {
      pages: 0,
      items: 0,
      repeated: 0,
      undecodable: 0,
      gaps: [],
      omits: [],
      verdict: 'partial',
    } as const
    const kept = await only(acme({ directory }))
    expect(await kept.getUser({ email: 'zoe@example.com' })()).toMatchObject(E.left({ _tag: 'Incomplete' }))
    expect(await kept.getUser({ id: 'zoe' })()).toMatchObject(E.left({ _tag: 'NotFound' }))
    expect(await kept.getUser({ id: 'ada' })()).toMatchObject(E.right({ id: 'ada' }))
  })

  it('finds no user if two have the address', async () => {
    const kept = await only(
      acme({ users: [user('a', [], { email: 'x@example.com' }), user('b', [], { email: 'X@example.com' })] }),
    )
    expect(await kept.getUser({ email: 'x@example.com' })()).toMatchObject(E.left({ _tag: 'Conflict' }))
  })

  it('stops when it is told to', async () => {
    const kept = await only(whole())
    const { error } = await read(kept.listUsers({ signal: AbortSignal.abort() }))
    expect(error?._tag).toBe('Aborted')
    expect((await read(kept.listUsers({ deadlineMs: 0 }))).error?._tag).toBe('DeadlineExceeded')
  })

  it('refuses to change anything, and does not claim to where the vendor cannot', async () => {
    const kept = await only(acme())
    const change = { action: 'remove', userId: 'ada', licenseId: 'basic' } as const
    const outcomes = await everyOf(kept.changeAssignments?.([change]))
    expect(outcomes).toMatchObject([{ change, result: 'refused', reason: { _tag: 'Unsupported' } }])
    const { changeAssignments: _, ...fixed } = acme()
    const { operations, ...fields } = fixed.capabilities
    const unable = { support: 'unsupported', reason: 'no' } as const
    const frozen = await only({
      ...fixed,
      capabilities: { ...fields, operations: { ...operations, changeAssignments: unable } },
    })
    expect(frozen.changeAssignments).toBeUndefined()
    expect(frozen.capabilities.operations?.changeAssignments).toEqual(unable)
  })

  it('keeps no record of the vendor', async () => {
    const raw = { secret: 'sesame' }
    const files = await filesOf([
      acme({ users: [{ ...user('ada', ['basic']), raw }], licenses: [{ ...license('basic'), raw }] }),
    ])
    for (const bytes of files.values()) expect(new TextDecoder().decode(bytes)).not.toContain('sesame')
  })
})
