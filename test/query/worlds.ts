import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { vi } from 'vitest'
import type { Registry } from '../../src/cli/registry-entry.ts'
import { known } from '../../src/index.ts'
import { type AcmeWorld, createAcme } from '../cli/support/acme.ts'
import { registryOf, run } from '../cli/support/run.ts'

type Worlds = Readonly<Record<string, AcmeWorld>>

/** Two vendors with an organization each. */
const registryFor = (worlds: Worlds): Registry =>
  registryOf(
    createAcme((id) => worlds[id] ?? {}, 'acme'),
    createAcme((id) => worlds[id] ?? {}, 'bolt'),
  )

const price = (amount: number, currency: string) => ({ amount, currency, per: 'seat-month' })

const configuration = {
  providers: [
    {
      id: 'acme',
      type: 'acme',
      token: 'sesame',
      licenses: { basic: { price: price(1_001, 'EUR'), term: { end: '2031-01-01', noticeDays: 30 } } },
    },
    { id: 'bolt', type: 'bolt', token: 'sesame', licenses: { voice: { price: price(500, 'JPY') } } },
  ],
}

/** Takes a snapshot on a day, as `seatlens snapshot` does it. */
const snapshotOn = async (folder: string, day: string, worlds: Worlds): Promise<void> => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${day}T10:00:00Z`) })
  try {
    const args = ['snapshot', '--output', `kept/${day}`]
    await run(args, { folder, configuration, registry: registryFor(worlds) })
  } finally {
    vi.useRealTimers()
  }
}

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
