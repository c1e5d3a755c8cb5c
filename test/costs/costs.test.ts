import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import type { RequestLog } from '../../src/simulator-kit/index.ts'
import { builtCommandLine } from '../cli/support/child.ts'

/** What one more user costs. Neither figure depends on how fast or busy the machine is. */
interface Cost {
  readonly requests: number
  /** Allocated for objects, in bytes, garbage included. */
  readonly bytes: number
}

/** A quarter more than was recorded is too much. */
const MOST = 1.25

/** The difference of two organizations leaves the start of the program out. */
const SIZES = [500, 2_000] as const

/** `npm run record:costs` writes this file. */
const RECORDED = join(import.meta.dirname, 'recorded.json')
const RECORDS = process.env.SEATLENS_COSTS === 'record'
const ALLOCATIONS = join(import.meta.dirname, 'allocations.mjs')

const USERS = ['users', '--format', 'ndjson']
const REPORT = ['report', '--format', 'json']
const SNAPSHOT = ['snapshot', '--output', 'snapshot']

interface Vendor {
  readonly configuration: object
  readonly requests: RequestLog
  readonly stop: () => Promise<void>
}

const vendors = {
  genesys: (users: number): Promise<Vendor> => startGenesysSimulator({ users }),
  webex: (users: number): Promise<Vendor> => startWebexSimulator({ users }),
}

const measured = [
  { name: 'genesys: users', vendor: 'genesys', settings: {}, args: USERS },
  { name: 'genesys: report', vendor: 'genesys', settings: {}, args: REPORT },
  { name: 'genesys: snapshot', vendor: 'genesys', settings: {}, args: SNAPSHOT },
  { name: 'webex: users', vendor: 'webex', settings: {}, args: USERS },
  { name: 'webex: users, by people', vendor: 'webex', settings: { userSource: 'people' }, args: USERS },
  { name: 'webex: users, by licenses', vendor: 'webex', settings: { userSource: 'licenses' }, args: USERS },
  { name: 'webex: report', vendor: 'webex', settings: {}, args: REPORT },
  { name: 'webex: snapshot', vendor: 'webex', settings: {}, args: SNAPSHOT },
] as const

type Measured = (typeof measured)[number]

const requestsTo = ({ requests }: Vendor): number =>
  [...requests.byRoute().values()].reduce((sum, count) => sum + count, 0)

/** What a whole command takes. */
const total = async ({ vendor, settings, args }: Measured, simulator: Vendor): Promise<Cost> => {
  const folder = await mkdtemp(join(tmpdir(), 'seatlens-costs-'))
  try {
    const provider = { id: vendor, type: vendor, ...simulator.configuration, ...settings }
    await writeFile(join(folder, 'seatlens.json'), JSON.stringify({ providers: [provider] }))
    const output = join(folder, 'bytes')
    const before = requestsTo(simulator)
    const command = spawn(process.execPath, ['--import', ALLOCATIONS, builtCommandLine(), ...args], {
      cwd: folder,
      env: { ...process.env, COSTS_OUTPUT: output },
      stdio: 'ignore',
    })
    // The simulated people have oddities, which make a report incomplete.
    const [code] = await once(command, 'close')
    expect([0, 5]).toContain(code)
    return { requests: requestsTo(simulator) - before, bytes: Number(await readFile(output, 'utf8')) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const perUser = async (one: Measured): Promise<Cost> => {
  const simulators = await Promise.all(SIZES.map(vendors[one.vendor]))
  try {
    const [few, many] = await Promise.all(simulators.map((simulator) => total(one, simulator)))
    if (few === undefined || many === undefined) throw new Error('there are two sizes')
    const users = SIZES[1] - SIZES[0]
    return { requests: (many.requests - few.requests) / users, bytes: Math.round((many.bytes - few.bytes) / users) }
  } finally {
    await Promise.all(simulators.map(({ stop }) => stop()))
  }
}

describe('what one more user costs', () => {
  const costs: Record<string, Cost> = {}
  let recorded: { readonly node: string; readonly costs: Readonly<Record<string, Cost>> }

  beforeAll(async () => {
    recorded = JSON.parse(await readFile(RECORDED, 'utf8').catch(() => '{"node":"","costs":{}}'))
  })

  afterAll(async () => {
    if (RECORDS) await writeFile(RECORDED, `${JSON.stringify({ node: process.version, costs }, undefined, 2)}\n`)
  })

  it.each(measured)('$name: has grown by less than a quarter since it was recorded', async (one) => {
    const cost = await perUser(one)
    costs[one.name] = cost
    console.info(`${one.name}: ${cost.requests} requests, ${cost.bytes} bytes for each user`)
    if (RECORDS) return
    const { requests, bytes } = recorded.costs[one.name] ?? { requests: 0, bytes: 0 }
    expect(cost.requests, 'requests for each user').toBeLessThan(requests * MOST)
    expect(cost.bytes, 'bytes allocated for each user').toBeLessThan(bytes * MOST)
  })
})
