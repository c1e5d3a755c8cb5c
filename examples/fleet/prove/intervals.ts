import type { SimulatedRequest } from './simulated.ts'

/** What is known of a worker process besides its requests. Times are in milliseconds since 1970. */
export interface WorkerRecord {
  readonly pid: number
  /** Lines of its log: when a snapshot came to its end. */
  readonly ends: readonly { readonly organization: string; readonly at: number }[]
  readonly endedAt: number
}

/** One reading of an organization, from its first request until the worker said that it has ended, or ended itself. */
export interface Reading {
  readonly organization: string
  readonly from: string
  readonly startedAt: number
  readonly endedAt: number
  readonly requests: number
  /** The worker ended before. */
  readonly isCut: boolean
}

const pidOf = (from: string): number => Number(/-(\d+);/.exec(from)?.[1])

/** The readings that the simulators saw. A request that does not say who sent it is a mistake of the proof. */
export const readingsOf = (
  requests: readonly SimulatedRequest[],
  workers: readonly WorkerRecord[],
): readonly Reading[] => {
  const groups = new Map<string, SimulatedRequest[]>()
  for (const request of requests) {
    const group = groups.get(request.from) ?? []
    group.push(request)
    groups.set(request.from, group)
  }
  const byPid = new Map(workers.map((worker) => [worker.pid, worker]))
  return [...groups].map(([from, group]) => {
    const times = group.map(({ at }) => at)
    const [organization, ...others] = new Set(group.flatMap((one) => one.organization ?? []))
    const worker = byPid.get(pidOf(from))
    if (worker === undefined || organization === undefined || others.length > 0) {
      throw new Error(`"${from}" asked for ${[organization, ...others].join(', ')}`)
    }
    const last = Math.max(...times)
    const end = worker.ends.find((one) => one.organization === organization && one.at >= last)
    return {
      ...{ organization, from, requests: times.length },
      startedAt: Math.min(...times),
      // What was on its way when its worker was killed comes later.
      endedAt: Math.max(last, end?.at ?? worker.endedAt),
      isCut: end === undefined,
    }
  })
}

/** Pairs of readings of one organization of which the second began before the first had ended. */
export const atOnce = (readings: readonly Reading[]): readonly string[] => {
  const sorted = [...readings].sort((one, other) => one.startedAt - other.startedAt)
  const before = new Map<string, Reading>()
  return sorted.flatMap((reading) => {
    const { organization, from, startedAt } = reading
    const latest = before.get(organization)
    if (latest === undefined || reading.endedAt > latest.endedAt) before.set(organization, reading)
    if (latest === undefined || startedAt >= latest.endedAt) return []
    return [`${organization}: ${from} began ${latest.endedAt - startedAt} ms before ${latest.from} had ended`]
  })
}
