import { describe, expect, test } from 'vitest'
import {
  applyPlan,
  createLicenseReport,
  createPlan,
  findUsers,
  type LicenseProvider,
  listHolders,
  providerWith,
  type RequestOptions,
  takeSnapshot,
  toReadonlyArray,
} from '../../src/index.ts'
import { assign, keptJournal, organization, planFor, remove } from '../plan/organization.ts'
import { timersThatStandStill } from '../timers-that-stand-still.ts'

let onSilence = () => {}
const never = () => {
  onSilence()
  return new Promise<never>(() => {})
}

const ended: string[] = []
/** An iteration that answers nothing, and is not stopped by what it is told. */
const silence = <A>(what: string): AsyncIterable<A> => ({
  [Symbol.asyncIterator]: () => ({
    next: never,
    return: () => {
      ended.push(what)
      return never()
    },
  }),
})
const silentList = (what: string) => ({ pages: () => silence<never>(what), ...silence<never>(what) })

const silent = (...what: readonly (keyof LicenseProvider)[]): LicenseProvider => {
  const all: Partial<LicenseProvider> = {
    listLicenses: () => silentList('listLicenses'),
    listUsers: () => silentList('listUsers'),
    listHolders: () => silentList('listHolders'),
    getLicense: () => never,
    getUser: () => never,
    findUsers: () => never,
    changeAssignments: () => silence('changeAssignments'),
  }
  const parts = Object.fromEntries(what.map((name) => [name, all[name]]))
  return providerWith(organization({ id: 'silent' }), parts)
}

/** What a call comes to within five seconds after its end. Where it goes on, the test times out. */
const outcomeOf = async <A>(call: (bounds: RequestOptions) => Promise<A>, how: 'deadline' | 'signal'): Promise<A> => {
  ended.length = 0
  const pass = timersThatStandStill()
  const controller = new AbortController()
  const silent = new Promise<void>((resolve) => {
    onSilence = resolve
  })
  const outcome = call(how === 'deadline' ? { deadlineMs: 300 } : { signal: controller.signal })
  await silent
  await pass(300)
  if (how === 'signal') controller.abort()
  for (let waitedMs = 0; waitedMs < 5_000; waitedMs += 100) await pass(100)
  return outcome
}

