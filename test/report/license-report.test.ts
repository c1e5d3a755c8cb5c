import { describe, expect, test } from 'vitest'
import {
  createLicenseReport,
  known,
  type License,
  LicenseException,
  type LicenseProvider,
  type LicenseReportOptions,
  type ProviderProgress,
  type ReportProgress,
  unknown,
  unlimited,
} from '../../src/index.ts'
import { stillRuntime } from '../providers/still-runtime.ts'
import { timersThatStandStill, untilSo } from '../timers-that-stand-still.ts'
import { failure, license, organization, user } from './reported-organization.ts'

const report = (providers: readonly LicenseProvider[], options: LicenseReportOptions = {}) =>
  createLicenseReport({ clock: stillRuntime().clock, ...options })(providers)()

const calling = organization('webex', {
  licenses: [
    license('calling', { productCode: 'BCSTD', subscriptionId: 'Sub1', siteUrl: 'acme.webex.com', consumed: known(3) }),
    license('free', { purchased: unlimited }),
  ],
  users: [user('ann', ['calling', 'free']), user('bob', ['free']), user('carl', [])],
})

describe('a license report', () => {
  test('has a row for every license, with what follows from it and its holders', async () => {
    const { licenses } = await report([calling])
    expect(licenses).toEqual([
      {
        provider: 'webex',
        id: 'calling',
        name: 'Name of calling',
        productCode: 'BCSTD',
        metric: 'named',
        subscriptionId: 'Sub1',
        siteUrl: 'acme.webex.com',
        purchased: known(10),
        consumed: known(3),
        assigned: known(1),
        available: known(7),
        utilization: known(0.3),
        discrepancy: { consumedByUsers: 3, assigned: 1, difference: 2 },
      },
      {
        provider: 'webex',
        id: 'free',
        name: 'Name of free',
        metric: 'named',
        purchased: unlimited,
        consumed: known(0),
        assigned: known(2),
        available: unlimited,
        utilization: { kind: 'notApplicable' },
        discrepancy: { consumedByUsers: 0, assigned: 2, difference: -2 },
      },
    ])
  })

  test('counts users who hold at least one license, and is complete when every list is', async () => {
    const { complete, providers } = await report([calling])
    expect(complete).toBe(true)
    expect(providers).toMatchObject([
      {
        id: 'webex',
        vendor: 'in-memory',
        displayName: 'Display name of webex',
        status: 'complete',
        licensedUsers: known(2),
        ledgers: { licenses: { items: 2, verdict: 'complete' }, assignments: { items: 3, verdict: 'complete' } },
      },
    ])
    expect(providers[0]).not.toHaveProperty('error')
    expect(providers[0]?.ledgers).not.toHaveProperty('directory')
  })

  test('has the licenses in the order of the vendor, then those that are held but not defined, by id', async () => {
    const { licenses } = await report([
      organization('one', {
        licenses: [license('b'), license('a')],
        users: [user('ann', ['z', 'a', 'y'])],
      }),
    ])
    expect(licenses.map(({ id, name }) => [id, name])).toEqual([
      ['b', 'Name of b'],
      ['a', 'Name of a'],
      ['y', 'y'],
      ['z', 'z'],
    ])
    const reason = 'not among the license definitions'
    expect(licenses[2]).toMatchObject({
      metric: 'unknown',
      purchased: { kind: 'unknown', reason },
      consumed: { kind: 'unknown', reason },
      assigned: known(1),
      available: { kind: 'unknown', reason },
    })
  })

  test('has licenses of the same id in several providers apart', async () => {
    const { licenses } = await report([
      organization('one', { licenses: [license('seat')], users: [user('ann', ['seat'])] }),
      organization('two', { licenses: [license('seat')], users: [user('ann', ['seat']), user('bob', ['seat'])] }),
    ])
    expect(licenses.map(({ provider, assigned }) => [provider, assigned])).toEqual([
      ['one', known(1)],
      ['two', known(2)],
    ])
  })

  test('says when it was made by the clock that it was given', async () => {
    const { generatedAt } = await report([], { clock: stillRuntime('2026-11-20T10:00:00.000Z').clock })
    expect(generatedAt).toBe('2026-11-20T10:00:00.000Z')
  })

  test('is plain data that survives JSON', async () => {
    const made = await report([calling, organization('down', { onRequest: () => failure('down') })])
    expect(JSON.parse(JSON.stringify(made))).toEqual(made)
    expect(made.schemaVersion).toBe(1)
  })

  test('reads nothing before it is run, and reads again when it is run again', async () => {
    let requests = 0
    const onRequest = () => {
      requests++
      return undefined
    }
    const task = createLicenseReport()([organization('one', { onRequest })])
    expect(requests).toBe(0)
    await task()
    await task()
    expect(requests).toBe(4)
  })

  test('spares a provider that walks license by license a second listing of the licenses', async () => {
    const asked: unknown[] = []
    const walking: LicenseProvider = {
      ...calling,
      listUsers: (request) => {
        asked.push(request?.licenses?.map(({ id }) => id))
        return calling.listUsers(request)
      },
    }
    await report([walking])
    expect(asked).toEqual([['calling', 'free']])
  })
})

