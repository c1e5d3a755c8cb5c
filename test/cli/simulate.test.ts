import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { registry } from '../../src/cli/registry.ts'
import type { Registry } from '../../src/cli/registry-entry.ts'
import type { LicenseReport } from '../../src/report/license-report.ts'
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
  /** Runs it until it has said that it runs. */
  const simulate = (args: readonly string[] = [], simulators = simulated) => {
    let stop = () => {}
    return run(['simulate', ...args], {
      configuration: null,
      registry: simulators,
      onStart: (interrupt) => {
        stop = () => interrupt()
      },
      stderr: { take: async (text) => void (text.includes('Ctrl-C') && setImmediate(stop)) },
    })
  }

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

  it.each<[string, Registry]>([
    ['made with the kit', simulated],
    ['of the vendors', registry],
  ])('says in one line that a port is taken, and leaves no simulator %s running', async (_, simulators) => {
    const taken = 20_000 + Math.floor(Math.random() * 12_000)
    const other = createServer().listen(taken, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    // The second simulator wants it.
    const { code, stdout, stderr } = await run(['simulate', '--users', '20', '--port', String(taken - 1)], {
      configuration: null,
      registry: simulators,
    })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^--port: expected free ports, but port \d+, for the .+ simulator, is taken\n$/)
    expect(stderr).toContain(`port ${taken},`)
    await expect(fetch(`http://127.0.0.1:${taken - 1}`)).rejects.toThrow()
  })

  it('has a partner with several organizations, and prints the configuration that reads all of them', async () => {
    let reading: ReturnType<typeof run> | undefined
    let stop = () => {}
    const { stdout } = await run(['simulate', '--users', '20', '--organizations', '4'], {
      configuration: null,
      registry,
      onStart: (interrupt) => {
        stop = () => interrupt()
      },
      stdout: {
        take: async (text) => {
          reading = run(['licenses', '--format', 'ndjson'], { configuration: text, registry })
          await reading.finally(() => setImmediate(stop))
        },
      },
    })
    const [genesys, webex] = JSON.parse(stdout).providers
    expect([genesys.orgs, webex.orgs]).toEqual([undefined, 'all'])
    const read = await reading
    expect(read?.code).toBe(0)
    const ids = new Set([...(read?.stdout.matchAll(/"provider":"(webex-[^"]*)"/g) ?? [])].map(([, id]) => id))
    expect(ids.size).toBe(4)
  })

  it('reads what was bought from the contracts, and has the prices that the vendors do not tell', async () => {
    const { stdout } = await simulate(['--users', '100'], registry)
    const [genesys, webex] = JSON.parse(stdout).providers
    expect(genesys.billing).toEqual({ source: 'contracts', priceUnit: 'seat-month' })
    expect(genesys.licenses).toMatchObject({ cloudCX2: { sku: ['SIM-cloudCX2'], term: { noticeDays: 60 } } })
    const price = { amount: 1_600, currency: 'EUR', per: 'seat-month' }
    expect(webex.licenses).toMatchObject({ BCSTD: { price, term: { noticeDays: 90 } } })
  })

  it.each([100, 1_000])('leaves no number of seats unknown that the API of Genesys tells: %d people', async (users) => {
    const { stdout } = await run(['demo', '--format', 'json', '--users', String(users)], {
      configuration: null,
      registry,
    })
    const licenses: LicenseReport['licenses'] = JSON.parse(stdout).licenses
    const ofGenesys = licenses.filter(({ provider }) => provider === 'genesys')
    const unknown = ofGenesys.filter(
      ({ purchased, consumed }) => purchased.kind !== 'known' || consumed.kind !== 'known',
    )
    expect(unknown).toEqual([])
    expect(ofGenesys.find(({ id }) => id === 'cloudCX2')?.purchased).toEqual({
      kind: 'known',
      value: Math.round(users * 0.138),
    })
  })

  it('lets pages of the origins given call the simulators', async () => {
    const origin = 'https://admin.example.com'
    let allowed: Promise<string | null> | undefined
    let stop = () => {}
    await run(['simulate', '--cors', origin], {
      configuration: null,
      registry,
      onStart: (interrupt) => {
        stop = () => interrupt()
      },
      stderr: {
        take: async (text) => {
          const url = /Webex simulator: (\S+)/.exec(text)?.[1]
          if (url === undefined) return
          allowed = fetch(url, { headers: { origin } }).then(({ headers }) =>
            headers.get('access-control-allow-origin'),
          )
          await allowed
          stop()
        },
      },
    })
    expect(await allowed).toBe(origin)
  })

  it.each(['admin.example.com', 'https://admin.example.com/', 'null'])('refuses %s as an origin', async (origin) => {
    const { code, stderr } = await run(['simulate', '--cors', origin], { configuration: null, registry })
    expect(code).toBe(2)
    expect(stderr).toContain('--cors: expected an origin')
  })

  it('stops the simulators', async () => {
    const { stdout } = await simulate()
    await expect(fetch(JSON.parse(stdout).providers[0].region)).rejects.toThrow()
  })
})
