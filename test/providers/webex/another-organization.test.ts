import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  createWebexClient,
  createWebexProvider,
  type WebexConfig,
  type WebexUserSource,
} from '../../../providers/webex/index.ts'
import {
  startWebexSimulator,
  type WebexPersonWithLicenses,
  type WebexSimulator,
  type WebexWorld,
  webexLicenseId,
} from '../../../providers/webex/simulator/index.ts'
import { createLicenseReport } from '../../../src/index.ts'
import { applyPlan, applyUndo, createPlan, createUndo, failureLines, type Plan } from '../../../src/plan/index.ts'
import { planSeal } from '../../../src/plan/plan-seal.ts'
import {
  type AssignmentOutcome,
  findUsers,
  isWhole,
  type LicenseProvider,
  listHolders,
  type Paged,
  toPromise,
} from '../../../src/provider-kit/index.ts'
import type { Answer, SimulatedRequest } from '../../../src/simulator-kit/index.ts'
import { hastyClock } from '../../../src/testing/index.ts'
import { stateOf } from '../../plan/journal-text.ts'
import { assign, keptJournal, planFor, remove, swap } from '../../plan/organization.ts'
import { failureOf, readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { hydraId } from './webex-at-http.ts'

/** The partner's own organization, which the token is of, and the customer's, which the provider is bound to. */
const partner = 'b0000000-0000-4000-8000-00000000000b'
const customer = 'a0000000-0000-4000-8000-00000000000a'

const licenseOf = (organizationUuid: string, offerCode: string) =>
  webexLicenseId({ organizationUuid, offerCode, uuid: `${offerCode}-1` })
const personId = (name: string) => hydraId('PEOPLE', name)

const ours = licenseOf(customer, 'MS')
const alsoOurs = licenseOf(customer, 'EE')
const theirs = licenseOf(partner, 'MS')

const person = (name: string, licenses: readonly string[], type?: 'EXTERNAL'): WebexPersonWithLicenses => ({
  id: personId(name),
  email: `${name}@example.com`,
  displayName: name,
  licenses,
  ...(type === undefined ? {} : { type }),
})

const worldOf = (uuid: string, people: readonly WebexPersonWithLicenses[], codes: readonly string[]): WebexWorld => ({
  organization: { uuid, name: uuid },
  licenses: codes.map((code) => ({
    id: licenseOf(uuid, code),
    name: `${code} of ${uuid}`,
    totalUnits: 10,
    subscriptionId: 'Sub1',
  })),
  people,
})

/** The consultant is one of the partner's people, and holds a license of the customer's too. */
const customers = worldOf(
  customer,
  [
    ...['ann', 'ben', 'cem', 'dee'].map((name) => person(name, [ours])),
    person('consultant', [ours, alsoOurs], 'EXTERNAL'),
  ],
  ['MS', 'EE'],
)
const partners = worldOf(
  partner,
  [...['xia', 'yan', 'zoe'].map((name) => person(name, [theirs])), person('consultant', [theirs])],
  ['MS'],
)
const ourNames = ['ann', 'ben', 'cem', 'consultant', 'dee']

let simulator: WebexSimulator
beforeEach(async () => {
  simulator = await startWebexSimulator({ world: partners, managed: [{ world: customers }] })
})
afterEach(() => simulator.destroy())

const provider = (source: WebexUserSource = 'licenses', more: Partial<WebexConfig> = {}): LicenseProvider =>
  createWebexProvider(
    { ...simulator.configuration, orgId: customer, userSource: source, ...more } as WebexConfig,
    stillRuntime(),
  )

const small = { pageSize: 2 }

/** The lists of a provider that name people, or licenses; the vendor gives two rows on a page. */
const lists: Readonly<
  Record<
    string,
    (request?: { pageSize?: number; continuation?: string }) => Paged<{ readonly displayName?: string | undefined }>
  >
> = {
  'listUsers by people': (request) => provider('people', small).listUsers(request),
  'listUsers by licenses': (request) => provider('licenses', small).listUsers(request),
  listHolders: (request) => listHolders(provider('licenses', small), ours, request),
}

/** Everything that a list shows, whatever it shows it in, and whether it claims to be all. */
const seenIn = async (list: Paged<unknown>) => {
  const { value, ledger, error } = await readList(list)
  const tags = [error?._tag, ...ledger.gaps.map((gap) => gap.error?._tag)].filter((tag) => tag !== undefined)
  return { text: JSON.stringify(value), isWhole: error === undefined && isWhole(ledger), tags, ledger, error }
}

const theirData = [theirs, partner, ...['xia', 'yan', 'zoe'].flatMap((name) => [personId(name), `${name}@`])]
const mustNotShowTheirs = (text: string) => {
  for (const datum of theirData) expect(text).not.toContain(datum)
}
/** What was asked of the partner's organization, whose people and licenses have paths and ids of their own. */
const askedOfTheirs = () =>
  simulator.requests.list().filter(({ path, query }) => {
    const orgId = query.get('orgId')
    const isListed = path === '/v1/people' || path === '/v1/licenses'
    return decodeURIComponent(path).includes(theirs) || (isListed && orgId !== customer)
  })

const rewrite = (path: string, change: (answer: Answer, request: SimulatedRequest) => Answer, times?: number) =>
  simulator.faults.add({
    match: { path, method: 'GET', ...(times === undefined ? {} : { times }) },
    effect: { kind: 'rewrite', rewrite: change },
  })
const withLink = (change: (next: URL) => string) => (answer: Answer) => {
  const next = /<([^>]*)>/.exec(answer.headers.link ?? '')?.[1]
  return next === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, link: `<${change(new URL(next))}>; rel="next"` } }
}
const withItems = (extra: readonly unknown[]) => (answer: Answer) => {
  const { items, ...body }: { readonly items: readonly unknown[] } = JSON.parse(answer.body)
  return { ...answer, body: JSON.stringify({ ...body, items: [...items, ...extra] }) }
}

