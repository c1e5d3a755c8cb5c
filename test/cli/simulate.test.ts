import { describe, expect, it } from 'vitest'
import { createAcme } from './support/acme.ts'
import { registryOf, run } from './support/run.ts'

const simulated = registryOf(
  createAcme(),
  createAcme(() => ({}), 'zenith'),
)

describe('seatlens demo', () => {
  it('reports on the simulator of every vendor, without any configuration', async () => {
    const { code, stdout, stderr } = await run(['demo'], { configuration: null, registry: simulated })
    expect(code).toBe(0)
    expect(stdout).toContain('Acme Seats (acme) · complete')
    expect(stdout).toContain('Acme Seats (zenith) · complete')
    expect(stderr).toContain('This is simulated data')
    expect(stderr).toContain('seatlens simulate')
  })

  it('keeps stdout to the data in other formats', async () => {
    const { stdout } = await run(['demo', '--format', 'json'], { configuration: null, registry: simulated })
    expect(JSON.parse(stdout)).toMatchObject({ complete: true })
  })

  it('does not look at a configuration that is there', async () => {
    expect((await run(['demo'], { configuration: '{', registry: simulated })).code).toBe(0)
  })
})

describe('seatlens simulate', () => {
  const simulate = (args: readonly string[] = []) =>
    run(['simulate', ...args], {
      configuration: null,
      registry: simulated,
      onStart: (stop) => setTimeout(stop, 200),
    })

  it('prints a configuration that reads as it is, and addresses on stderr, until it is interrupted', async () => {
    const { code, stdout, stderr } = await simulate()
    const configuration = JSON.parse(stdout)
    expect(code).toBe(130)
    expect(configuration.providers.map(({ id }: { id: string }) => id)).toEqual(['acme', 'zenith'])
    expect(stderr).toContain(`Acme Seats simulator: ${configuration.providers[0].region}`)
    expect((await run(['licenses'], { configuration, registry: simulated })).code).toBe(0)
  })

  it('uses the port given and those after it', async () => {
    const port = 20_000 + Math.floor(Math.random() * 20_000)
    const { stdout } = await simulate(['--port', String(port)])
    expect(JSON.parse(stdout).providers.map(({ region }: { region: string }) => region)).toEqual([
      `http://127.0.0.1:${port}`,
      `http://127.0.0.1:${port + 1}`,
    ])
  })

  it('stops the simulators', async () => {
    const { stdout } = await simulate()
    await expect(fetch(JSON.parse(stdout).providers[0].region)).rejects.toThrow()
  })
})