describe('a license report when something fails', () => {
  const down = organization('down', { onRequest: () => failure('down') })

  test('has the failure in place of the provider, never a zero, and all of the others', async () => {
    const { complete, providers, licenses } = await report([down, calling])
    expect(complete).toBe(false)
    expect(providers[0]).toMatchObject({
      status: 'failed',
      licensedUsers: { kind: 'unknown', reason: expect.stringContaining('the credentials may not do this') },
      error: { _tag: 'PermissionDenied', missing: ['seats:read'] },
    })
    expect(providers[0]?.licensedUsers).not.toHaveProperty('atLeast')
    expect(providers[1]?.status).toBe('complete')
    expect(licenses.map(({ provider }) => provider)).toEqual(['webex', 'webex'])
  })

  test('has the licenses when only the users cannot be listed; their holders are unknown', async () => {
    const { providers, licenses } = await report([
      organization('one', {
        licenses: [license('seat', { consumed: known(4) })],
        users: [user('ann', ['seat'])],
        onRequest: ({ operation }) => (operation === 'listUsers' ? failure('one') : undefined),
      }),
    ])
    expect(providers[0]).toMatchObject({ status: 'partial', licensedUsers: { kind: 'unknown' } })
    expect(providers[0]).not.toHaveProperty('error')
    expect(licenses[0]).toMatchObject({
      consumed: known(4),
      assigned: { kind: 'unknown' },
      available: { kind: 'unknown' },
      utilization: { kind: 'unknown' },
    })
  })

  test('has the users when only the licenses cannot be listed; they are known by their ids', async () => {
    const { providers, licenses } = await report([
      organization('one', {
        licenses: [license('seat')],
        users: [user('ann', ['seat'])],
        onRequest: ({ operation }) => (operation === 'listLicenses' ? failure('one') : undefined),
      }),
    ])
    expect(providers[0]).toMatchObject({ status: 'partial', licensedUsers: known(1) })
    expect(licenses).toMatchObject([
      {
        id: 'seat',
        name: 'seat',
        assigned: known(1),
        purchased: { kind: 'unknown', reason: expect.stringContaining('may not do this') },
      },
    ])
  })

  test('has what came before a list broke off, as what there is at least', async () => {
    const { providers, licenses } = await report([
      organization('one', {
        licenses: [license('seat'), license('late')],
        users: [user('ann', ['seat']), user('bob', ['seat']), user('carl', ['late'])],
        pageSize: 2,
        onRequest: ({ operation, continuation }) =>
          operation === 'listUsers' && continuation !== undefined ? failure('one') : undefined,
      }),
    ])
    expect(providers[0]).toMatchObject({ status: 'partial', licensedUsers: { kind: 'unknown', atLeast: 2 } })
    expect(licenses.map(({ assigned }) => assigned)).toMatchObject([
      { kind: 'unknown', atLeast: 2 },
      { kind: 'unknown' },
    ])
    expect(licenses[1]?.assigned).not.toHaveProperty('atLeast')
  })

  test('is partial if the list changed while it was read, and says so of every number counted from it', async () => {
    const { providers, licenses } = await report([
      organization('one', {
        licenses: [license('seat')],
        users: [user('ann', ['seat'])],
        onPage: ({ operation }, page) => (operation === 'listUsers' ? { ...page, total: 2 } : page),
      }),
    ])
    expect(providers[0]).toMatchObject({ status: 'partial', ledgers: { assignments: { verdict: 'mismatch' } } })
    expect(licenses[0]?.assigned).toEqual({
      kind: 'unknown',
      reason: 'the list of users changed while it was read',
      atLeast: 1,
    })
  })

  test('leaves every number known that a gap in the holders of one license cannot change', async () => {
    const gap = { what: 'holders of L1', reason: 'refused', licenseId: 'L1' }
    const { providers, licenses } = await report([
      organization('one', {
        licenses: [license('L1'), license('L2')],
        users: [user('ann', ['L1', 'L2'])],
        onPage: ({ operation }, page) => (operation === 'listUsers' ? { ...page, gaps: [gap] } : page),
      }),
    ])
    expect(providers[0]).toMatchObject({ status: 'partial', licensedUsers: { kind: 'unknown', atLeast: 1 } })
    expect(licenses.map(({ assigned }) => assigned)).toEqual([
      { kind: 'unknown', reason: 'the list of users lacks holders of L1: refused', atLeast: 1 },
      known(1),
    ])
  })

  test('makes every number unknown that a gap without a license could change, naming at most three gaps', async () => {
    const gaps = [1, 2, 3, 4, 5].map((page) => ({ what: `page ${page}`, reason: 'lost' }))
    const { licenses } = await report([
      organization('one', {
        licenses: [license('L1')],
        onPage: ({ operation }, page) => (operation === 'listUsers' ? { ...page, gaps } : page),
      }),
    ])
    expect(licenses[0]?.assigned).toEqual({
      kind: 'unknown',
      reason:
        'the list of users lacks page 1: lost; the list of users lacks page 2: lost; the list of users lacks page 3: lost; the list of users has 2 more gaps',
    })
  })

  test('is complete if a list omits users by its nature, but its numbers are unknown', async () => {
    const { complete, licenses, providers } = await report([
      organization('one', {
        licenses: [license('L1')],
        users: [user('ann', ['L1'])],
        omits: ['external holders are not listed'],
      }),
    ])
    expect(complete).toBe(true)
    const withGap = { kind: 'unknown', reason: 'external holders are not listed', atLeast: 1 }
    expect(licenses[0]?.assigned).toEqual(withGap)
    expect(providers[0]?.licensedUsers).toEqual(withGap)
  })

  describe('if no list names some holders of one license', () => {
    const omits = ['phones of common areas are not listed', 'holders by way of a group are not listed']
    const reason = omits.join('; ')
    const phones = (more: Partial<License>, others: Partial<License> = {}) =>
      organization('one', {
        licenses: [license('phone', { omits, ...more }), license('base', others)],
        users: [user('ann', ['phone', 'base']), user('bob', ['base'])],
        workspaces: [],
      })

    test('is complete, and the holders of that license alone are unknown, with a lower bound', async () => {
      const { complete, licenses } = await report([phones({})])
      expect(complete).toBe(true)
      expect(licenses.map(({ assigned }) => assigned)).toEqual([unknown(reason, 1), known(2)])
    })

    test('does not count people exactly, as users may hold nothing else', async () => {
      const { people, providers } = await report([phones({})])
      expect(providers[0]?.licensedUsers).toEqual(unknown(reason, 2))
      expect(people.total).toEqual(unknown(`one: ${reason}`, 2))
    })

    test('counts people exactly if the license requires another one, whose holders are all listed', async () => {
      const { providers, people } = await report([phones({ requires: ['base'] })])
      expect([providers[0]?.licensedUsers, people.total]).toEqual([known(2), known(2)])
      const both = await report([phones({ requires: ['base'] }, { omits: ['guests are not listed'] })])
      expect(both.providers[0]?.licensedUsers).toEqual(unknown(`${reason}; guests are not listed`, 2))
    })

    test('counts people exactly if rooms and devices alone are not listed', async () => {
      const { licenses, providers } = await report([phones({ holders: 'notTold' })])
      expect(licenses[0]).toMatchObject({ assigned: unknown(reason, 1), assignedUsers: known(1) })
      expect(providers[0]?.licensedUsers).toEqual(known(2))
    })

    test('groups by license with that license alone unknown', async () => {
      const { groups } = await report([phones({})], { groupBy: 'license' })
      expect(JSON.stringify(groups?.rows.find(({ name }) => name === 'Name of base'))).not.toContain('common areas')
      expect(JSON.stringify(groups?.rows.find(({ name }) => name === 'Name of phone'))).toContain('common areas')
    })

    test('takes what is no list of texts for nothing', async () => {
      const { licenses } = await report([phones({ omits: 'guests' as never })])
      expect(licenses[0]?.assigned).toEqual(known(1))
    })
  })

  const failing = () => {
    throw new TypeError('no pages: password=s3cret')
  }
  test.each<[string, Partial<LicenseProvider>]>([
    ['throws when it is asked for its users', { listUsers: failing }],
    ['throws while its users are read', { listUsers: () => ({ ...calling.listUsers(), pages: failing }) }],
    [
      'delivers users without licenses of any kind',
      { listUsers: () => organization('webex', { users: [{ id: 's3cret' } as never] }).listUsers() },
    ],
  ])('survives a provider that %s in spite of the contract', async (how, broken) => {
    const { providers, licenses } = await report([{ ...calling, ...broken }, organization('other')])
    expect(providers.map(({ status }) => status)).toEqual(['partial', 'complete'])
    expect(licenses[0]).toMatchObject({ consumed: known(3), assigned: { kind: 'unknown' } })
    expect(JSON.stringify(providers)).not.toContain('s3cret')
    if (how.startsWith('throws')) {
      expect(providers[0]?.ledgers.assignments.gaps[0]?.error).toMatchObject({
        operation: 'listUsers',
        message: 'the provider broke its contract: TypeError: no pages: password=***',
      })
    }
  })

  test('keeps the failure that a provider throws where it throws the right kind', async () => {
    const thrower: LicenseProvider = {
      ...calling,
      listLicenses: () => {
        throw new LicenseException(failure('webex'))
      },
      listUsers: () => {
        throw new LicenseException(failure('webex'))
      },
    }
    const { providers } = await report([thrower])
    expect(providers[0]).toMatchObject({ status: 'failed', error: { _tag: 'PermissionDenied' } })
  })
})

