import type { Cost, LicensedUser, LicenseError, LicenseReport, Plan } from 'seatlens'
import { linesOf } from './lines.ts'

/** What the server answers. The library's own results have the library's types. */
export interface Tenant {
  readonly id: string
  readonly name: string
  readonly role: 'viewer' | 'operator'
}

export interface Session {
  readonly name: string
  readonly tenants: readonly Tenant[]
}

export type Report = Omit<LicenseReport, 'users'>

export interface Progress {
  readonly provider: string
  readonly users: number
  readonly pages: number
  readonly expectedPages?: number
}

export type UsersLine =
  | { readonly user: LicensedUser }
  | { readonly progress: Progress }
  | { readonly failure: LicenseError }
  | { readonly done: { readonly complete: boolean; readonly users: number } }

export interface HeldSeat {
  readonly provider: string
  readonly userId: string
  readonly license: { readonly id: string; readonly name: string }
  readonly pending: boolean
  readonly monthlyCost?: Cost
}

export interface FoundPerson {
  readonly person: { readonly email: string; readonly displayName?: string }
  readonly seats: readonly HeldSeat[]
  readonly failures: readonly LicenseError[]
}

export interface Snapshot {
  readonly id: string
  readonly takenAt: string
  readonly complete: boolean
}

export type State =
  | 'planned'
  | 'applying'
  | 'interrupted'
  | 'applied'
  | 'applied with failures'
  | 'undoing'
  | 'undo interrupted'
  | 'undone'
  | 'undone with failures'

export interface PlanStatus {
  readonly state: State
  /** Why the last run ended early, or sent nothing. */
  readonly failures: readonly { readonly code: string; readonly message: string }[]
  /** By outcome. */
  readonly counts: Readonly<Record<string, number>>
}

export interface PlanSummary extends PlanStatus {
  readonly id: string
  readonly provider: string
  readonly createdAt: string
  readonly createdBy: string
  readonly changes: number
  readonly seatsRemoved: number
}

export interface StoredPlan extends PlanSummary {
  readonly plan: Plan
  readonly needsConfirmation: boolean
}

/** `change` is the key: a later outcome takes the place of an earlier one. */
export interface Outcome {
  readonly change: number
  readonly user: string
  readonly license: string
  readonly action: 'assign' | 'remove'
  readonly outcome: string
  readonly reason?: string
  readonly undo?: true
}

export type WantedPlan =
  | { readonly fix: readonly string[]; readonly provider?: string; readonly limit?: number }
  | {
      readonly changes: readonly {
        readonly provider: string
        readonly user: string
        readonly action: 'assign' | 'remove'
        readonly license: string
      }[]
    }

interface Told {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly seconds?: number
    readonly by?: string
    readonly since?: string
  }
  /** How many seats must be confirmed. */
  readonly needs?: number
}

/** The server has said no. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly told: Told

  constructor(status: number, told: Told) {
    super(told.error.message)
    this.status = status
    this.code = told.error.code
    this.told = told
  }
}

interface Asking {
  readonly method?: string
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

const ask = async (path: string, { method = 'GET', body, signal }: Asking = {}): Promise<Response> => {
  const response = await fetch(path, {
    method,
    headers: {
      'x-seatlens': 'console',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  if (response.ok) return response
  const unreadable: Told = {
    error: { code: 'Unreadable', message: `The server answered with status ${response.status}.` },
  }
  const told: Told = await response.json().catch(() => unreadable)
  throw new Refused(response.status, told.error === undefined ? unreadable : told)
}

const read = async <A>(path: string, asking?: Asking): Promise<A> => (await ask(path, asking)).json()

export const signIn = (name: string, password: string): Promise<Session> =>
  read('/api/session', { method: 'POST', body: { name, password } })

export const session = (): Promise<Session> => read('/api/session')

export const signOut = async (): Promise<void> => {
  await ask('/api/session', { method: 'DELETE' })
}

/** What can be asked of one tenant. `signal` ends the request, and with it the requests to vendors that it has caused. */
export const tenantApi = (tenant: string, signal: AbortSignal) => {
  const base = `/api/tenants/${encodeURIComponent(tenant)}`
  const planPath = (id: string) => `${base}/plans/${encodeURIComponent(id)}`
  return {
    report: (isFresh = false) => read<Report>(`${base}/report${isFresh ? '?fresh=1' : ''}`, { signal }),
    reportPage: (snapshot?: string) =>
      `${base}/report.html${snapshot === undefined ? '' : `?snapshot=${encodeURIComponent(snapshot)}`}`,
    /** Users as the vendors' pages come. `stop` ends it early. */
    users: async function* (stop: AbortSignal): AsyncGenerator<UsersLine> {
      const { body } = await ask(`${base}/users`, { signal: AbortSignal.any([signal, stop]) })
      if (body === null) return
      for await (const line of linesOf(body)) {
        const parsed: UsersLine = JSON.parse(line)
        yield parsed
      }
    },
    person: (email: string) => read<FoundPerson>(`${base}/people?email=${encodeURIComponent(email)}`, { signal }),
    snapshots: () => read<readonly Snapshot[]>(`${base}/snapshots`, { signal }),
    takeSnapshot: () => read<Snapshot>(`${base}/snapshots`, { method: 'POST', signal }),
    plans: () => read<readonly PlanSummary[]>(`${base}/plans`, { signal }),
    plan: (id: string) => read<StoredPlan>(planPath(id), { signal }),
    makePlan: (body: WantedPlan) => read<StoredPlan>(`${base}/plans`, { method: 'POST', body, signal }),
    apply: (id: string, confirmedSeats?: number) =>
      ask(`${planPath(id)}/apply`, { method: 'POST', body: confirmedSeats === undefined ? {} : { confirmedSeats } }),
    undo: (id: string) => ask(`${planPath(id)}/undo`, { method: 'POST' }),
    eventsPath: (id: string) => `${planPath(id)}/events`,
  }
}

export type TenantApi = ReturnType<typeof tenantApi>
