/**
 * One request in the line for its turn, from when it first waits until it has ended. Requests of one lane keep their order; lanes
 * take turns, so that one with thousands of requests does not keep the others waiting. A lane is a provider.
 */
export interface Turn {
  readonly lane: string
}

interface Lane {
  readonly waiting: (() => void)[]
  /** When it last got a place, and when it last sent, in the order of these. */
  placed: number
  sent: number
  /** The request that waits for its time. While it does, no other one of the lane gets a place. */
  holder: Turn | undefined
  heldUntil: number
}

/** A request whose time has come comes back at once. One that does not for so long, in milliseconds, is not waited for. */
const PATIENCE_MS = 1_000

/** Who gets one of so many places next, and who sends next where that has to wait. `places`: how many there are now. */
export const createTurns = (places: () => number) => {
  const lanes = new Map<string, Lane>()
  let taken = 0
  let order = 0

  const laneOf = ({ lane: name }: Turn): Lane => {
    const known = lanes.get(name)
    if (known !== undefined) return known
    const lane: Lane = { waiting: [], placed: 0, sent: 0, holder: undefined, heldUntil: 0 }
    lanes.set(name, lane)
    return lane
  }

  const nextLane = (): Lane | undefined => {
    let next: Lane | undefined
    for (const lane of lanes.values()) {
      const isReady = lane.waiting.length > 0 && lane.holder === undefined
      if (isReady && (next === undefined || lane.placed < next.placed)) next = lane
    }
    return next
  }

  const giveOut = (): void => {
    while (taken < places()) {
      const lane = nextLane()
      const start = lane?.waiting.shift()
      if (lane === undefined || start === undefined) return
      taken += 1
      lane.placed = ++order
      start()
    }
  }

  return {
    /** There may be more places than before. */
    giveOut,
    /** How many places are taken. */
    taken: (): number => taken,
    /** Runs a task when it is its turn and a place is free. */
    run: async <A>(task: () => Promise<A>, turn: Turn): Promise<A> => {
      const lane = laneOf(turn)
      await new Promise<void>((start) => {
        if (lane.holder === turn) {
          lane.holder = undefined
          lane.waiting.unshift(start)
        } else {
          lane.waiting.push(start)
        }
        giveOut()
      })
      try {
        return await task()
      } finally {
        taken -= 1
        giveOut()
      }
    },
    /** The request waits until then, and its lane with it. */
    hold: (turn: Turn, until: number): void => {
      const lane = laneOf(turn)
      lane.holder = turn
      lane.heldUntil = until
    },
    /** Whether a lane that has waited, and whose time has come, sends before this request. */
    isBehind: (turn: Turn, now: number): boolean => {
      const own = laneOf(turn)
      for (const lane of lanes.values()) {
        const isDue = lane.holder !== undefined && lane.heldUntil <= now && now - lane.heldUntil < PATIENCE_MS
        if (lane !== own && isDue && lane.sent < own.sent) return true
      }
      return false
    },
    sends: (turn: Turn): void => {
      laneOf(turn).sent = ++order
    },
    /** The request does not come back: others of its lane may go on. */
    leave: (turn: Turn): void => {
      const lane = laneOf(turn)
      if (lane.holder !== turn) return
      lane.holder = undefined
      giveOut()
    },
  }
}
