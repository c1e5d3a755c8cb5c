import type { Fault, FaultEffect } from './fault.ts'
import { pathMatcher } from './path-pattern.ts'
import { createScript, type Program, type RuleControl } from './script.ts'
import type { SimulatedRequest } from './simulated-request.ts'

/** A fault that is in force. */
export interface ActiveFault extends RuleControl {
  readonly fault: Fault
}

/** The faults of a running simulator, in their order. They can be changed at any time. */
export type FaultProgram = Program<Fault, ActiveFault>

export interface FaultScript extends FaultProgram {
  /** The effects on a request, which counts as seen by every fault that it passes. */
  readonly strike: (request: SimulatedRequest) => readonly FaultEffect[]
}

const matcherOf = ({ match = {} }: Fault): ((request: SimulatedRequest) => boolean) => {
  const { method, path, query = {} } = match
  const matchesPath = path === undefined ? undefined : pathMatcher(path)
  return (request) => {
    if (method !== undefined && method !== request.method) return false
    if (matchesPath !== undefined && matchesPath(request.path) === undefined) return false
    return Object.entries(query).every(([name, value]) => request.query.get(name) === value)
  }
}

const isList = (effect: Fault['effect']): effect is readonly FaultEffect[] => Array.isArray(effect)

export const createFaultScript = (faults: readonly Fault[] = []): FaultScript => {
  const { add, clear, active, meet } = createScript<Fault, ActiveFault, SimulatedRequest>({
    show: (fault, control) => ({ fault, ...control }),
    repetitionOf: ({ match = {} }) => match,
    matcherOf,
  })
  for (const fault of faults) add(fault)
  return {
    add,
    clear,
    active,
    strike: (request) => {
      const fault = meet(request)
      if (fault === undefined) return []
      return isList(fault.effect) ? fault.effect : [fault.effect]
    },
  }
}
