import { createWebexProvider, type WebexUserSource } from '../../providers/webex/index.ts'
import { startWebexSimulator, type WebexOrganization } from '../../providers/webex/simulator/index.ts'
import { Values } from '../../src/provider-kit/index.ts'
import { type Fault, sliceOf } from '../../src/simulator-kit/index.ts'
import { hastyClock } from '../../src/testing/index.ts'
import type { RecordField } from './decoded/field.ts'
import * as webexFields from './decoded/webex-records.ts'
import { idsIn, type OddRecord, oddValueIn, textIn } from './odd-value.ts'
import { FOR_GOOD, type LinkedPageFault, linkedPageFaults, type Unseen, type Where } from './schedule.ts'
import { named, patienceWith, type Stage, type Target } from './stage.ts'
import { transportEffect } from './transport-effect.ts'
import { joiner, type Truth, truthOf } from './truth.ts'
import { watchedFetch } from './watched-fetch.ts'
import { type LinkedLists, linkedRowsAfter, webexPageEffect } from './webex-pages.ts'

const LICENSES = '/v1/licenses'
const HOLDERS = '/v1/licenses/:id'
const PEOPLE = '/v1/people'
const TOKEN = '/v1/access_token'

/** Lists that change, whose change lasts. */
const CHANGES: ReadonlySet<LinkedPageFault | Unseen> = new Set([
  'lastLeaves',
  'joinsAtFront',
  'joinsAtEnd',
  'equalExchange',
  'leavesWithoutTotal',
])

const holdersOf = (organization: WebexOrganization, licenseId: string) => {
  const holders = organization.holders(licenseId)
  return sliceOf(holders, 0, holders.size).flatMap((person) =>
    'id' in person
      ? [
          {
            id: person.id,
            type: person.type ?? 'INTERNAL',
            displayName: person.displayName,
            email: person.email,
          },
        ]
      : [],
  )
}

const peopleOf = (organization: WebexOrganization) => {
  const people = organization.people()
  return sliceOf(people, 0, people.size).flatMap((person) =>
    'id' in person
      ? [
          {
            id: person.id,
            emails: person.email === undefined ? [] : [person.email],
            displayName: person.displayName,
            licenses: person.licenses,
          },
        ]
      : [],
  )
}

/** What one of the two ways to list the users has of its own. */
interface Route extends Pick<LinkedLists, 'rowsOf' | 'field' | 'sizeParameter' | 'joiner'> {
  readonly path: string
  /** The list that changes. */
  readonly changingPath: string
  readonly truthAfter: (kind: LinkedPageFault | Unseen) => Truth
  readonly fields: readonly RecordField[]
  /** What is so where an odd value is believed; what cannot be read leaves nothing behind. */
  readonly truthWith: (odd: OddRecord) => Truth
}

const byPeople = (organization: WebexOrganization, defined: readonly string[]): Route => {
  const before = peopleOf(organization)
  const newcomer = { id: joiner([]).id, emails: [], displayName: undefined, licenses: defined.slice(0, 1) }
  const all = new Map([...before, newcomer].map((person) => [person.id, person]))
  return {
    path: PEOPLE,
    changingPath: PEOPLE,
    field: 'items',
    sizeParameter: 'max',
    joiner: newcomer,
    rowsOf: () => before,
    truthAfter: (kind) =>
      truthOf(
        linkedRowsAfter(kind, before, newcomer).flatMap(({ id }) => {
          const person = all.get(id)
          return person === undefined ? [] : [{ ...person, licenseIds: person.licenses, email: person.emails[0] }]
        }),
      ),
    fields: webexFields.personFields,
    truthWith: ({ before: was, after }) => {
      // A text may have several ids in it, as in the sample of the documentation.
      const [id, licenses] = [textIn(after, 'id'), idsIn(after.licenses)?.flatMap((text) => text.split(','))]
      const emails = Array.isArray(after.emails) ? after.emails : []
      // An address of which nothing is seen is none.
      const email = emails.find((one) => typeof one === 'string' && Values.foldedText(one) !== '')
      const user = { displayName: textIn(after, 'displayName'), email }
      const others = before.filter((person) => person.id !== was.id)
      return truthOf([
        ...others.map((person) => ({ ...person, licenseIds: person.licenses, email: person.emails[0] })),
        ...(id === undefined || licenses === undefined ? [] : [{ id, licenseIds: licenses, ...user }]),
      ])
    },
  }
}

