import { describe, expect, it } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { timersThatStandStill, untilSo } from '../timers-that-stand-still.ts'
import { createAcme } from './support/acme.ts'
import { registryOf, run } from './support/run.ts'

describe('--deadline', () => {
  /** A vendor that never answers. */
  const withSilentGenesys = async (use: (configured: object, requests: () => number) => Promise<void>) => {
    const simulator = await startGenesysSimulator({ users: 20 })
    simulator.faults.add({ effect: { kind: 'hang' } })
    try {
      await use({ id: 'genesys', type: 'genesys', ...simulator.configuration }, () => simulator.requests.count())
    } finally {
      await simulator.destroy()
    }
  }

  it('ends what is not through by then, keeps what is, and exits with 5', async () => {
    await withSilentGenesys(async (genesys, requests) => {
      const pass = timersThatStandStill()
      const ended = run(['report', '--deadline', '4', '--format', 'json'], {
        configuration: { providers: [genesys, { id: 'acme', type: 'acme', token: 'sesame' }] },
        registry: [...registry, ...registryOf(createAcme())],
      })
      // Acme's report takes no request, and is made by then.
      await untilSo(() => requests() > 0)
      await pass(4_000)
      const { code, stdout } = await ended
      expect(code).toBe(5)
      expect(JSON.parse(stdout).providers).toMatchObject([
        { id: 'genesys', status: 'failed', error: { _tag: 'DeadlineExceeded' } },
        { id: 'acme', status: 'complete' },
      ])
    })
  })

  it('exits with 7 where nobody was through by then', async () => {
    await withSilentGenesys(async (genesys, requests) => {
      const pass = timersThatStandStill()
      const ended = run(['users', '--deadline', '1'], { configuration: { providers: [genesys] }, registry })
      await untilSo(() => requests() > 0)
      await pass(1_000)
      const { code, stderr } = await ended
      expect(code).toBe(7)
      expect(stderr).toContain('the deadline has passed')
    })
  })

  it.each(['-1', '1.5'])('is a usage error where it is %j', async (deadline) => {
    const { code, stderr } = await run([`--deadline=${deadline}`, 'report'])
    expect(code).toBe(2)
    expect(stderr).toContain('whole number from 1')
  })
})
