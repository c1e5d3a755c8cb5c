import { program, runOnce } from '../measure.mjs'
import { startSimulator } from '../simulators.mjs'

const PER_MINUTE = 300
/** Rows of a page of the license listing, and of the directory. */
const ROWS = [100, 500]

/**
 * A budget of 300 requests a minute, which the vendor holds to as well. The least possible time: as long as no more than 300
 * requests are in any 60 seconds. A minute of the measurement is a true one, or with `--speed` shorter.
 */
export const budget = async ({ speed, budgetUsers: users }) => {
  const clock = { epoch: Date.now(), speed }
  const { configuration, stop } = await startSimulator('limited', { users, requestsPerMinute: PER_MINUTE, ...clock })
  try {
    const args = [program('paced.mjs'), JSON.stringify(configuration), PER_MINUTE, clock.epoch, clock.speed]
    const result = await runOnce(args.map(String), { keep: true })
    const { ms, statuses } = JSON.parse(result.stdout)
    const requests = Object.values(statuses).reduce((sum, count) => sum + count, 0)
    const least = Math.floor((requests - 1) / PER_MINUTE) * 60_000
    const asked = ROWS.reduce((sum, rows) => sum + Math.ceil(users / rows), 0)
    if (least === 0) throw new Error(`${requests} requests are within the first minute: give more than ${users} users`)
    return {
      medians: {},
      rows: [
        { what: `300 a minute, ${requests} requests: time ÷ least possible time`, ratio: ms / least, most: 1.05 },
        { what: '300 a minute: answers that say "too many requests"', count: statuses[429] ?? 0, most: 0 },
        { what: `300 a minute: requests ÷ pages there are (${asked})`, ratio: requests / asked },
      ],
    }
  } finally {
    stop()
  }
}
