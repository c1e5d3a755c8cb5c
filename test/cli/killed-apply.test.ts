import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import type { FaultProgram, RequestLog } from '../../src/simulator-kit/index.ts'
import { start } from './support/child.ts'
import { newFolder, run } from './support/run.ts'
import { said } from './support/said.ts'

/** What the test needs of a simulator. */
interface Vendor {
  readonly configuration: object
  readonly faults: FaultProgram
  readonly requests: RequestLog
  readonly organization: {
    readonly users: () => Iterable<{ readonly id: string; readonly licenseIds: readonly string[] }>
  }
  readonly stop: () => Promise<void>
}

interface Target {
  readonly type: string
  readonly start: () => Promise<Vendor>
  /** What a license is called in this organization. */
  readonly idOf: (vendor: Vendor, product: string) => string
  /** The request that changes something. */
  readonly write: { readonly method: string; readonly path: string }
  /** Products to remove, to swap for another, to swap for, and to assign. */
  readonly products: readonly [string, string, string, string]
  /** Which requests are the last ones of a run, unless every one is to be. */
  readonly every: number
}

const everyRequest = process.env.SEATLENS_KILLS === 'all'

/** Half of a plan, where only some of its requests are the last ones of a run. */
const SCALE = everyRequest ? 1 : 0.5
const CHANGES = 200 * SCALE

const organization = { users: 600 * SCALE, seed: 11 }

/** The plan takes away more than the brake lets pass. */
const AGREED = ['--yes', '--max-removals', '200'] as const

const targets: readonly Target[] = [
  {
    type: 'genesys',
    start: () => startGenesysSimulator(organization),
    idOf: (_, product) => product,
    write: { method: 'POST', path: '/api/v2/license/organization' },
    products: ['agentAssistLicense', 'cloudCX3', 'cloudCX2', 'gcSTAupgrade'],
    every: 6 * SCALE,
  },
  {
    type: 'webex',
    start: () => startWebexSimulator(organization),
    idOf: (vendor, product) => {
      const held = [...vendor.organization.users()].flatMap(({ licenseIds }) => licenseIds)
      return held.find((id) => Buffer.from(id, 'base64url').toString().includes(`:${product}_`)) ?? product
    },
    write: { method: 'PATCH', path: '/v1/licenses/users' },
    products: ['CF', 'MS', 'CE', 'RTT'],
    every: 60 * SCALE,
  },
]

const holdings = (vendor: Vendor): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map([...vendor.organization.users()].map(({ id, licenseIds }) => [id, new Set(licenseIds)]))

interface Wanted {
  readonly rows: readonly string[]
  readonly after: ReadonlyMap<string, ReadonlySet<string>>
}

/** Of 200 changes, 60 are removals, 80 those of 40 swaps, 60 additions; and what everybody holds then. */
const manyChanges = (vendor: Vendor, ids: readonly string[]): Wanted => {
  const [removed = '', from = '', to = '', added = ''] = ids
  const after = new Map([...holdings(vendor)].map(([id, held]) => [id, new Set(held)]))
  const rows: string[] = ['user,action,license,to']
  const taken = new Set<string>()
  const pick = (count: number, fits: (held: ReadonlySet<string>) => boolean, change: (id: string) => string) => {
    const users = [...after].filter(([id, held]) => !taken.has(id) && fits(held)).slice(0, count)
    if (users.length < count) throw new Error(`only ${users.length} users for ${count} changes`)
    for (const [id] of users) {
      taken.add(id)
      rows.push(change(id))
    }
  }
  const holds = (held: ReadonlySet<string>, id: string) => held.has(id)
  pick(
    60 * SCALE,
    (held) => holds(held, removed),
    (id) => {
      after.get(id)?.delete(removed)
      return `${id},remove,${removed},`
    },
  )
  pick(
    40 * SCALE,
    (held) => holds(held, from) && !holds(held, to),
    (id) => {
      after.get(id)?.delete(from)
      after.get(id)?.add(to)
      return `${id},swap,${from},${to}`
    },
  )
  pick(
    60 * SCALE,
    (held) => !holds(held, added) && held.size > 0,
    (id) => {
      after.get(id)?.add(added)
      return `${id},assign,${added},`
    },
  )
  return { rows, after }
}