/** The pages that a list is asked for, one after the other, by continuations. */
const continuationsOf = async (list: Paged<unknown>): Promise<readonly string[]> => {
  const continuations: string[] = []
  for await (const page of list.pages()) {
    if (E.isRight(page) && page.right.continuation !== undefined) continuations.push(page.right.continuation)
  }
  return continuations
}

describe('a provider that is bound to one organization', () => {
  test.each(Object.keys(lists))('shows all of it and nothing else in %s', async (name) => {
    const { text, isWhole: all } = await seenIn(lists[name]?.(small) ?? expect.fail())
    expect(all).toBe(true)
    for (const one of ourNames) if (!name.includes('people') || one !== 'consultant') expect(text).toContain(one)
    mustNotShowTheirs(text)
    expect(askedOfTheirs()).toEqual([])
  })

  test.each([
    customer,
    customer.toUpperCase(),
    hydraId('ORGANIZATION', customer),
    `${hydraId('ORGANIZATION', customer)}=`,
  ])('knows its licenses where it is configured as %s', async (orgId) => {
    const { value, ledger } = await readList(provider('licenses', { orgId }).listLicenses())
    expect(value.map(({ id }) => id)).toEqual([ours, alsoOurs])
    expect(ledger.verdict).toBe('unverifiable')
    expect(await toPromise(provider('licenses', { orgId }).getLicense(ours))).toMatchObject({ id: ours })
    expect((await failureOf(provider('licenses', { orgId }).getLicense(theirs)))._tag).toBe('RequestRejected')
  })
})

