import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import type { OperationTally } from '../../src/provider-kit/index.ts'
import { newFolder, run } from './support/run.ts'

interface Vendors {
  readonly configuration: { readonly providers: readonly Readonly<Record<string, unknown>>[] }
  readonly requests: () => number
  /** An address of a user of both vendors. */
  readonly address: string
}

const withVendors = async <A>(users: number, use: (vendors: Vendors) => Promise<A>): Promise<A> => {
  const [genesys, webex] = await Promise.all([
    startGenesysSimulator({ users, seed: 5 }),
    startWebexSimulator({ users, seed: 5 }),
  ])
  const providers = [
    { id: 'genesys', type: 'genesys', ...genesys.configuration },
    { id: 'webex', type: 'webex', ...webex.configuration },
  ]
  const addresses = new Set([...webex.organization.users()].map(({ person }) => person.email))
  const active = [...genesys.organization.users()].filter(({ listed, record }) => listed && record?.state === 'active')
  const address = active.find(({ record }) => addresses.has(record?.email ?? ''))?.record?.email ?? ''
  try {
    const requests = () => genesys.requests.count() + webex.requests.count()
    return await use({ configuration: { providers }, requests, address })
  } finally {
    await Promise.all([genesys.destroy(), webex.destroy()])
  }
}

interface Counted {
  readonly provider: string
  readonly requests: number
  readonly operations: readonly OperationTally[]
}

interface Forecast extends Counted {
  readonly operations: readonly (OperationTally & { readonly unsure?: string })[]
}

const forecastOf = async (args: readonly string[], configuration: unknown) => {
  const { code, stdout, stderr } = await run([...args, '--explain', '--format', 'json'], { configuration, registry })
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout).forecast as { readonly providers: readonly Forecast[] }
}

const countOf = async (args: readonly string[], configuration: unknown): Promise<readonly Counted[]> => {
  const { stderr } = await run([...args, '--stats', '--format', 'json'], { configuration, registry })
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '').stats.providers
}

/** What two numbers of requests differ by, as a part of the larger one. */
const difference = (one = 0, other = 0): number => Math.abs(one - other) / Math.max(one, other, 1)

/**
 * What a forecast differs by from what was counted, for each provider: in all, and in those operations of which it says how
 * many requests they take.
 */
const differences = (forecast: readonly Forecast[], counted: readonly Counted[]): readonly number[] =>
  forecast.flatMap(({ provider, requests, operations }) => {
    const was = counted.find((one) => one.provider === provider)
    const known = operations.filter(({ unsure }) => unsure === undefined)
    const sent = (operation: string) => was?.operations.find((one) => one.operation === operation)?.requests
    const isForeseen = ({ operation }: OperationTally) => operations.some((one) => one.operation === operation)
    expect(was?.operations.filter((one) => !isForeseen(one))).toEqual([])
    return [difference(requests, was?.requests), ...known.map((one) => difference(one.requests, sent(one.operation)))]
  })

const commands = (address: string): readonly (readonly string[])[] => [
  ['licenses'],
  ['users'],
  ['report'],
  ['report', '--verify'],
  ['check', '--fail-on', 'over-assigned'],
  ['user', address],
  ['plan', '--provider', 'genesys', '--assign', 'communicate', '--user', address],
]

describe('--explain', () => {
  it.each([40, 700, 2_500])(
    'forecasts within a tenth what --stats counts, for both vendors, each command and %d users',
    async (users) => {
      await withVendors(users, async ({ configuration, address }) => {
        for (const command of commands(address)) {
          const forecast = await forecastOf(command, configuration)
          const counted = await countOf(command, configuration)
          const told = differences(forecast.providers, counted)
          expect(Math.max(...told), `${command.join(' ')}: ${JSON.stringify([forecast, counted])}`).toBeLessThan(0.1)
        }
      })
    },
    180_000,
  )

  it('asks the vendors only how large the organizations are, and writes nothing', async () => {
    await withVendors(100, async ({ configuration, requests }) => {
      const folder = await newFolder()
      const { code, stdout } = await run(['snapshot', '--output', 'kept', '--explain'], {
        configuration,
        registry,
        folder,
      })
      expect(code).toBe(0)
      // Genesys Cloud: a token, and a row of each list. Webex: its licenses, which tell how many hold each of them.
      expect(requests()).toBe(4)
      expect(stdout).toContain('4 requests told this.')
      expect(stdout).toMatch(/ {2}needs spark-admin:licenses_read\n/)
      expect(await readdir(folder)).toEqual(['seatlens.json'])
    })
  })

  it('asks less where --users says how large they are', async () => {
    await withVendors(100, async ({ configuration, requests }) => {
      const { stdout } = await run(['report', '--explain', '--users', '50000', '--provider', 'genesys'], {
        configuration,
        registry,
      })
      expect(requests()).toBe(0)
      expect(stdout).toContain('genesys: 602 requests for 50,000 users\n')
      expect(stdout).toContain('500 × GET /api/v2/license/users\n')
      expect(stdout).toContain('300 requests a minute: at least 2 min')
      expect(stdout).toContain('Nothing was asked for this.')
    })
  })

  it('asks nothing where the last snapshot of --history tells it', async () => {
    await withVendors(700, async ({ configuration, requests }) => {
      const folder = await newFolder()
      const options = { configuration, registry, folder }
      await run(['snapshot', '--output', join('snapshots', 'one')], options)
      const counted = await countOf(['report'], configuration)
      const before = requests()
      const { stdout } = await run(['report', '--history', 'snapshots', '--explain', '--format', 'json'], options)
      const { forecast } = JSON.parse(stdout)
      expect(requests()).toBe(before)
      expect(Math.max(...differences(forecast.providers, counted))).toBeLessThan(0.1)
    })
  })

  it('keeps to the configured rate where that is lower than the vendor’s', async () => {
    await withVendors(100, async ({ configuration }) => {
      const providers = configuration.providers.map((provider) => ({ ...provider, requestsPerMinute: 10 }))
      const { stdout } = await run(['report', '--explain', '--users', '20000', '--provider', 'genesys'], {
        configuration: { providers },
        registry,
      })
      // 242 requests: ten in each minute.
      expect(stdout).toContain('10 requests a minute: at least 24 min\n')
      expect(stdout).toMatch(/^All: .* at least 24 min for the rate\./m)
    })
  })

  it('says that it is unknown where a provider does not tell', async () => {
    const { code, stdout } = await run(['report', '--explain'])
    expect(code).toBe(0)
    expect(stdout).toContain('acme: unknown: this kind of provider does not say what it will ask')
  })

  it('says why it is unknown where the vendor refuses', async () => {
    await withVendors(100, async ({ configuration }) => {
      const [genesys] = configuration.providers
      const { code, stdout } = await run(['report', '--explain'], {
        configuration: { providers: [{ ...genesys, clientSecret: 'wrong' }] },
        registry,
      })
      expect(code).toBe(4)
      expect(stdout).toMatch(/^genesys: unknown: /m)
    })
  })

  it.each([
    [['report', '--users', '100'], '--users: expected with --explain'],
    [['report', '--explain', '--from', 'kept'], '--explain: expected without --from'],
    [['apply', 'plan.json', '--explain'], '--explain: expected with report'],
  ])('refuses what means nothing: %j', async (args, said) => {
    const { code, stderr } = await run(args)
    expect(code).toBe(2)
    expect(stderr).toContain(said)
  })
})
