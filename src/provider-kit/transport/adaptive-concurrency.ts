/** How many requests may be under way at once, as the vendor's answers show. */
export interface AdaptiveConcurrency {
  readonly limit: () => number
  /** An answer came after so many milliseconds. `underWay`: requests at that time, this one included. */
  readonly answered: (operation: string, ms: number, underWay: number) => void
  /** The vendor says that there are too many requests. */
  readonly throttled: () => void
}

const FIRST = 4
/** An answer is slow if it takes twice as long as the quickest one of its operation, and this many milliseconds more. */
const SLACK_MS = 50
/** After a fall, answers must come in this part of the time that they took before, or it did not help. */
const HELPED = 0.8
const LESS = 0.7

/**
 * Begins with few requests and doubles their number for as long as answers come as quickly as before; where half of them do
 * not, there are fewer, and from then on one more at a time. If that does not make answers quicker, it is not we who make them
 * slow: what is quick is learned anew. `most`: the bound, which is never passed.
 */
export const createAdaptiveConcurrency = (most: number): AdaptiveConcurrency => {
  const quickest = new Map<string, number>()
  let limit = Math.min(FIRST, most)
  let hasFallen = false
  /** What answers took on the average before the last fall; undefined where that was long ago. */
  let before: number | undefined
  let answers = 0
  let slow = 0
  let sum = 0
  let isUsed = false

  const begin = () => {
    answers = 0
    slow = 0
    sum = 0
    isUsed = false
  }
  const fall = (part: number) => {
    limit = Math.max(1, Math.floor(limit * part))
    hasFallen = true
  }
  const judge = () => {
    const mean = sum / answers
    if (2 * slow <= answers) {
      before = undefined
      if (isUsed) limit = Math.min(most, hasFallen ? limit + 1 : 2 * limit)
    } else if (before !== undefined && mean > HELPED * before) {
      before = undefined
      quickest.clear()
    } else {
      before = mean
      fall(LESS)
    }
    begin()
  }

  return {
    limit: () => limit,
    answered: (operation, ms, underWay) => {
      const best = Math.min(quickest.get(operation) ?? ms, ms)
      quickest.set(operation, best)
      answers++
      sum += ms
      if (ms > 2 * best + SLACK_MS) slow++
      isUsed ||= underWay >= limit
      if (answers >= limit) judge()
    },
    throttled: () => {
      fall(1 / 2)
      begin()
    },
  }
}
