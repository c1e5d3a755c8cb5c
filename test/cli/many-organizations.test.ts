import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GenesysSimulator, startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import {
  hydraId,
  startWebexSimulator,
  type WebexSimulator,
  type WebexWorld,
  webexLicenseId,
} from '../../providers/webex/simulator/index.ts'
import type { Count, LicenseReport, ReportFailure } from '../../src/index.ts'
import type { Fault } from '../../src/simulator-kit/index.ts'
import { start } from './support/child.ts'
import { newFolder } from './support/run.ts'

const ORGANIZATIONS = 200
/** Of every answer: an organization takes several seconds, as its requests follow each other. */
const LATENCY_MS = 1_000
/** Seconds. An organization that does not answer takes so long, and no other one does. */
const DEADLINE = 20
/** What this machine needs to make 200 providers, and to write what they gave. */
const START_SECONDS = 2

const uuidOf = (organization: number, thing: number): string =>
  `00000000-0000-4000-8000-${String(organization).padStart(6, '0')}${String(thing).padStart(6, '0')}`

/** How each eighth of those that fail does it, and what it is called then. */
const KINDS = [
  ['refused credentials', 'AuthenticationFailed'],
  ['no permission', 'PermissionDenied'],
  ['rate limit for long', 'RateLimited'],
  ['failing vendor', 'Unavailable'],
  ['hanging', 'DeadlineExceeded'],
  ['unreadable', 'InvalidResponse'],
  ['cut list', undefined],
  ['refused TLS', 'Unavailable'],
] as const
type Kind = (typeof KINDS)[number][0]

const always = (effect: Fault['effect'], path = '/*'): readonly Fault[] => [{ match: { path }, effect }]

const status = (code: number, headers = {}): readonly Fault[] =>
  always({ kind: 'status', status: code, headers, body: { message: 'no' } })