describe('the progress of a license report', () => {
  test('is told after every page, with the account so far', async () => {
    const told: ReportProgress[] = []
    const users = [user('a', []), user('b', []), user('c', [])]
    await report([organization('one', { licenses: [license('L1')], users, pageSize: 2 })], {
      onProgress: (progress) => told.push(progress),
    })
    expect(told.map(({ provider, list, ledger }) => [provider, list, ledger.items])).toEqual([
      ['one', 'licenses', 1],
      ['one', 'users', 2],
      ['one', 'users', 3],
    ])
  })

  test('says when the reading of a provider begins, and how it went', async () => {
    const told: ProviderProgress[] = []
    const refused = failure('webex')
    const refusing = organization('webex', { onRequest: () => refused })
    await report([organization('one', { licenses: [license('L1')], users: [user('a', ['L1'])] }), refusing], {
      onProvider: (progress) => told.push(progress),
    })
    expect(told.filter(({ provider }) => provider === 'one')).toEqual([
      { provider: 'one', state: 'reading' },
      { provider: 'one', state: 'read', status: 'complete', licensedUsers: known(1) },
    ])
    expect(told.filter(({ provider }) => provider === 'webex')).toMatchObject([
      { state: 'reading' },
      { state: 'read', status: 'failed', licensedUsers: { kind: 'unknown' }, error: refused },
    ])
  })

  test('is made although onProgress throws', async () => {
    const onProgress = () => {
      throw new Error('the terminal is gone')
    }
    expect((await report([calling], { onProgress })).complete).toBe(true)
  })
})