describe.each([
  { how: 'deadline', tag: 'DeadlineExceeded' },
  { how: 'signal', tag: 'Aborted' },
] as const)('a provider that does not answer holds nothing up beyond the caller’s $how', ({ how, tag }) => {
  const message = expect.stringContaining('the provider did not answer')
  const error = { _tag: tag, provider: 'silent', message }

  test.each([
    { list: 'listLicenses', status: 'failed' },
    { list: 'listUsers', status: 'partial' },
  ] as const)('a report has all other providers, when $list is silent', async ({ list, status }) => {
    const providers = [organization({ id: 'good' }), silent(list)]
    const report = await outcomeOf((bounds) => createLicenseReport(bounds)(providers)(), how)
    expect(report.providers[0]).toMatchObject({ id: 'good', status: 'complete', licensedUsers: { value: 2 } })
    expect(report.providers[1]).toMatchObject({ id: 'silent', status, licensedUsers: { kind: 'unknown' } })
    expect(report.providers[1]?.ledgers[list === 'listUsers' ? 'assignments' : 'licenses'].gaps).toMatchObject([
      { error },
    ])
    expect(ended).toEqual([list])
  })

  test('a report has its failure, when all of it is silent', async () => {
    const providers = [silent('listLicenses', 'listUsers'), organization({ id: 'good' })]
    const report = await outcomeOf((bounds) => createLicenseReport({ ...bounds, verify: true })(providers)(), how)
    expect(report.providers).toMatchObject([{ status: 'failed', error }, { status: 'complete' }])
  })

  test('a snapshot is taken of what answered', async () => {
    const providers = [silent('listUsers'), organization({ id: 'good' })]
    const taken = await outcomeOf((bounds) => takeSnapshot(providers, bounds)(), how)
    expect(taken).toMatchObject({ right: { manifest: { providers: [{ users: { error } }, { status: 'complete' }] } } })
  })

  test.each(['listLicenses', 'listUsers', 'findUsers'] as const)('no plan is made, when %s is silent', async (what) => {
    const made = await outcomeOf(
      (bounds) => createPlan(silent(what), [assign('pro', 'ada@example.com')], bounds)(),
      how,
    )
    expect(made).toMatchObject({ left: { _tag: 'Unreadable', provider: 'silent', error } })
  })

  test('users and holders are not waited for', async () => {
    const users = [{ id: 'ada' }, { id: 'bob' }]
    const { findUsers: _, ...oneByOne } = silent('getUser')
    const { listHolders: __, ...picked } = silent('listUsers')
    const holders = (provider: LicenseProvider) => (bounds: RequestOptions) =>
      toReadonlyArray(listHolders(provider, 'pro', bounds))()
    expect(await outcomeOf((bounds) => findUsers(silent('findUsers'), users, bounds)(), how)).toMatchObject({
      left: error,
    })
    expect(await outcomeOf((bounds) => findUsers(oneByOne, users, bounds)(), how)).toMatchObject({ left: error })
    expect(await outcomeOf(holders(silent('listHolders')), how)).toMatchObject({ left: error })
    expect(await outcomeOf(holders(picked), how)).toMatchObject({ left: error })
  })

  test('an applied plan: what was announced is unknown, nothing else is sent, and the plan can be applied again', async () => {
    const good = organization({ id: 'silent' })
    const plan = await planFor(good, [remove('pro', 'bob'), assign('pro', 'ada')])
    let announceLate = async () => {}
    const provider = providerWith(good, {
      changeAssignments: (changes, request) => {
        announceLate = async () => request?.beforeSending?.(changes, [])
        const announced = announceLate()
        return { [Symbol.asyncIterator]: () => ({ next: () => announced.then(never) }) }
      },
    })
    const journal = keptJournal()
    const applied = await outcomeOf((bounds) => applyPlan(plan, provider, { journal, ...bounds })(), how)
    expect(applied).toMatchObject({
      right: {
        complete: false,
        verified: false,
        counts: { unknown: 1, notSent: 1 },
        changes: [{ result: 'unknown', reason: error }, { result: 'notSent' }],
      },
    })
    expect(journal.entries.map(({ entry }) => entry)).toEqual(['begin', 'sending', 'outcome', 'end'])
    await expect(announceLate()).rejects.toThrow('the provider did not answer')
    expect(await applyPlan(plan, good, { journal: keptJournal() })()).toMatchObject({
      right: { counts: { applied: 2 } },
    })
  })
})

test('a provider that obeys gives its own error', async () => {
  const provider = organization({ id: 'slow', onRequest: () => never() })
  const report = await outcomeOf((bounds) => createLicenseReport(bounds)([provider])(), 'deadline')
  expect(report.providers).toMatchObject([{ error: { message: 'the deadline has passed' } }])
})

test('a list that hardly ends is left three seconds after the deadline, however quickly its pages come', async () => {
  timersThatStandStill()
  let now = 0
  const clock = { now: () => now, sleep: async () => {} }
  const ledger = { pages: 1, items: 0, repeated: 0, undecodable: 0, gaps: [], omits: [], verdict: 'partial' as const }
  const pages = async function* () {
    for (let page = 0; page < 1_000; page++) {
      now += 100
      yield { _tag: 'Right' as const, right: { items: [], ledger } }
    }
  }
  const provider = providerWith(organization(), { listUsers: () => ({ pages, ...silence<never>('items') }) })
  const report = await createLicenseReport({ clock, deadlineMs: 1_000 })([provider])()
  expect(report.providers[0]?.ledgers.assignments.gaps).toMatchObject([{ error: { _tag: 'DeadlineExceeded' } }])
  expect(now).toBeLessThan(5_000)
})

test('a provider that answers late is heard where the caller gave neither signal nor deadline', async () => {
  const good = organization()
  const provider = providerWith(good, {
    findUsers: (users) => async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return findUsers(good, users)()
    },
  })
  expect(await findUsers(provider, [{ id: 'ada' }])()).toMatchObject({ right: [{ kind: 'found' }] })
})