const byLicenses = (organization: WebexOrganization, defined: readonly string[]): Route => {
  const lists = new Map(defined.map((id) => [id, holdersOf(organization, id)]))
  const changing = defined.reduce((one, other) =>
    organization.holderCount(other) > organization.holderCount(one) ? other : one,
  )
  const newcomer = { id: joiner([]).id, type: 'INTERNAL', displayName: undefined, email: undefined }
  const people = new Map([...organization.users()].map(({ id, person }) => [id, person]))
  const licenseIn = (path: string): string => decodeURIComponent(path.slice(LICENSES.length + 1))
  return {
    path: HOLDERS,
    changingPath: `${LICENSES}/${changing}`,
    field: 'users',
    sizeParameter: 'limit',
    joiner: newcomer,
    rowsOf: ({ path }) => lists.get(licenseIn(path)) ?? [],
    truthAfter: (kind) => {
      const held = new Map<string, string[]>()
      for (const [licenseId, rows] of lists) {
        const after = licenseId === changing ? linkedRowsAfter(kind, rows, newcomer) : rows
        for (const { id } of after) held.set(id, [...(held.get(id) ?? []), licenseId])
      }
      return truthOf([...held].map(([id, licenseIds]) => ({ ...people.get(id), id, licenseIds })))
    },
    fields: webexFields.holderFields,
    truthWith: ({ request, before: was, after }) => {
      const held = new Map<string, string[]>()
      for (const [licenseId, rows] of lists) {
        for (const { id } of rows) {
          const told = licenseId === licenseIn(request.path) && id === was.id ? textIn(after, 'id') : id
          if (told !== undefined) held.set(told, [...(held.get(told) ?? []), licenseId])
        }
      }
      const user = { displayName: textIn(after, 'displayName'), email: textIn(after, 'email') }
      return truthOf(
        [...held].map(([id, licenseIds]) => ({ ...(id === after.id ? user : people.get(id)), id, licenseIds })),
      )
    },
  }
}

const stage =
  (source: WebexUserSource): Target<LinkedPageFault>['stage'] =>
  async (schedule, trapUrl, retry = patienceWith(schedule.faults)) => {
    const { users, seed, pageFault } = schedule
    const simulator = await startWebexSimulator({ users, seed })
    const { organization, refreshConfiguration, tokens } = simulator
    const clock = hastyClock()
    const events: unknown[] = []
    const watched = watchedFetch(schedule.faults)
    const defined = organization.licenses.flatMap((one) => ('id' in one ? [one.id] : []))
    const route = (source === 'people' ? byPeople : byLicenses)(organization, defined)
    const directory = source === 'both' ? PEOPLE : route.path
    const paths: Readonly<Record<Where, string | undefined>> = {
      any: undefined,
      users: route.path,
      licenses: LICENSES,
      // By one way alone, there is none apart from the list itself.
      directory,
      token: TOKEN,
    }

    const inForce: Stage['faults'][number][] = [...watched.refusals]
    const add = (kind: string, fault: Fault) => inForce.push(named(kind, simulator.faults.add(fault)))
    for (const { kind, where, skip, times } of schedule.faults) {
      if (kind === 'refused') continue
      const path = kind === 'tokenThrottled' ? TOKEN : paths[where]
      const effect = transportEffect(kind, {
        now: clock.now,
        expireTokens: tokens.expire,
        tokenThrottle: { kind: 'status', status: 429, headers: { 'retry-after': '5' }, body: { message: 'slow down' } },
        email: [...organization.users()].find(({ person }) => person.email)?.person.email ?? 'someone@example.com',
      })
      add(kind, { match: { skip, times, ...(path === undefined ? {} : { path }) }, effect })
    }
    const lists = [{ path: route.path, rows: route.field, fields: route.fields }]
    const odd = schedule.oddValue === undefined ? undefined : oddValueIn(lists, schedule.oddValue)
    if (odd !== undefined) {
      add(odd.kind, { match: { path: odd.path, skip: odd.skip, times: 1 }, effect: odd.effect })
    }
    const changes = pageFault !== undefined && CHANGES.has(pageFault.kind)
    if (pageFault !== undefined) {
      const { kind, skip, times, pick } = pageFault
      const struck = changes ? { path: route.changingPath, skip, times: FOR_GOOD } : { path: route.path, skip, times }
      add(kind, { match: struck, effect: webexPageEffect(kind, { ...route, pick, trapUrl }) })
    }

    return {
      provider: createWebexProvider(
        { ...refreshConfiguration, userSource: source, pageSize: schedule.pageSize, retry },
        { clock, fetch: watched.fetch, onEvent: (event) => events.push(event) },
      ),
      truths: () => [
        route.truthAfter('linkRelative'),
        ...(changes && pageFault !== undefined ? [route.truthAfter(pageFault.kind)] : []),
        ...[odd?.struck()].flatMap((struck) => (struck === undefined ? [] : [route.truthWith(struck)])),
      ],
      definedLicenses: new Set(defined),
      workspacesWith: organization.workspacesWith,
      requests: () => simulator.requests.count(),
      faults: inForce,
      secrets: () => [
        refreshConfiguration.clientSecret,
        refreshConfiguration.refreshToken,
        simulator.configuration.accessToken,
        ...watched.carried,
      ],
      events,
      stop: simulator.destroy,
    }
  }

export const webexByLicenses: Target<LinkedPageFault> = {
  name: 'webex by licenses',
  pageFaults: linkedPageFaults,
  stage: stage('licenses'),
}

export const webexByBoth: Target<LinkedPageFault> = {
  name: 'webex by both',
  pageFaults: linkedPageFaults,
  stage: stage('both'),
}

export const webexByPeople: Target<LinkedPageFault> = {
  name: 'webex by people',
  pageFaults: linkedPageFaults,
  stage: stage('people'),
}