describe('a continuation', () => {
  test.each(Object.keys(lists))('of %s has no address and no organization in it', async (name) => {
    for (const continuation of await continuationsOf(lists[name]?.(small) ?? expect.fail())) {
      expect(continuation).not.toContain('://')
      expect(continuation).not.toContain('orgId')
      expect(continuation).not.toContain(customer)
    }
  })

  const foreign = () => [
    `${simulator.url}/v1/people?orgId=${partner}`,
    `${simulator.url}/v1/people?max=2`,
    `${simulator.url}/v1/licenses?orgId=${partner}`,
    `${simulator.url}/v1/licenses/${theirs}?includeAssignedTo=user`,
    `people?orgId=${partner}`,
    `people?orgId=${partner}&max=2`,
    `people?max=2&after=Zg&orgId=${partner}`,
    `people?max=2&after=Zg&ORGID=${partner}`,
    `people?max=2&after=Zg&orgId=${customer}&orgId=${partner}`,
    `people?after=Zg&email=xia%40example.com`,
    `licenses?page=2&orgId=${partner}`,
    `holders/${encodeURIComponent(theirs)}?next=Zg`,
    `holders/${encodeURIComponent(ours)}?next=Zg&includeAssignedTo=workspace`,
    `holders/${encodeURIComponent(ours)}?next=Zg&orgId=${partner}`,
  ]

  test.each([...Object.keys(lists), 'listLicenses'])('of another organization leads %s nowhere', async (name) => {
    for (const continuation of foreign()) {
      const list = lists[name]?.({ ...small, continuation }) ?? provider().listLicenses({ continuation })
      const { text, error } = await seenIn(list)
      expect(['Untrusted', 'RequestRejected', 'Unsupported']).toContain(error?._tag)
      expect(text).toBe('[]')
    }
    expect(simulator.requests.count()).toBe(0)
  })

  test('of one provider of a partner shows another one its own people at the most', async () => {
    const own = createWebexProvider(
      { ...simulator.configuration, ...small, orgId: partner, userSource: 'people' },
      stillRuntime(),
    )
    const continuations = await continuationsOf(own.listUsers({ pageSize: 1 }))
    expect(continuations).not.toEqual([])
    simulator.requests.clear()
    for (const continuation of continuations) {
      mustNotShowTheirs((await seenIn(provider('people', small).listUsers({ pageSize: 1, continuation }))).text)
    }
    expect(askedOfTheirs()).toEqual([])
  })

  test('of the holders of one license does not go on with those of another', async () => {
    for (const vendors of [provider('licenses', small), provider()]) {
      const [continuation] = await continuationsOf(listHolders(vendors, ours, small))
      expect(continuation).toBeDefined()
      const { error } = await seenIn(listHolders(vendors, alsoOurs, { ...small, continuation }))
      expect(error?._tag).toBe('RequestRejected')
    }
  })
})