describe('the bounds of a license report', () => {
  const never = () => new Promise<never>(() => {})

  test('stop every provider when the caller does, and what came is there', async () => {
    const controller = new AbortController()
    const slow = organization('slow', {
      licenses: [license('L1')],
      onRequest: ({ operation }) => {
        if (operation !== 'listUsers') return undefined
        controller.abort()
        return never()
      },
    })
    const { complete, providers, licenses } = await report([slow], { signal: controller.signal })
    expect(complete).toBe(false)
    expect(providers[0]?.status).toBe('partial')
    expect(providers[0]?.ledgers.assignments.gaps).toMatchObject([{ error: { _tag: 'Aborted' } }])
    expect(licenses).toMatchObject([{ id: 'L1', assigned: { kind: 'unknown' } }])
  })

  test('stop before anything is asked for where the caller has stopped already', async () => {
    const { providers } = await report([calling], { signal: AbortSignal.abort() })
    expect(providers[0]).toMatchObject({ status: 'failed', error: { _tag: 'Aborted' } })
  })

  test('are one deadline for all the lists of a provider', async () => {
    timersThatStandStill()
    const runtime = stillRuntime()
    const slow = organization('slow', {
      clock: { now: runtime.clock.now, sleep: never },
      licenses: [license('L1')],
      users: [user('ann', ['L1']), user('bob', ['L1'])],
      pageSize: 1,
      onRequest: () => {
        runtime.advance(600)
        return undefined
      },
    })
    const { providers, licenses } = await report([slow], { clock: runtime.clock, deadlineMs: 1_000 })
    expect(providers[0]).toMatchObject({
      status: 'partial',
      ledgers: {
        licenses: { verdict: 'complete' },
        assignments: { items: 1, gaps: [{ error: { _tag: 'DeadlineExceeded' } }] },
      },
    })
    expect(licenses[0]?.assigned).toMatchObject({ kind: 'unknown', atLeast: 1 })
  })

  test('end a provider that never answers at the deadline, and leave the other whole', async () => {
    const pass = timersThatStandStill()
    let answered = 0
    const answering = organization('answers', { onRequest: () => void answered++ })
    const made = createLicenseReport({ deadlineMs: 40 })([organization('hangs', { onRequest: never }), answering])()
    await untilSo(() => answered === 2)
    await pass(40)
    const { providers } = await made
    expect(providers).toMatchObject([{ status: 'failed', error: { _tag: 'DeadlineExceeded' } }, { status: 'complete' }])
  })
})
