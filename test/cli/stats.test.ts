import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GenesysSimulator, startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { run } from './support/run.ts'

let simulator: GenesysSimulator

beforeAll(async () => {
  simulator = await startGenesysSimulator({ users: 250, seed: 5 })
})

afterAll(() => simulator.destroy())

const genesys = () => ({ providers: [{ id: 'genesys', type: 'genesys', ...simulator.configuration }] })

const withStats = (...args: readonly string[]) => run([...args, '--stats'], { configuration: genesys(), registry })

const statsIn = (stderr: string) => JSON.parse(stderr.trim().split('\n').at(-1) ?? '').stats

describe('--stats', () => {
  it('says what the vendor was asked, as the vendor counts it', async () => {
    const before = simulator.requests.count()
    const { stdout, stderr } = await withStats('users', '--format', 'ndjson')
    const { providers, milliseconds } = statsIn(stderr)
    expect(stdout.trim().split('\n').length).toBeGreaterThan(200)
    expect(milliseconds).toBeGreaterThan(0)
    expect(providers).toMatchObject([
      {
        provider: 'genesys',
        requests: simulator.requests.count() - before,
        repeats: 0,
        waitedMs: { rateLimit: 0, pace: 0, retry: 0 },
      },
    ])
    expect(providers[0].operations).toContainEqual({ operation: 'GET /api/v2/license/users', requests: 3 })
  })

  it('tells repeats and waits', async () => {
    simulator.faults.add({
      match: { path: '/api/v2/license/definitions', times: 1 },
      effect: { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
    })
    const { code, stderr } = await withStats('licenses')
    expect(code).toBe(0)
    expect(stderr).toContain('1 repeat among them')
    expect(stderr).toContain('waited 1.0 s for the rate limit')
    expect(stderr).toContain('genesys: 2 × GET /api/v2/license/definitions')
  })

  it('says nothing without it', async () => {
    const { stderr } = await run(['licenses'], { configuration: genesys(), registry })
    expect(stderr).toBe('')
  })

  it('tells also of a run that failed', async () => {
    const { code, stderr } = await run(['report', '--stats'], {
      configuration: { providers: [{ ...genesys().providers[0], clientSecret: 'wrong' }] },
      registry,
    })
    expect(code).toBe(4)
    expect(stderr).toMatch(/genesys: 1 request; .*no waits\n/)
  })
})
