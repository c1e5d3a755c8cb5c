// So that it is there when the display needs it: loading it takes no time of the pause.
import 'yocto-spinner'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startWebexSimulator, type WebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { timersThatStandStill } from '../timers-that-stand-still.ts'
import { run } from './support/run.ts'
import { watchRequests } from './support/watched-requests.ts'

const PAUSE_SECONDS = 2
/** How far time goes at once; in between, answers come, and what needs no time is sent. */
const STEP_MS = 10
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

/** More are never sent at the same time by both of them: what was let through when the refusal came. */
const AT_A_TIME = 16

/** A partner reads two organizations with one token, of which the vendor counts the requests together. */
describe('a 429 to one of two providers of one credential', () => {
  let simulator: WebexSimulator

  beforeEach(async () => {
    simulator = await startWebexSimulator({ users: 2_000, managed: [{ name: 'customer' }] })
  })
  afterEach(() => simulator.destroy())

  it('pauses both for as long as it says, which is shown on a terminal, and costs nothing else', async () => {
    const pass = timersThatStandStill()
    const sentAt: number[] = []
    let refusedAt = Number.POSITIVE_INFINITY
    let underWay = 0
    watchRequests({
      onRequest: () => {
        sentAt.push(performance.now())
        underWay++
      },
      onAnswer: (status) => {
        underWay--
        if (status === 429) refusedAt = performance.now()
      },
    })
    simulator.faults.add({
      match: { path: '/v1/licenses/:id', skip: 10, times: 1 },
      effect: {
        kind: 'rewrite',
        rewrite: () => ({ status: 429, headers: { 'retry-after': String(PAUSE_SECONDS) }, body: '' }),
      },
    })
    const providers = simulator.organizations.map(({ uuid }, index) => ({
      id: `organization-${index}`,
      type: 'webex',
      orgId: uuid,
      ...simulator.configuration,
    }))
    let hasEnded = false
    const ended = run(['report', '--format', 'json'], {
      configuration: { providers },
      registry,
      stderr: { columns: 200 },
    }).finally(() => {
      hasEnded = true
    })
    // No time passes while the vendor has something to answer, however slow the machine is.
    while (!hasEnded) await (underWay > 0 ? nextTurn() : pass(STEP_MS))
    const { code, stdout, stderr } = await ended

    expect(code).toBe(0)
    expect(JSON.parse(stdout).providers).toMatchObject([{ status: 'complete' }, { status: 'complete' }])
    const after = sentAt.map((at) => at - refusedAt).filter((ms) => ms > 0)
    const pauseMs = PAUSE_SECONDS * 1_000 - 50
    expect(after.filter((ms) => ms < pauseMs).length).toBeLessThanOrEqual(AT_A_TIME)
    // Both had much left to ask for, and did.
    expect(after.filter((ms) => ms >= pauseMs).length).toBeGreaterThan(4 * AT_A_TIME)
    for (const { id } of providers) expect(stderr).toContain(`${id} waits 2 s (rate limit)`)
  })
})
