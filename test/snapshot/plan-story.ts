import {
  applyPlan,
  applyUndo,
  createJournal,
  createPlan,
  createUndo,
  type DeclaredLicense,
  type Intent,
  type LicensedUser,
  type LicenseProvider,
  type PlanHistory,
  readJournal,
  readPlanHistory,
  toPromise,
  type Workspace,
  withDeclaredLicenses,
} from '../../src/index.ts'
import type { Pseudonyms, Snapshot } from '../../src/snapshot/index.ts'
import { createInMemoryProvider, type InMemoryOptions } from '../../src/testing/index.ts'
import { license, user } from '../report/reported-organization.ts'
import { snapshotOf } from './in-memory-folder.ts'

type User = Omit<LicensedUser, 'provider'>

export const HOUR_MS = 3_600_000

/**
 * An organization over some days: plans are made and applied with the real engine, other hands change things, and snapshots
 * are taken in between. Every step takes an hour.
 */
export const openStory = (initial: readonly User[], more: Partial<InMemoryOptions> = {}) => {
  let now = Date.parse('2026-11-01T00:00:00.000Z')
  const users = new Map(initial.map((one) => [one.id, one]))
  const workspaces = new Map<string, Omit<Workspace, 'provider'>>()
  const declared = new Map<string, DeclaredLicense>()
  const journals = new Map<string, string>()
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms
    },
  }
  /** Where there are workspaces, they may hold each license, too. */
  const licensesHeld = () =>
    ['basic', 'plus'].map((id) => license(id, workspaces.size === 0 ? {} : { holders: 'usersAndWorkspaces' }))

  const provider = (): LicenseProvider =>
    withDeclaredLicenses(
      createInMemoryProvider({
        id: 'acme',
        licenses: licensesHeld(),
        users: [...users.values()],
        ...(workspaces.size === 0 ? {} : { workspaces: [...workspaces.values()] }),
        clock,
        ...more,
      }),
      declared,
    )

  /** What the vendor has made of it is how things are from now on. */
  const keep = async (changed: LicenseProvider): Promise<void> => {
    for await (const { provider: _, ...one } of changed.listUsers()) users.set(one.id, one)
  }

  const journalOf = (name: string) => {
    const append = async (lines: string) => {
      journals.set(name, (journals.get(name) ?? '') + lines)
    }
    return createJournal(append, { text: journals.get(name) ?? '', now: clock.now })
  }

  const next = () => {
    now += HOUR_MS
  }

  return {
    users,
    workspaces,
    journals,
    /** Makes a plan and applies it. */
    apply: async (name: string, intents: readonly Omit<Extract<Intent, { user: string }>, 'source'>[]) => {
      next()
      const of = provider()
      const asked = intents.map((intent) => ({ ...intent, source: name }) as Intent)
      const plan = await toPromise(createPlan(of, asked, { clock }))
      const maxRemovals = plan.changes.length
      const result = await toPromise(applyPlan(plan, of, { journal: journalOf(name), clock, maxRemovals }))
      await keep(of)
      return result
    },
    undo: async (name: string) => {
      next()
      const of = provider()
      const state = await toPromise(readJournal(journals.get(name) ?? ''))
      if (state === undefined) throw new Error(`nothing was begun with ${name}`)
      const undo = await toPromise(createUndo(state, of))
      await toPromise(applyUndo(undo, of, { journal: journalOf(name), clock, state, allowDrift: true }))
      await keep(of)
    },
    /** Another hand sets what a user holds. */
    set: (id: string, licenseIds: readonly string[], status: LicensedUser['status'] = 'active') => {
      next()
      users.set(id, user(id, licenseIds, { status }))
    },
    leave: (id: string) => {
      next()
      users.delete(id)
    },
    price: (id: string, amount: number) => {
      declared.set(id, { prices: [{ amount, currency: 'EUR', per: 'seat-month' }] })
    },
    snapshot: (options: { readonly pseudonyms?: Pseudonyms } = {}): Promise<Snapshot> => {
      next()
      return snapshotOf([provider()], { clock, ...options })
    },
    histories: async (): Promise<readonly PlanHistory[]> => {
      const all: PlanHistory[] = []
      for (const [name, text] of journals) {
        const history = await toPromise(readPlanHistory(text, { name }))
        if (history !== undefined) all.push(history)
      }
      return all
    },
  }
}

export type Story = ReturnType<typeof openStory>