describe('a next link', () => {
  const pathOf = (name: string) => (name.includes('people') ? '/v1/people' : `/v1/licenses/${ours}`)
  const setting = (parameter: string, value: string) => (next: URL) => {
    next.searchParams.set(parameter, value)
    return next.href
  }
  const without =
    (...parameters: readonly string[]) =>
    (next: URL) => {
      for (const parameter of parameters) next.searchParams.delete(parameter)
      return next.href
    }

  describe.each(Object.keys(lists))('of %s', (name) => {
    const read = () => seenIn(lists[name]?.(small) ?? expect.fail())

    test.each([
      ['names another organization', setting('orgId', partner)],
      ['names another organization by its other name', setting('orgId', hydraId('ORGANIZATION', partner))],
      ['names another organization in another case', setting('ORGID', partner)],
      ['names two organizations', (next: URL) => `${next.href}&orgId=${customer}&orgId=${partner}`],
      ['leads to another license', (next: URL) => next.href.replace(next.pathname, `/v1/licenses/${theirs}`)],
      ['leads to another list', (next: URL) => next.href.replace(next.pathname, '/v1/organizations')],
      ['asks for something else', setting(name.includes('people') ? 'email' : 'includeAssignedTo', 'xia@example.com')],
    ])('that %s is Untrusted and not followed', async (_, change) => {
      rewrite(pathOf(name), withLink(change))
      const { text, isWhole: all, tags } = await read()
      expect(all).toBe(false)
      expect(tags).toContain('Untrusted')
      mustNotShowTheirs(text)
      expect(askedOfTheirs()).toEqual([])
    })

    test.each([
      ['has lost the organization', without('orgId')],
      ['has null for the organization', setting('orgId', 'null')],
      ['names the organization by its other name', setting('orgId', hydraId('ORGANIZATION', customer))],
      ['has lost the page size', without('max', 'limit')],
      ['has lost what is included', without('includeAssignedTo')],
    ])('that %s is followed with what it has lost', async (_, change) => {
      rewrite(pathOf(name), withLink(change))
      const { text, isWhole: all } = await read()
      expect(all).toBe(true)
      expect(text).toContain('dee')
      mustNotShowTheirs(text)
      expect(askedOfTheirs()).toEqual([])
    })
  })

  test('that names an organization is not followed where none is configured, as there is nothing to compare it with', async () => {
    rewrite('/v1/people', withLink(setting('orgId', customer)))
    const unbound = createWebexProvider({ ...simulator.configuration, ...small, userSource: 'people' }, stillRuntime())
    const { tags } = await seenIn(unbound.listUsers())
    expect(tags).toEqual(['Untrusted', 'Untrusted'])
    expect(simulator.requests.list({ path: '/v1/people' })).toHaveLength(1)
  })

  test('of the licenses that names another organization is Untrusted', async () => {
    rewrite('/v1/licenses', (answer) => ({
      ...answer,
      headers: { ...answer.headers, link: `<${simulator.url}/v1/licenses?orgId=${partner}&page=2>; rel="next"` },
    }))
    const { tags, text } = await seenIn(provider().listLicenses())
    expect(tags).toContain('Untrusted')
    mustNotShowTheirs(text)
    expect(askedOfTheirs()).toEqual([])
  })
})

describe('an id of another organization', () => {
  test('of a license is refused before anything is asked for', async () => {
    expect(await failureOf(provider().getLicense(theirs))).toMatchObject({
      _tag: 'RequestRejected',
      message: expect.stringContaining('orgId'),
    })
    expect((await seenIn(listHolders(provider(), theirs))).error?._tag).toBe('RequestRejected')
    expect(simulator.requests.count()).toBe(0)
  })

  test('of a license among those that users are listed for costs that license and no other', async () => {
    const licenses = [ours, theirs].map((id) => ({ ...own, id, name: id }))
    const { text, ledger } = await seenIn(provider().listUsers({ licenses }))
    expect(text).toContain('ann')
    mustNotShowTheirs(text)
    expect(ledger.gaps).toMatchObject([{ licenseId: theirs, error: { _tag: 'RequestRejected' } }])
    expect(askedOfTheirs()).toEqual([])
  })

  test.each(['licenses', 'people'] as const)('of a person is not found here, by route %s', async (source) => {
    expect((await failureOf(provider(source).getUser({ id: personId('xia') })))._tag).toBe('NotFound')
    expect((await failureOf(provider(source).getUser({ email: 'xia@example.com' })))._tag).toBe('NotFound')
    const references = [{ id: personId('xia') }, { email: 'yan@example.com' }]
    expect(await toPromise(findUsers(provider(source), references))).toEqual([
      { kind: 'notFound' },
      { kind: 'notFound' },
    ])
  })

  test.each([{ id: personId('consultant') }, { email: 'consultant@example.com' }])(
    'of a person who holds licenses here tells what the holders of these licenses tell: %j',
    async (reference) => {
      const found = await toPromise(provider().getUser(reference))
      expect(found).toMatchObject({ kind: 'external', licenseIds: [ours, alsoOurs] })
      expect(await toPromise(findUsers(provider(), [reference]))).toMatchObject([
        { kind: 'found', user: { licenseIds: [ours, alsoOurs] } },
      ])
    },
  )
})

const own = {
  provider: 'webex',
  metric: 'named' as const,
  purchased: { kind: 'notApplicable' as const },
  consumed: { kind: 'notApplicable' as const },
  includes: [],
  requires: [],
}