/** What is done with a plan, and what the journal calls a request of it. */
const commands = {
  apply: { args: ['apply', 'plan.json', ...AGREED], entry: '{"entry":"sending"' },
  undo: { args: ['undo', 'plan.json.journal', '--yes'], entry: '{"entry":"takingBack"' },
} as const
type Command = keyof typeof commands

/** How often each change was sent, by a journal. */
const sentIn = (journal: string, command: Command): readonly number[] => {
  const sent = new Map<number, number>()
  for (const line of journal.split('\n')) {
    if (!line.startsWith(commands[command].entry)) continue
    const { changes }: { readonly changes: readonly number[] } = JSON.parse(line)
    for (const change of changes) sent.set(change, (sent.get(change) ?? 0) + 1)
  }
  return [...sent.values()]
}

/**
 * Applies the plan, or takes it back, in a process that is killed by its n-th request, carried out but not answered, and
 * then again.
 */
const killedBy = async (target: Target, command: Command, n: number) => {
  const vendor = await target.start()
  try {
    const before = holdings(vendor)
    const wanted = manyChanges(
      vendor,
      target.products.map((product) => target.idOf(vendor, product)),
    )
    const folder = await newFolder()
    const configuration = { providers: [{ id: 'only', type: target.type, ...vendor.configuration }] }
    await writeFile(join(folder, 'changes.csv'), wanted.rows.join('\n'))
    const planned = await run(['plan', '--file', 'changes.csv', '--output', 'plan.json'], {
      registry,
      configuration,
      folder,
    })
    if (planned.code !== 0) throw new Error(planned.stderr)

    const { args } = commands[command]
    if (command === 'undo') {
      const done = await run(commands.apply.args, { registry, configuration, folder })
      if (done.code !== 0) throw new Error(done.stderr)
    }
    const earlier = vendor.requests.count(target.write)
    const child = start(args, folder)
    const fault = vendor.faults.add({
      match: { skip: n - 1, times: 1 },
      effect: {
        kind: 'rewrite',
        rewrite: (answer) => {
          child.process.kill('SIGKILL')
          return answer
        },
      },
    })
    const { code } = await child.finished
    const struck = fault.strikes() > 0
    vendor.faults.clear()
    const again = await run([...args, '--format', 'json'], { registry, configuration, folder })
    const journal = await readFile(join(folder, 'plan.json.journal'), 'utf8')
    const writes = vendor.requests.count(target.write) - earlier
    const expected = command === 'undo' ? before : wanted.after
    return { code, struck, writes, again, journal, expected, after: holdings(vendor) }
  } finally {
    await vendor.stop()
  }
}

const runs = targets.flatMap((target) =>
  (['apply', 'undo'] as const).map((command) => ({ type: target.type, command, target, changes: CHANGES })),
)

test.each(runs)(
  '$type: a plan of $changes changes, whose $command is killed by a request, converges when that is run again, and sends nothing more than once more than needed',
  { timeout: 3_600_000 },
  async ({ type, command, target }) => {
    let kills = 0
    // Undo takes the same way; a few of its requests are enough here.
    const every = command === 'undo' ? target.every * 2 : target.every
    for (let n = 1; ; n += everyRequest ? 1 : every) {
      const { code, struck, writes, again, journal, expected, after } = await killedBy(target, command, n)
      if (!struck) {
        expect(code, 'nobody killed it').toBe(0)
        break
      }
      kills++
      const about = `killed by request ${n}`
      expect(said(again.stderr), about).toMatch(
        /^(?:written down in plan\.json\.journal|plan\.json\.journal: (?:all was taken back already|nothing was made, so there is nothing to take back))\n$/,
      )
      expect(again.code, about).toBe(0)
      if (again.stdout !== '') {
        expect(JSON.parse(again.stdout), about).toMatchObject({ complete: true, verified: true })
      }
      expect(after, about).toEqual(expected)
      const sent = sentIn(journal, command)
      expect(sent, about).toHaveLength(CHANGES)
      expect(Math.max(...sent), about).toBeLessThanOrEqual(2)
      // What reached the vendor is in the journal, request by request.
      expect(journal.split(commands[command].entry).length - 1, about).toBeGreaterThanOrEqual(writes)
    }
    expect(kills).toBeGreaterThan(command === 'undo' ? 1 : 3)
    console.info(`${type}: ${kills} processes of ${command} killed, each plan converged`)
  },
)