const faultsOf = (kind: Kind | undefined, cutPath: string): readonly Fault[] => {
  switch (kind) {
    case 'rate limit for long':
      return status(429, { 'retry-after': '3600' })
    case 'failing vendor':
      return status(500)
    case 'hanging':
      return always({ kind: 'hang' })
    case 'unreadable':
      return always({ kind: 'status', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' })
    case 'cut list':
      return always({ kind: 'truncate' }, cutPath)
    default:
      return []
  }
}

interface Organization {
  readonly id: string
  readonly kind: Kind | undefined
  readonly simulator: GenesysSimulator | WebexSimulator
  readonly entry: Readonly<Record<string, unknown>>
  /** Holders by license, as the simulator has them. */
  readonly truth: () => ReadonlyMap<string, number>
}

/** A customer of a partner: few licenses, and people who hold some of them. */
const customer = (index: number): WebexWorld => {
  const organizationUuid = uuidOf(index, 0)
  const licenses = ['EE', 'BCSTD', 'MS'].map((offerCode, place) => ({
    id: webexLicenseId({ organizationUuid, offerCode, uuid: uuidOf(index, place + 1) }),
    name: `License ${offerCode}`,
    totalUnits: 50 + index,
  }))
  return {
    organization: { uuid: organizationUuid, name: `Customer ${index}` },
    licenses,
    people: Array.from({ length: 20 + (index % 30) }, (_, person) => ({
      id: hydraId('PEOPLE', uuidOf(index, person + 10)),
      displayName: `Person ${person}`,
      email: `person-${person}@customer-${index}.example`,
      licenses: licenses.filter((_, place) => (person + index) % (place + 2) === 0).map(({ id }) => id),
    })),
  }
}

const overTls = (entry: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(entry).map(([key, value]) => [key, String(value).replace(/^http:/, 'https:')] as const),
  )

const startOne = async (index: number): Promise<Organization> => {
  const failing = index % 5 === 4 ? Math.floor(index / 5) : undefined
  const kind = failing === undefined ? undefined : KINDS[failing % KINDS.length]?.[0]
  const options = { users: 101 + (index % 50), seed: index + 1, latencyMs: LATENCY_MS }
  if (index % 2 === 0) {
    const simulator = await startGenesysSimulator({
      ...options,
      faults: faultsOf(kind, '/api/v2/license/users'),
      ...(kind === 'no permission' ? { permissions: [] } : {}),
    })
    const id = `genesys-${index}`
    const wrong = kind === 'refused credentials' ? { clientSecret: 'another-secret-than-that' } : {}
    const entry = { id, type: 'genesys', ...simulator.configuration, ...wrong }
    const { organization } = simulator
    const ids = organization.definitions.flatMap((definition) => ('id' in definition ? String(definition.id) : []))
    const truth = () => new Map(ids.map((license) => [license, organization.holderCount(license)]))
    return { id, kind, simulator, entry: kind === 'refused TLS' ? overTls(entry) : entry, truth }
  }
  const simulator = await startWebexSimulator({
    latencyMs: LATENCY_MS,
    seed: index + 1,
    world: customer(index),
    faults: faultsOf(kind, '/v1/licenses/:id'),
    ...(kind === 'no permission' ? { scopes: [] } : {}),
  })
  const id = `webex-${index}`
  const wrong = kind === 'refused credentials' ? { accessToken: 'another-token-than-that' } : {}
  const entry = { id, type: 'webex', ...simulator.configuration, ...wrong }
  const { organization } = simulator
  const ids = organization.licenses.flatMap((license) => ('id' in license ? String(license.id) : []))
  const truth = () =>
    new Map(
      ids.map(
        (license) => [license, organization.holderCount(license) + organization.workspacesWith(license)] as const,
      ),
    )
  return { id, kind, simulator, entry: kind === 'refused TLS' ? overTls(entry) : entry, truth }
}

let organizations: readonly Organization[]

beforeAll(async () => {
  organizations = await Promise.all(Array.from({ length: ORGANIZATIONS }, (_, index) => startOne(index)))
})

afterAll(async () => {
  await Promise.all(organizations.map(({ simulator }) => simulator.destroy()))
})

/** A run of the command line as it is shipped, over these organizations, and how many seconds it took. */
const runOver = async (some: readonly Organization[], args: readonly string[]) => {
  const folder = await newFolder()
  await writeFile(join(folder, 'seatlens.json'), JSON.stringify({ providers: some.map(({ entry }) => entry) }))
  const at = performance.now()
  const { code, stdout, stderr } = await start(args, folder).finished
  return { code, stdout, stderr, folder, seconds: (performance.now() - at) / 1_000 }
}

const isWithin = (count: Count, truth: number): boolean =>
  count.kind === 'known' ? count.value === truth : count.kind === 'unknown' && (count.atLeast ?? 0) <= truth

describe('a report over 200 organizations, of which a fifth fail in eight ways', () => {
  it('is exact, says of each failure what it was, and takes no longer than the slowest of them', async () => {
    const { code, stdout, seconds } = await runOver(organizations, [
      ...['--deadline', String(DEADLINE), 'report', '--format', 'json'],
    ])
    const report: LicenseReport & { readonly failures: readonly ReportFailure[] } = JSON.parse(stdout)
    expect(code).toBe(5)
    expect(report.providers).toHaveLength(ORGANIZATIONS)
    const wrong: string[] = []
    for (const { id, kind, truth } of organizations) {
      const provider = report.providers.find((one) => one.id === id)
      const rows = report.licenses.filter((row) => row.provider === id)
      const expected = KINDS.find(([name]) => name === kind)
      const found = report.failures.filter((failure) => failure.provider === id)
      if (kind === undefined) {
        const assigned = new Map(
          rows.flatMap((row) => (row.assigned.kind === 'known' ? [[row.id, row.assigned.value]] : [])),
        )
        if (provider?.status !== 'complete') wrong.push(`${id} is ${provider?.status}`)
        if (provider?.licensedUsers.kind !== 'known' || provider.licensedUsers.value === 0)
          wrong.push(`${id} has no users`)
        for (const [license, holders] of truth()) {
          if (assigned.get(license) !== holders) wrong.push(`${id} ${license}: ${assigned.get(license)} of ${holders}`)
        }
      } else if (kind === 'cut list') {
        if (provider?.status !== 'partial' || found.length === 0) wrong.push(`${id} is ${provider?.status}`)
        for (const row of rows) {
          if (!isWithin(row.assigned, truth().get(row.id) ?? 0)) wrong.push(`${id} ${row.id}: ${row.assigned.kind}`)
        }
      } else {
        if (provider?.status !== 'failed' || provider.licensedUsers.kind !== 'unknown')
          wrong.push(`${id} is not failed`)
        if (rows.length > 0) wrong.push(`${id} has rows`)
        if (found[0]?.kind !== expected?.[1]) wrong.push(`${id}: ${kind} is ${found[0]?.kind}: ${found[0]?.why}`)
      }
    }
    expect(wrong.slice(0, 20)).toEqual([])
    expect(seconds).toBeLessThan(1.2 * DEADLINE)
  }, 200_000)
})

const COMMANDS: readonly (readonly [name: string, ...options: string[]])[] = [
  ['check', '--max-utilization', '90', '--format', 'json'],
  ['snapshot', '--output', 'kept'],
  ['users', '--format', 'ndjson'],
  ['licenses', '--format', 'ndjson'],
]

describe('over all that answer, no longer than over the slowest one takes', () => {
  const slowly = async () => {
    const healthy = organizations.filter(({ kind }) => kind === undefined)
    const [slowest] = healthy
    if (slowest === undefined) throw new Error('there is none')
    // Its answers take so long that the work of this machine for all the others falls into the same time.
    slowest.simulator.faults.add({ effect: { kind: 'delay', ms: 2_500 } })
    // All at once, as they do nothing but wait for its answers.
    const runs = COMMANDS.map(async (args) => [args[0], (await runOver([slowest], args)).seconds] as const)
    return { healthy, secondsOfSlowest: new Map(await Promise.all(runs)) }
  }
  let slow: ReturnType<typeof slowly> | undefined

  it.each(COMMANDS.map((args) => [args[0], args] as const))(
    '%s',
    async (name, args) => {
      slow ??= slowly()
      const { healthy, secondsOfSlowest } = await slow
      const all = await runOver(healthy, args)
      expect(all.stderr.split('\n').filter((line) => /failed|could not/.test(line))).toEqual([])
      expect(all.seconds).toBeLessThan(1.2 * (secondsOfSlowest.get(name) ?? 0) + START_SECONDS)
    },
    120_000,
  )
})