describe('a record of another organization', () => {
  const theirPerson = {
    id: personId('xia'),
    emails: ['xia@example.com'],
    licenses: [theirs],
    orgId: hydraId('ORGANIZATION', partner),
  }

  test('among the people is a gap, and not shown', async () => {
    rewrite('/v1/people', withItems([theirPerson]), 1)
    const { text, ledger, isWhole: all } = await seenIn(provider('people').listUsers())
    expect(all).toBe(false)
    mustNotShowTheirs(text)
    mustNotShowTheirs(JSON.stringify(ledger))
    expect(ledger.gaps).toMatchObject([{ what: '1 record of a page of the people' }])
  })

  describe('is of our own person, and one license in it is not', () => {
    const theirConsole = licenseOf(partner, 'EE')
    const mixed = {
      id: personId('ann'),
      emails: ['ann@example.com'],
      orgId: hydraId('ORGANIZATION', customer),
      loginEnabled: true,
      licenses: [ours, `${theirs},${theirConsole}`],
    }
    const mustNotShowEither = (shown: unknown) => {
      const text = JSON.stringify(shown)
      mustNotShowTheirs(text)
      expect(text).not.toContain(theirConsole)
    }

    test('the license is left out of the people, and that is a gap of no license of ours', async () => {
      rewrite('/v1/people', (answer) => ({ ...answer, body: JSON.stringify({ items: [mixed] }) }))
      const { value, ledger } = await readList(provider('people').listUsers({ includeRaw: true }))
      expect(value).toMatchObject([{ id: mixed.id, licenseIds: [ours] }])
      mustNotShowEither([value, ledger])
      expect(ledger.gaps).toMatchObject([
        {
          what: 'licenses of 1 person on a page of the people',
          licenseId: '',
          reason: expect.stringContaining('orgId'),
        },
      ])
    })

    test('a report counts what is ours, and has no row for the license', async () => {
      rewrite('/v1/people', (answer) => ({ ...answer, body: JSON.stringify({ items: [mixed] }) }))
      const report = await createLicenseReport({ detail: true, findings: {} })([provider('people')])()
      expect(report.licenses.map(({ id }) => id)).toEqual([ours, alsoOurs])
      expect(report).toMatchObject({ complete: false, licenses: [{ assigned: { atLeast: 1 } }, {}] })
      mustNotShowEither(report)
    })

    test.each([{ id: mixed.id }, { email: 'ann@example.com' }])('the license is not shown of %j', async (reference) => {
      rewrite('/v1/people/:id', (answer) => ({ ...answer, body: JSON.stringify(mixed) }))
      rewrite('/v1/people', (answer) => ({ ...answer, body: JSON.stringify({ items: [mixed] }) }))
      expect(await toPromise(provider().getUser(reference))).toMatchObject({ licenseIds: [ours] })
      mustNotShowEither(await toPromise(findUsers(provider(), [reference])))
    })

    test('the license is not shown in the answer to a change', async () => {
      simulator.faults.add({
        match: { method: 'PATCH' },
        effect: {
          kind: 'rewrite',
          rewrite: (answer) => ({
            ...answer,
            body: JSON.stringify({
              ...JSON.parse(answer.body),
              licenses: [ours, alsoOurs, theirs],
              pendingLicenses: [theirs],
            }),
          }),
        },
      })
      const client = createWebexClient({ ...simulator.configuration, orgId: customer } as WebexConfig, stillRuntime())
      const answer = await toPromise(
        client.assignLicenses({ personId: personId('ann'), licenses: [{ id: alsoOurs, operation: 'add' }] }),
      )
      expect(answer).toMatchObject({ licenses: [ours, alsoOurs], pendingLicenses: [] })
    })
  })

  test('among the licenses is a gap, and neither shown nor walked', async () => {
    rewrite('/v1/licenses', withItems([{ id: theirs, name: 'Theirs' }]))
    const { text, ledger } = await seenIn(provider().listLicenses())
    mustNotShowTheirs(text)
    expect(ledger).toMatchObject({ items: 2, verdict: 'partial', gaps: [{ what: '1 record of the licenses' }] })
    mustNotShowTheirs((await seenIn(provider().listUsers())).text)
    expect(askedOfTheirs()).toEqual([])
  })

  test('in place of all licenses, as where the organization is left out of account, is no list without licenses', async () => {
    rewrite('/v1/licenses', (answer) => ({ ...answer, body: JSON.stringify({ items: [{ id: theirs }] }) }))
    expect((await seenIn(provider().listLicenses())).isWhole).toBe(false)
    expect((await seenIn(provider().listUsers())).isWhole).toBe(false)
  })

  test('in place of a license or its holders is Untrusted', async () => {
    const record = { id: theirs, name: 'Theirs', users: [{ id: personId('xia'), email: 'xia@example.com' }] }
    rewrite('/v1/licenses/:id', (answer) => ({ ...answer, status: 200, body: JSON.stringify(record) }))
    for (const id of [ours, 'MS-1']) {
      expect((await failureOf(provider().getLicense(id)))._tag).toBe('Untrusted')
      const { text, error } = await seenIn(listHolders(provider(), id))
      expect(error?._tag).toBe('Untrusted')
      expect(text).toBe('[]')
    }
  })

  test('of another license of the same organization in place of the one that was asked for is Untrusted too', async () => {
    rewrite('/v1/licenses/:id', (answer) => ({ ...answer, body: JSON.stringify({ id: alsoOurs, users: [] }) }))
    expect((await failureOf(provider().getLicense(ours)))._tag).toBe('Untrusted')
    expect((await seenIn(listHolders(provider(), ours))).error?._tag).toBe('Untrusted')
  })

  test('is refused in the answer to a change, of which it is not known what it did', async () => {
    simulator.faults.add({
      match: { method: 'PATCH' },
      effect: {
        kind: 'rewrite',
        rewrite: (answer) => {
          const body: Readonly<Record<string, unknown>> = JSON.parse(answer.body)
          return { ...answer, body: JSON.stringify({ ...body, orgId: hydraId('ORGANIZATION', partner) }) }
        },
      },
    })
    expect(await outcomesOf(provider(), 'assign', personId('consultant'), [alsoOurs])).toMatchObject([
      { result: 'unknown', reason: { _tag: 'Untrusted' } },
    ])
  })
})

