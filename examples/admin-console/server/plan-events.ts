import type { Context } from 'hono'
import type { SSEStreamingApi } from 'hono/streaming'
import { describeError, followJournal, type JournaledOutcome } from 'seatlens'
import type { Outcome, PlanEvents } from '../shared/api.ts'
import { type Env, userOf } from './environment.ts'
import { entryOf, openTally } from './plan-progress.ts'
import { journalLines } from './store/journal.ts'
import type { StoredPlan } from './store/plans.ts'

const POLL_MS = 250
/** How often a stream without news shows that it is alive, and asks whether the user is still signed in. */
const CHECK_MS = 2_000

const toldOf = ({ place, result, reason, user, license, action, undo }: JournaledOutcome): Outcome => ({
  change: place,
  ...{ user, license, action, undo },
  outcome: result,
  ...(reason === undefined ? {} : { reason: describeError(reason) }),
})

/**
 * Tells a browser how a plan goes on, until it leaves or its user signs out. The journal is read again and again, so that it
 * does not matter which server is at work on the plan. `seen`: the last line of it that the browser knows.
 */
export const sendPlanEvents = async (
  c: Context<Env>,
  { id, plan }: StoredPlan,
  seen: number,
  out: SSEStreamingApi,
): Promise<void> => {
  const { database, plans } = c.var.console
  const send = <Name extends keyof PlanEvents>(event: Name, content: PlanEvents[Name], line?: number) =>
    out.writeSSE({ event, data: JSON.stringify(content), ...(line === undefined ? {} : { id: String(line) }) })
  const follow = followJournal(plan)
  const tally = openTally()
  let last = 0
  let told = ''
  let checkAt = performance.now() + CHECK_MS
  while (!out.aborted) {
    // The state first: it is told after all that led to it.
    const now = await plans.summary(id)
    if (now === undefined) return
    for (const line of await journalLines(database, id, last)) {
      last = line.line
      const entry = entryOf(line)
      tally.enter(entry)
      const outcome = follow(entry)
      if (outcome !== undefined && last > seen) await send('outcome', toldOf(outcome), last)
    }
    const { state, failures } = now
    const progress = tally.progress(plan.changes.length, /^und/.test(state))
    const status = { state, failures, counts: tally.counts() }
    const news = JSON.stringify([progress, status])
    if (told !== news) {
      await send('progress', progress)
      await send('state', status)
      told = news
    }
    if (performance.now() > checkAt) {
      if ((await userOf(c)) === undefined) return
      await out.write(': still here\n\n')
      checkAt = performance.now() + CHECK_MS
    }
    await out.sleep(POLL_MS)
  }
}
