import type { Fault, FaultEffect } from './fault.ts'
import { type PathMatcher, pathMatcher } from './path-pattern.ts'
import type { SimulatedRequest } from './simulated-request.ts'

/** A fault that is in force. */
export interface ActiveFault {
  readonly fault: Fault
  /** How often it has struck. */
  readonly strikes: () => number
  /** Takes it out of force; harmless when it is out already. */
  readonly remove: () => void
}

/** The faults of a running simulator, in their order. They can be changed at any time. */
export interface FaultProgramme {
  /** Puts a fault in force, after those that are. */
  readonly add: (fault: Fault) => ActiveFault
  readonly clear: () => void
  readonly active: () => readonly ActiveFault[]
}

export interface FaultScript extends FaultProgramme {
  /** The effects on a request, which counts as seen by every fault that it passes. */
  readonly strike: (request: SimulatedRequest) => readonly FaultEffect[]
}

interface Entry {
  readonly active: ActiveFault
  /** The effects if the fault strikes this request, after counting it. */
  readonly meet: (request: SimulatedRequest) => readonly FaultEffect[] | undefined
}

const fits = (fault: Fault, matchesPath: PathMatcher | undefined, request: SimulatedRequest): boolean => {
  const { method, query = {} } = fault.match ?? {}
  if (method !== undefined && method !== request.method) return false
  if (matchesPath !== undefined && matchesPath(request.path) === undefined) return false
  return Object.entries(query).every(([name, value]) => request.query.get(name) === value)
}

const isList = (effect: Fault['effect']): effect is readonly FaultEffect[] => Array.isArray(effect)

const createEntry = (fault: Fault, remove: (entry: Entry) => void): Entry => {
  const { path, skip = 0, times = Number.POSITIVE_INFINITY } = fault.match ?? {}
  const matchesPath = path === undefined ? undefined : pathMatcher(path)
  const effects = isList(fault.effect) ? fault.effect : [fault.effect]
  let met = 0
  let strikes = 0
  const entry: Entry = {
    active: { fault, strikes: () => strikes, remove: () => remove(entry) },
    meet: (request) => {
      if (strikes >= times || !fits(fault, matchesPath, request)) return undefined
      met += 1
      if (met <= skip) return undefined
      strikes += 1
      return effects
    },
  }
  return entry
}

export const createFaultScript = (faults: readonly Fault[] = []): FaultScript => {
  let entries: readonly Entry[] = []
  const remove = (removed: Entry) => {
    entries = entries.filter((entry) => entry !== removed)
  }
  const add = (fault: Fault): ActiveFault => {
    const entry = createEntry(fault, remove)
    entries = [...entries, entry]
    return entry.active
  }
  for (const fault of faults) add(fault)
  return {
    add,
    clear: () => {
      entries = []
    },
    active: () => entries.map(({ active }) => active),
    strike: (request) => {
      for (const entry of entries) {
        const effects = entry.meet(request)
        if (effects !== undefined) return effects
      }
      return []
    },
  }
}