const outcomesOf = async (
  { changeAssignments }: LicenseProvider,
  action: 'assign' | 'remove',
  userId: string,
  licenseIds: readonly string[],
) => {
  const changes = licenseIds.map((licenseId) => ({ action, userId, licenseId }))
  const outcomes: AssignmentOutcome[] = []
  for await (const outcome of changeAssignments?.(changes) ?? []) outcomes.push(outcome)
  return outcomes
}

describe('changing', () => {
  test.each(['assign', 'remove'] as const)(
    'refuses to %s a license of another organization, and asks nothing',
    async (action) => {
      expect(await outcomesOf(provider(), action, personId('xia'), [theirs])).toMatchObject([
        { result: 'refused', reason: { _tag: 'RequestRejected', message: expect.stringContaining('orgId') } },
      ])
      expect(simulator.requests.count()).toBe(0)
      expect(simulator.organization.licensesOf(personId('xia'))).toEqual([theirs])
    },
  )

  test('sends no half of a swap with a license of another organization', async () => {
    const outcomes = await outcomesOf(provider(), 'assign', personId('ann'), [alsoOurs, theirs])
    expect(outcomes.map(({ result }) => result)).toEqual(['refused', 'refused'])
    expect(simulator.requests.count({ method: 'PATCH' })).toBe(0)
  })

  test('names its own organization with every change', async () => {
    const bodies: unknown[] = []
    simulator.faults.add({
      match: { method: 'PATCH' },
      effect: {
        kind: 'rewrite',
        rewrite: (answer) => {
          bodies.push(JSON.parse(answer.body).orgId)
          return answer
        },
      },
    })
    expect(await outcomesOf(provider(), 'assign', personId('ann'), [alsoOurs])).toMatchObject([{ result: 'applied' }])
    expect(bodies).toEqual([hydraId('ORGANIZATION', customer)])
  })
})

