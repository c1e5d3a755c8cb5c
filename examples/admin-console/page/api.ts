import type {
  FoundPerson,
  KeptSnapshot,
  PlanInFull,
  PlanSummary,
  Report,
  Session,
  ToldRefusal,
  UsersLine,
  WantedPlan,
} from '../shared/api.ts'
import { linesOf } from './lines.ts'

/** The server has said no. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly told: ToldRefusal

  constructor(status: number, told: ToldRefusal) {
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
  const unreadable: ToldRefusal = {
    error: { code: 'Unreadable', message: `The server answered with status ${response.status}.` },
  }
  const told: ToldRefusal = await response.json().catch(() => unreadable)
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
    snapshots: () => read<readonly KeptSnapshot[]>(`${base}/snapshots`, { signal }),
    takeSnapshot: () => read<KeptSnapshot>(`${base}/snapshots`, { method: 'POST', signal }),
    plans: () => read<readonly PlanSummary[]>(`${base}/plans`, { signal }),
    plan: (id: string) => read<PlanInFull>(planPath(id), { signal }),
    makePlan: (body: WantedPlan) => read<PlanInFull>(`${base}/plans`, { method: 'POST', body, signal }),
    apply: (id: string, confirmedSeats?: number) =>
      ask(`${planPath(id)}/apply`, { method: 'POST', body: confirmedSeats === undefined ? {} : { confirmedSeats } }),
    undo: (id: string) => ask(`${planPath(id)}/undo`, { method: 'POST' }),
    eventsPath: (id: string) => `${planPath(id)}/events`,
  }
}

export type TenantApi = ReturnType<typeof tenantApi>
