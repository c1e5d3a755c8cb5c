import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startWebexSimulator, type WebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { run } from './support/run.ts'

const PAUSE_SECONDS = 2
/** What was on its way when the refusal came arrives within this time. */
const UNDER_WAY_MS = 300

/** A partner reads two organizations with one token, of which the vendor counts the requests together. */
describe('a 429 to one of two providers of one credential', () => {
  let simulator: WebexSimulator

  beforeEach(async () => {
    simulator = await startWebexSimulator({ users: 2_000, latencyMs: 10, managed: [{ name: 'customer' }] })
  })
  afterEach(() => simulator.destroy())

  it('pauses both for as long as it says, which is shown on a terminal, and costs nothing else', async () => {
    let refusedAt = 0
    simulator.faults.add({
      match: { path: '/v1/licenses/:id', skip: 10, times: 1 },
      effect: {
        kind: 'rewrite',
        rewrite: () => {
          refusedAt = simulator.clock.now()
          return { status: 429, headers: { 'retry-after': String(PAUSE_SECONDS) }, body: '' }
        },
      },
    })
    const providers = simulator.organizations.map(({ uuid }, index) => ({
      id: `organization-${index}`,
      type: 'webex',
      orgId: uuid,
      ...simulator.configuration,
    }))
    const { code, stdout, stderr } = await run(['report', '--format', 'json'], {
      configuration: { providers },
      registry,
      stderr: { columns: 200 },
    })

    expect(code).toBe(0)
    expect(JSON.parse(stdout).providers).toMatchObject([{ status: 'complete' }, { status: 'complete' }])
    const times = simulator.requests.list().map(({ at }) => at - refusedAt)
    const duringPause = times.filter((ms) => ms > UNDER_WAY_MS && ms < PAUSE_SECONDS * 1_000 - 50)
    expect(duringPause).toEqual([])
    // Both had much left to ask for, and did.
    expect(times.filter((ms) => ms >= PAUSE_SECONDS * 1_000 - 50).length).toBeGreaterThan(20)
    for (const { id } of providers) expect(stderr).toContain(`${id} waits 2 s (rate limit)`)
  })
})