describe('a plan', () => {
  test.each([
    ['assigns', [assign(theirs, 'ann@example.com')]],
    ['removes', [remove(theirs, 'consultant@example.com')]],
    ['swaps away', [swap(theirs, alsoOurs, 'consultant@example.com')]],
    ['swaps for', [swap(ours, theirs, 'ann@example.com')]],
  ])('that %s a license of another organization is not made', async (_, intents) => {
    const made = await createPlan(provider(), intents)()
    expect(made).toMatchObject({ _tag: 'Left', left: { _tag: 'UnknownLicense' } })
    expect(askedOfTheirs()).toEqual([])
  })

  test.each([personId('xia'), 'yan@example.com'])('for %s, of another organization, is not made', async (user) => {
    for (const source of ['licenses', 'people'] as const) {
      const made = await createPlan(provider(source), [assign(ours, user)])()
      expect(made).toMatchObject({ _tag: 'Left', left: { _tag: 'UnknownUser' } })
    }
    expect(askedOfTheirs()).toEqual([])
  })

  /** A plan of our organization, edited by hand. */
  const edited = async (change: Partial<Plan['changes'][number]>): Promise<Plan> => {
    const { hash: _, ...plan } = await planFor(provider(), [assign(alsoOurs, 'ann@example.com')])
    const userId = change.userId ?? personId('ann')
    const content = {
      ...plan,
      changes: plan.changes.map((one) => ({ ...one, ...change })),
      users: plan.users.map((user) => ({
        ...user,
        id: userId,
        licenseIds: change.action === 'remove' ? [theirs] : [],
      })),
    }
    return planSeal.sealed(content)
  }
  const apply = async (plan: Plan) => {
    const result = await applyPlan(plan, provider(), {
      journal: keptJournal(),
      allowDrift: true,
      clock: hastyClock(),
    })()
    return E.isRight(result) ? result.right : expect.fail(failureLines(result.left).join('; '))
  }
  const mustHaveSentNothing = () => {
    expect(simulator.requests.count({ method: 'PATCH' })).toBe(0)
    expect(askedOfTheirs()).toEqual([])
    for (const name of ['xia', 'yan', 'zoe', 'consultant']) {
      expect(simulator.organization.licensesOf(personId(name))).toEqual([theirs])
    }
  }

  test.each([
    ['assigns a license of another organization', { licenseId: theirs }],
    ['takes a license of another organization', { licenseId: theirs, action: 'remove', phase: 'removal' }],
    [
      'takes one from a user of that organization',
      { licenseId: theirs, userId: personId('xia'), action: 'remove', phase: 'removal' },
    ],
    ['gives one to a user of that organization', { licenseId: theirs, userId: personId('xia') }],
  ] as const)('that was edited so that it %s changes nothing', async (_, change) => {
    const plan = await edited(change)
    simulator.requests.clear()
    const { changes } = await apply(plan)
    expect(['refused', 'drifted']).toContain(changes[0]?.result)
    mustHaveSentNothing()
  })

  test.each(['remove', 'assign'] as const)(
    'whose journal was edited to name another license than it applied, by %s, takes nothing back',
    async (action) => {
      const plan = await edited({ licenseId: theirs, userId: personId('xia'), action })
      const state = await stateOf([
        { entry: 'begin', plan },
        { entry: 'sending', changes: [0] },
        { entry: 'outcome', change: 0, result: 'applied' },
      ])
      simulator.requests.clear()
      const undo = await toPromise(createUndo(state, provider()))
      const options = { journal: keptJournal(), allowDrift: true, clock: hastyClock(), state }
      const result = await applyUndo(undo, provider(), options)()
      expect(result).toMatchObject({ _tag: 'Right', right: { complete: false, counts: { applied: 0 } } })
      mustHaveSentNothing()
    },
  )
})
