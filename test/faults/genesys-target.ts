import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { type Fault, json, sliceOf } from '../../src/simulator-kit/index.ts'
import { hastyClock } from '../../src/testing/index.ts'
import * as genesysFields from './decoded/genesys-records.ts'
import { genesysPageEffect, rowsAfter } from './genesys-pages.ts'
import { idsIn, type OddList, oddValueIn, textIn } from './odd-value.ts'
import { FOR_GOOD, type NumberedPageFault, numberedPageFaults, type Unseen, type Where } from './schedule.ts'
import { named, patienceWith, type Stage, type Target } from './stage.ts'
import { transportEffect } from './transport-effect.ts'
import { joiner, type TrueUser, type Truth, truthOf } from './truth.ts'
import { watchedFetch } from './watched-fetch.ts'

const USERS = '/api/v2/license/users'
const DIRECTORY = '/api/v2/users'
const TOKEN = '/oauth/token'

const paths: Readonly<Record<Where, string | undefined>> = {
  any: undefined,
  users: USERS,
  licenses: '/api/v2/license/definitions',
  directory: DIRECTORY,
  token: TOKEN,
}

/** Lists that change, whose change lasts. */
const CHANGES: ReadonlySet<NumberedPageFault | Unseen> = new Set([
  'leaves',
  'joinsAtFront',
  'joinsAtEnd',
  'equalExchange',
  'leavesWithoutTotal',
])

const ODD: readonly OddList[] = [
  { path: USERS, rows: 'entities', fields: genesysFields.rowFields },
  { path: DIRECTORY, rows: 'entities', fields: genesysFields.personFields },
]

/** Lists that are what they are from the first page on. */
const FROM_THE_START: ReadonlySet<NumberedPageFault | Unseen> = new Set(['emptyPage', 'splitsRow'])

/** Small enough for several pages of any organization here. */
const DIRECTORY_PAGE_SIZE = 8

const stage: Target<NumberedPageFault>['stage'] = async (schedule, _trapUrl, retry = patienceWith(schedule.faults)) => {
  const { users, seed, pageFault } = schedule
  const simulator = await startGenesysSimulator({ users, seed, directory: { maximumPageSize: DIRECTORY_PAGE_SIZE } })
  const { organization, configuration, tokens } = simulator
  const clock = hastyClock()
  const events: unknown[] = []
  const watched = watchedFetch(schedule.faults)

  const people = new Map([...organization.users()].map((user) => [user.id, user]))
  const listing = organization.licenseRows()
  const before = sliceOf(listing, 0, listing.size).flatMap((row) => ('id' in row ? [row] : []))
  const directory = organization.directory('any')
  const records = sliceOf(directory, 0, directory.size).flatMap((record) => ('id' in record ? [record] : []))
  const definedLicenses = new Set(organization.definitions.flatMap((one) => ('id' in one ? [one.id] : [])))
  const newcomer = joiner([...definedLicenses].slice(0, 1))
  const rows = { before, joiner: { ...newcomer, licenses: newcomer.licenseIds }, pick: pageFault?.pick ?? 0 }
  type NameOf = (id: string) => Pick<TrueUser, 'displayName' | 'email'>
  const nameOf: NameOf = (id) => {
    const record = people.get(id)?.record
    return { displayName: record?.name, email: record?.email }
  }
  const truthIn = (listed: readonly (typeof before)[number][], namesOf: NameOf = nameOf) =>
    truthOf(listed.map(({ id, licenses }): TrueUser => ({ id, licenseIds: licenses, ...namesOf(id) })))
  const odd = schedule.oddValue === undefined ? undefined : oddValueIn(ODD, schedule.oddValue)
  /** What is so where an odd value is believed; what cannot be read leaves nothing behind. */
  const oddTruth = (): readonly Truth[] => {
    const struck = odd?.struck()
    if (struck === undefined) return []
    const { list, before: was, after } = struck
    if (list.path === USERS) {
      const user = after.user
      const id = typeof user === 'object' && user !== null && 'id' in user ? user.id : after.id
      const licenses = idsIn(after.licenses)
      const row = typeof id === 'string' && licenses !== undefined ? [{ id, licenses }] : []
      return [truthIn([...before.filter((one) => one.id !== was.id), ...row])]
    }
    return [
      truthIn(before, (id) => {
        const isStruck = id === was.id
        if (id === after.id) return { displayName: textIn(after, 'name'), email: textIn(after, 'email') }
        return isStruck ? {} : nameOf(id)
      }),
    ]
  }

  const inForce: Stage['faults'][number][] = [...watched.refusals]
  const add = (kind: string, fault: Fault) => inForce.push(named(kind, simulator.faults.add(fault)))
  for (const { kind, where, skip, times } of schedule.faults) {
    if (kind === 'refused') continue
    const path = kind === 'tokenThrottled' ? TOKEN : paths[where]
    const effect = transportEffect(kind, {
      now: clock.now,
      expireTokens: tokens.expire,
      tokenThrottle: {
        kind: 'rewrite',
        rewrite: () =>
          json({ error: 'invalid_request', description: 'rate limit exceeded; the maximum is 1 tokens' }, 400),
      },
      email: [...people.values()].find(({ record }) => record?.email)?.record?.email ?? 'someone@example.com',
    })
    add(kind, { match: { skip, times, ...(path === undefined ? {} : { path }) }, effect })
  }
  if (odd !== undefined) {
    add(odd.kind, { match: { path: odd.path, skip: odd.skip, times: 1 }, effect: odd.effect })
  }
  const changes = pageFault !== undefined && CHANGES.has(pageFault.kind)
  if (pageFault !== undefined) {
    const { kind, skip, times } = pageFault
    const inDirectory = pageFault.inDirectory && !changes
    const struck = changes ? { skip, times: FOR_GOOD } : FROM_THE_START.has(kind) ? {} : { skip, times }
    const path = inDirectory ? DIRECTORY : USERS
    const effect = genesysPageEffect(kind, inDirectory ? { ...rows, before: records } : rows)
    add(inDirectory ? `${kind} in the directory` : kind, { match: { path, ...struck }, effect })
  }

  return {
    provider: createGenesysProvider(
      { ...configuration, pageSize: schedule.pageSize, retry },
      { clock, fetch: watched.fetch, onEvent: (event) => events.push(event) },
    ),
    truths: () => [
      truthIn(before),
      ...(changes && pageFault !== undefined ? [truthIn(rowsAfter(pageFault.kind, rows))] : []),
      ...oddTruth(),
    ],
    definedLicenses,
    requests: () => simulator.requests.count(),
    faults: inForce,
    secrets: () => [configuration.clientSecret, ...watched.carried],
    events,
    stop: simulator.destroy,
  }
}

export const genesys: Target<NumberedPageFault> = { name: 'genesys', pageFaults: numberedPageFaults, stage }
