import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { vi } from 'vitest'
import type { Registry } from '../../src/cli/registry-entry.ts'
import { known } from '../../src/index.ts'
import { type AcmeWorld, createAcme } from '../cli/support/acme.ts'
import { registryOf, run } from '../cli/support/run.ts'

type Worlds = Readonly<Record<string, AcmeWorld>>

/** Three vendors with an organization each. */
const registryFor = (worlds: Worlds): Registry =>
  registryOf(...['acme', 'bolt', 'core'].map((type) => createAcme((id) => worlds[id] ?? {}, type)))

const price = (amount: number, currency: string) => ({ amount, currency, per: 'seat-month' })

const providers = [
  {
    id: 'acme',
    type: 'acme',
    token: 'sesame',
    licenses: { basic: { price: price(1_001, 'EUR'), term: { end: '2031-01-01', noticeDays: 30 } } },
  },
  { id: 'bolt', type: 'bolt', token: 'sesame', licenses: { voice: { price: price(500, 'JPY') } } },
  {
    id: 'core',
    type: 'core',
    token: 'sesame',
    licenses: { desk: { price: price(200, 'EUR'), term: { end: '2030-06-01', noticeDays: 30 } } },
  },
]

/** Takes a snapshot at a time, of the organizations that there are, as `seatlens snapshot` does it. */
const snapshotAt = async (folder: string, output: string, time: string, worlds: Worlds): Promise<void> => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(time) })
  try {
    const configuration = { providers: providers.filter(({ id }) => id in worlds) }
    await run(['snapshot', '--output', output], { folder, configuration, registry: registryFor(worlds) })
  } finally {
    vi.useRealTimers()
  }
}

const snapshotOn = (folder: string, day: string, worlds: Worlds): Promise<void> =>
  snapshotAt(folder, `kept/${day}`, `${day}T10:00:00Z`, worlds)

const license = (id: string, purchased: number, consumed: number) => ({
  id,
  name: id.toUpperCase(),
  purchased: known(purchased),
  consumed: known(consumed),
})

const lost = {
  items: [{ id: 'v1', email: 'Ann@Example.com', licenseIds: ['voice'] }],
  gaps: [{ what: 'page 2', reason: 'it was torn' }],
}

/** Puts a folder `kept` into a folder, with three monthly snapshots of two vendors whose every number is known here. */
export const keepThreeMonths = async (folder: string): Promise<void> => {
  await mkdir(join(folder, 'kept'))
  const ann = {
    id: 'ann',
    displayName: 'Ann',
    email: 'ann@example.com',
    department: 'Sales',
    lastActiveAt: '2026-10-30T00:00:00Z',
  }
  const bob = { id: 'bob', displayName: 'Bob', email: 'bob@example.com', department: null, neverActive: true }
  const cyd = { id: 'cyd', displayName: 'Cyd', status: 'inactive', licenseIds: ['basic'] } as const
  const voice = { id: 'v1', email: 'Ann@Example.com', licenseIds: ['voice'] }
  const pending = { id: 'v2', email: 'dan@example.com', licenseIds: [], pendingLicenseIds: ['voice'] }
  const limits = [
    { ...license('voice', 5, 1), purchased: { kind: 'unlimited' } as const },
    { ...license('free', 0, 0), purchased: { kind: 'notApplicable' } as const },
  ]
  await snapshotOn(folder, '2026-09-01', {
    acme: { licenses: [license('basic', 10, 2)], users: [{ items: [ann, cyd] }] },
    bolt: { licenses: limits, users: [{ items: [voice] }] },
  })
  await snapshotOn(folder, '2026-10-01', {
    acme: { licenses: [license('basic', 10, 2)], users: [{ items: [ann, bob] }] },
    bolt: { licenses: limits, users: [lost] },
  })
  await snapshotOn(folder, '2026-11-01', {
    acme: { licenses: [license('basic', 2, 3)], users: [{ items: [ann, bob, cyd] }] },
    bolt: {
      licenses: [
        ...limits,
        { ...license('dark', 0, 0), purchased: { kind: 'unknown', reason: 'nobody says', atLeast: 3 } as const },
      ],
      users: [{ items: [voice, pending] }],
    },
  })
}

/**
 * Puts three folders of snapshots into a folder. `europe` has acme and core, on one day twice; `asia` has bolt, on other days;
 * `desks` has core alone, on the day after all others.
 */
export const keepSeveralFolders = async (folder: string): Promise<void> => {
  for (const name of ['europe', 'asia', 'desks']) await mkdir(join(folder, name))
  const ann = { id: 'ann', displayName: 'Ann', email: 'ann@example.com', department: 'Sales' }
  const bob = { id: 'bob', displayName: 'Bob', department: 'Sales', status: 'inactive' } as const
  const cyd = { id: 'cyd', displayName: 'Cyd', department: 'Sales', neverActive: true }
  const [desk1, desk2, desk3] = ['ann@example.com', 'cora@example.com', 'dan@example.com'].map((email, place) => ({
    id: `d${place + 1}`,
    email,
    department: 'Desks',
    licenseIds: ['desk'],
  }))
  const eva = { id: 'v1', displayName: 'Eva', status: 'inactive', lastActiveAt: '2026-08-01T00:00:00Z' } as const
  const acme = (...items: readonly object[]) => ({ licenses: [license('basic', 3, items.length)], users: [{ items }] })
  const core = (...items: readonly (object | undefined)[]) => ({
    licenses: [license('desk', 9, items.length)],
    users: [{ items: items.map((item = {}) => item) }],
  })
  const bolt = (...licenseIds: readonly string[]) => ({
    licenses: [{ ...license('voice', 0, 1), purchased: { kind: 'unknown', reason: 'nobody says' } as const }],
    users: [{ items: [{ ...eva, licenseIds, pendingLicenseIds: ['fax'] }] }],
  })
  await snapshotAt(folder, 'europe/1', '2026-10-01T10:00:00Z', { acme: acme(ann, bob), core: core(desk1) })
  await snapshotAt(folder, 'europe/2', '2026-11-01T06:00:00Z', { acme: acme(ann, bob), core: core(desk1, desk2) })
  await snapshotAt(folder, 'europe/3', '2026-11-01T18:00:00Z', { acme: acme(ann, cyd), core: core(desk1, desk2) })
  await snapshotAt(folder, 'asia/1', '2026-09-15T10:00:00Z', { bolt: bolt() })
  await snapshotAt(folder, 'asia/2', '2026-10-15T10:00:00Z', { bolt: bolt('voice') })
  await snapshotAt(folder, 'desks/1', '2026-11-02T10:00:00Z', { core: core(desk1, desk2, desk3) })
}
