import { known, type License, type LicensedUser, type LicenseProvider } from '../../src/index.ts'
import {
  applyPlan,
  createPlan,
  failureLines,
  failuresIn,
  type Intent,
  type Journal,
  type JournalEntry,
  type Plan,
} from '../../src/plan/index.ts'
import { createInMemoryProvider, hastyClock, type InMemoryOptions } from '../../src/testing/index.ts'

export const license = (id: string, more: Partial<License> = {}): Omit<License, 'provider'> => ({
  id,
  name: id.toUpperCase(),
  metric: 'named',
  purchased: known(10),
  consumed: { kind: 'unknown', reason: 'the vendor has no counter' },
  includes: [],
  requires: [],
  ...more,
})

export const user = (id: string, licenseIds: readonly string[], more: Partial<LicensedUser> = {}) => ({
  id,
  kind: 'internal' as const,
  status: 'active' as const,
  licenseIds,
  pendingLicenseIds: [],
  email: `${id}@example.com`,
  ...more,
})

/** Ada holds `basic`, Bob `basic` and `pro`, Cleo nothing. */
export const organization = (more: Partial<InMemoryOptions> = {}): LicenseProvider =>
  createInMemoryProvider({
    licenses: [license('basic'), license('pro'), license('extra')],
    users: [user('ada', ['basic']), user('bob', ['basic', 'pro']), user('cleo', [])],
    ...more,
  })

export const planFor = async (provider: LicenseProvider, intents: readonly Intent[], now?: number): Promise<Plan> => {
  const clock = now === undefined ? {} : { clock: { ...hastyClock(), now: () => now } }
  const made = await createPlan(provider, intents, clock)()
  if (made._tag === 'Left') throw new Error(failureLines(made.left).join('\n'))
  return made.right
}

/** Why no plan is made. */
export const refusalFor = async (provider: LicenseProvider, intents: readonly Intent[]) => {
  const made = await createPlan(provider, intents)()
  if (made._tag === 'Right') throw new Error('a plan was made')
  return { failures: failuresIn(made.left), lines: failureLines(made.left) }
}

const source = 'the test'

export const assign = (wanted: string, user: string): Intent => ({ source, action: 'assign', license: wanted, user })
export const remove = (wanted: string, user: string): Intent => ({ source, action: 'remove', license: wanted, user })
export const swap = (from: string, to: string, user: string): Intent => ({
  source,
  action: 'swap',
  license: from,
  to,
  user,
})
export const exactly = (wanted: string, users: readonly string[], only?: 'add' | 'remove'): Intent => ({
  source,
  action: 'exactly',
  license: wanted,
  users,
  only,
})

/** A journal that keeps its entries. */
export const keptJournal = (): Journal & { readonly entries: JournalEntry[] } => {
  const entries: JournalEntry[] = []
  return {
    entries,
    append: async (entry) => {
      entries.push(entry)
    },
  }
}

export const applied = async (
  plan: Plan,
  provider: LicenseProvider,
  options: Partial<Parameters<typeof applyPlan>[2]> = {},
) => {
  const result = await applyPlan(plan, provider, { journal: keptJournal(), clock: hastyClock(), ...options })()
  if (result._tag === 'Left') throw new Error(failureLines(result.left).join('\n'))
  return result.right
}

/** What somebody holds now. */
export const held = async (provider: LicenseProvider, id: string): Promise<readonly string[]> => {
  const found = await provider.getUser({ id })()
  return found._tag === 'Right' ? [...found.right.licenseIds].sort() : []
}
