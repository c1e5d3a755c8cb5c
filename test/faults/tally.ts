/** What a run of the program came to. */
export interface Tally {
  readonly schedule: () => void
  readonly struck: (kind: string, times: number) => void
  readonly checked: (outcome: string, lists: number) => void
  readonly wrong: () => void
  readonly text: (name: string) => string
}

const lines = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

/** `checked` is what is checked: lists, changes. */
export const createTally = (what = 'lists'): Tally => {
  let schedules = 0
  let faults = 0
  let lists = 0
  let wrong = 0
  const kinds = new Map<string, number>()
  const outcomes = new Map<string, number>()
  const count = (counts: Map<string, number>, name: string, by: number) =>
    counts.set(name, (counts.get(name) ?? 0) + by)
  return {
    schedule: () => {
      schedules += 1
    },
    struck: (kind, times) => {
      faults += times
      count(kinds, kind, times)
    },
    checked: (outcome, checkedLists) => {
      lists += checkedLists
      count(outcomes, outcome, 1)
    },
    wrong: () => {
      wrong += 1
    },
    text: (name) =>
      [
        `faults of ${name}: ${schedules} schedules, ${faults} faults struck, ${lists} ${what} checked, ${wrong} wrong results`,
        `  outcomes: ${lines(outcomes)}`,
        `  struck: ${lines(kinds)}`,
      ].join('\n'),
  }
}
