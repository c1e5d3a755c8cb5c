import { describe, expect, it } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { numberText } from '../../src/model/quantity.ts'
import { run } from './support/run.ts'
import { said } from './support/said.ts'
import { watchRequests } from './support/watched-requests.ts'

/** Long enough for a request that was about to be sent. */
const SETTLE_MS = 100

/**
 * `sent`: the user presses Ctrl-C when so many requests were sent. The answers to many of them must have come; those to the last
 * ones, under way or read ahead, are not kept.
 */
const vendors = [
  {
    vendor: 'genesys',
    sent: 30,
    start: () => startGenesysSimulator({ users: 3_000, latencyMs: 20, licenseListing: { maximumPageSize: 25 } }),
    settings: {},
  },
  {
    vendor: 'webex',
    sent: 20,
    start: () => startWebexSimulator({ users: 20_000, latencyMs: 20 }),
    settings: { userSource: 'people' },
  },
]

/** Interrupts a run over a simulator in mid-list, and says how many requests were sent after that. */
const interrupted = async ({ vendor, sent, start, settings }: (typeof vendors)[number], args: readonly string[]) => {
  const simulator = await start()
  let interrupt = () => {}
  let isInterrupted = false
  let sentAfter = 0
  const pressCtrlC = () => {
    interrupt()
    isInterrupted = true
  }
  let sentInAll = 0
  watchRequests({
    onRequest: ({ signal }) => {
      // With a signal that has fired nothing is sent.
      if (isInterrupted && signal?.aborted !== true) sentAfter++
      if (++sentInAll === sent) setImmediate(pressCtrlC)
    },
  })
  try {
    const result = await run(args, {
      configuration: { providers: [{ id: vendor, type: vendor, ...simulator.configuration, ...settings }] },
      registry,
      onStart: (stop) => {
        interrupt = stop
      },
    })
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    return { ...result, isInterrupted, sentAfter, sentInAll }
  } finally {
    await simulator.destroy()
  }
}

describe.each(vendors)('Ctrl-C in the middle of the users of $vendor', (vendor) => {
  it('stops requests at once, keeps what was read, says that it is not all, and exits with 130', async () => {
    const { code, stdout, stderr, isInterrupted, sentInAll, sentAfter } = await interrupted(vendor, [
      'users',
      '--format',
      'ndjson',
    ])
    expect(isInterrupted).toBe(true)
    expect(sentInAll).toBeGreaterThanOrEqual(vendor.sent)
    expect({ code, sentAfter }).toEqual({ code: 130, sentAfter: 0 })
    const lines = stdout.split('\n')
    expect(lines.pop()).toBe('')
    expect(lines.length).toBeGreaterThan(50)
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('licenseIds')
    const told = said(stderr)
    expect(told).toContain(`${vendor.vendor}: the rest of the list of users could not be read: interrupted`)
    expect(told).not.toMatch(/caller|list[A-Z]/)
    expect(told).toContain(`; ${numberText(lines.length)} came before\n`)
  })

  it('makes a report that is partial, with lower bounds for what is not known', async () => {
    const { code, stdout, stderr, sentAfter } = await interrupted(vendor, ['report', '--format', 'json'])
    expect({ code, sentAfter }).toEqual({ code: 130, sentAfter: 0 })
    const told = said(stderr)
    expect(told).toMatch(/: interrupted/)
    expect(told).not.toMatch(/caller|list[A-Z]/)
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({
      complete: false,
      providers: [{ status: 'partial', licensedUsers: { kind: 'unknown' }, ledgers: { licenses: {} } }],
    })
    expect(report.providers[0].licensedUsers.atLeast).toBeGreaterThan(50)
  })
})
