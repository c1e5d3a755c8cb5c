import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startWebexSimulator, type WebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { run } from './support/run.ts'

/** A partner reads several organizations with one refresh token, which the vendor rotates. */
describe('providers of one credential', () => {
  let folder: string
  let simulator: WebexSimulator
  let configuration: unknown

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'seatlens-partner-'))
    simulator = await startWebexSimulator({
      users: 20,
      rotateRefreshToken: true,
      managed: [{ name: 'one' }, { name: 'two' }],
    })
    const { refreshConfiguration, organizations } = simulator
    const providers = organizations.map(({ uuid }, index) => ({
      id: `customer-${index}`,
      type: 'webex',
      orgId: uuid,
      ...refreshConfiguration,
    }))
    configuration = { providers }
  })
  afterEach(async () => {
    await simulator.destroy()
    rmSync(folder, { recursive: true })
  })

  const report = (...words: string[]) =>
    run(['report', '--format', 'json', ...words], { folder, configuration, registry })

  it('refresh it once and all read their organizations', async () => {
    const { code, stdout } = await report()
    expect(code).toBe(0)
    expect(JSON.parse(stdout).providers).toMatchObject([
      { id: 'customer-0', status: 'complete' },
      { id: 'customer-1', status: 'complete' },
      { id: 'customer-2', status: 'complete' },
    ])
    expect(simulator.tokens.refreshed()).toBe(1)
  })

  it('keep its tokens in one file, which a run over some of them finds as well', async () => {
    await report()
    const { code } = await report('--provider', 'customer-2')
    expect(code).toBe(0)
    expect(readdirSync(join(folder, '.seatlens'))).toEqual(['customer-0.token'])
    expect(simulator.tokens.refreshed()).toBe(1)
  })
})
