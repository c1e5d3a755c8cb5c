import { describe, expect, it } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { run } from './support/run.ts'

describe('--deadline', () => {
  const withVendors = async (latencyMs: number, use: (configuration: unknown) => Promise<void>) => {
    const genesys = await startGenesysSimulator({ users: 20, latencyMs })
    const webex = await startWebexSimulator({ users: 20 })
    try {
      await use({
        providers: [
          { id: 'genesys', type: 'genesys', ...genesys.configuration },
          { id: 'webex', type: 'webex', ...webex.configuration },
        ],
      })
    } finally {
      await Promise.all([genesys.destroy(), webex.destroy()])
    }
  }

  it('ends what is not through by then, keeps what is, and exits with 5', async () => {
    await withVendors(60_000, async (configuration) => {
      const started = performance.now()
      const { code, stdout } = await run(['report', '--deadline', '4', '--format', 'json'], { configuration, registry })
      expect(performance.now() - started).toBeLessThan(15_000)
      expect(code).toBe(5)
      expect(JSON.parse(stdout).providers).toMatchObject([
        { id: 'genesys', status: 'failed', error: { _tag: 'DeadlineExceeded' } },
        { id: 'webex', status: 'complete' },
      ])
    })
  })

  it('exits with 7 where nobody was through by then', async () => {
    await withVendors(5_000, async (configuration) => {
      const words = ['users', '--provider', 'genesys', '--deadline', '1']
      const { code, stderr } = await run(words, { configuration, registry })
      expect(code).toBe(7)
      expect(stderr).toContain('the deadline has passed')
    })
  })

  it.each(['0', '-1', 'soon', '1.5'])('is a usage error where it is %j', async (deadline) => {
    const { code, stderr } = await run([`--deadline=${deadline}`, 'report'])
    expect(code).toBe(2)
    expect(stderr).toContain('whole number from 1')
  })
})
