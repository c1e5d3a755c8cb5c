import { afterAll, describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import type { LicenseProvider } from '../../src/provider-kit/index.ts'
import { createLicenseReport } from '../../src/report/index.ts'
import type { Fault } from '../../src/simulator-kit/index.ts'
import { hastyClock } from '../../src/testing/index.ts'

/** Every way in which an organization can be of no use, and how its failure is told. */
const ways: readonly { readonly fault: Fault; readonly tag: string }[] = [
  { fault: { effect: { kind: 'status', status: 401, body: {} } }, tag: 'AuthenticationFailed' },
  { fault: { effect: { kind: 'status', status: 403, body: {} } }, tag: 'PermissionDenied' },
  { fault: { effect: { kind: 'status', status: 500, body: {} } }, tag: 'Unavailable' },
  {
    fault: { effect: { kind: 'status', status: 503, body: '<html>', headers: { 'retry-after': '3600' } } },
    tag: 'RateLimited',
  },
  { fault: { effect: { kind: 'status', status: 429, headers: { 'retry-after': '86400' } } }, tag: 'RateLimited' },
  {
    fault: { effect: { kind: 'status', status: 429, headers: { 'retry-after': 'rand(30),add(30)' } } },
    tag: 'RateLimited',
  },
  {
    fault: { effect: { kind: 'status', status: 302, headers: { location: 'http://127.0.0.1:1/' } } },
    tag: 'Untrusted',
  },
  { fault: { effect: { kind: 'status', status: 200, body: '<html>' } }, tag: 'InvalidResponse' },
  { fault: { effect: { kind: 'status', status: 200, body: { __proto__: null } } }, tag: 'InvalidResponse' },
  { fault: { effect: { kind: 'truncate' } }, tag: 'InvalidResponse' },
  { fault: { effect: { kind: 'cut' } }, tag: 'Unavailable' },
  { fault: { effect: { kind: 'reset' } }, tag: 'Unavailable' },
  { fault: { effect: { kind: 'hang' } }, tag: 'Unavailable' },
]

const ORGANIZATIONS = 50

describe('a report over fifty organizations', () => {
  const running: { readonly destroy: () => Promise<void> }[] = []
  afterAll(() => Promise.all(running.map(({ destroy }) => destroy())))

  /** Only with a provider that never answers: on a busy machine the others may take their time. */
  const patience = (faults: readonly Fault[]) =>
    faults.some(({ effect }) => 'kind' in effect && effect.kind === 'hang') ? { retry: { timeoutMs: 150 } } : {}
  const genesys = async (id: string, faults: readonly Fault[]): Promise<LicenseProvider> => {
    const simulator = await startGenesysSimulator({ users: 30, faults })
    running.push(simulator)
    return createGenesysProvider({ id, ...patience(faults), ...simulator.configuration }, { clock: hastyClock() })
  }
  const webex = async (id: string, faults: readonly Fault[]): Promise<LicenseProvider> => {
    const simulator = await startWebexSimulator({ users: 30, faults })
    running.push(simulator)
    return createWebexProvider({ id, ...patience(faults), ...simulator.configuration }, { clock: hastyClock() })
  }

  test('is exact for those that answer, whatever becomes of the others, and tells why each of those failed', async () => {
    const broken = ways.map(({ fault }, index) => ({ start: webex, id: `broken-${index}`, faults: [fault] }))
    const sound = Array.from({ length: ORGANIZATIONS - broken.length }, (_, index) => ({
      start: index % 2 === 0 ? genesys : webex,
      id: `sound-${index}`,
      faults: [],
    }))
    // One of each in turn, so that none has only its like beside it.
    const mixed = sound.flatMap((organization, index) => [organization, ...broken.slice(index, index + 1)])
    const providers = await Promise.all(mixed.map(({ start, id, faults }) => start(id, faults)))
    expect(providers).toHaveLength(ORGANIZATIONS)

    const alone = new Map(
      await Promise.all(
        [genesys, webex].map(async (start) => {
          const report = await createLicenseReport()([await start('alone', [])])()
          const rows = report.licenses.map(({ provider: _, ...row }) => row)
          return [report.providers[0]?.vendor, { rows, users: report.providers[0]?.licensedUsers }] as const
        }),
      ),
    )
    const report = await createLicenseReport()(providers)()
    expect(report.complete).toBe(false)
    for (const provider of report.providers) {
      const rows = report.licenses.filter((row) => row.provider === provider.id).map(({ provider: _, ...row }) => row)
      if (provider.id.startsWith('sound')) {
        expect(provider.status).toBe('complete')
        expect({ rows, users: provider.licensedUsers }).toEqual(alone.get(provider.vendor))
      } else {
        const way = ways[Number(provider.id.slice('broken-'.length))]
        expect([provider.id, provider.status, provider.error?._tag]).toEqual([provider.id, 'failed', way?.tag])
        expect(rows).toEqual([])
        expect(provider.licensedUsers.kind).toBe('unknown')
      }
    }
  }, 60_000)
})
