import type pg from 'pg'
import type PgBoss from 'pg-boss'
import {
  type LicenseError,
  type LicenseProvider,
  problemsOfReport,
  readSnapshot,
  type Snapshot,
  type SnapshotContent,
  takeSnapshot,
  toPromise,
} from 'seatlens'
import { checkSnapshot, reportOf } from './alerts.ts'
import type { Held, Locks } from './locks.ts'
import { messageOf } from './log.ts'
import { isGoodAfter, type Outcome, outcomeOf, recordOutcome } from './outcomes.ts'
import { ALERTS, type AlertJob, type SnapshotJob } from './queue.ts'
import { isOver } from './schedule.ts'
import type { Settings } from './settings.ts'
import { placeOf, type SnapshotStore } from './store/snapshot-store.ts'
import type { TableStore } from './store/table-store.ts'
import { interruptedRenewal } from './tokens.ts'

export interface JobSurroundings {
  readonly pool: pg.Pool
  readonly boss: PgBoss
  readonly locks: Locks
  readonly store: SnapshotStore
  /** Undefined: no tables are wanted. */
  readonly tables: TableStore | undefined
  readonly settings: Settings
  readonly providerOf: (organization: string) => LicenseProvider | undefined
}

/** Why there is no snapshot. `isFinal`: another try would end in the same way. */
class NoSnapshot extends Error {
  readonly isFinal: boolean
  /** What could be read nevertheless. */
  readonly part: SnapshotContent | undefined
  constructor(reason: string, isFinal: boolean, part?: SnapshotContent) {
    super(reason)
    this.isFinal = isFinal
    this.part = part
  }
}

/** The job has to come again, and nothing is wrong with the organization. */
class ComeAgain extends Error {}

/** There is no snapshot yet, after so many tries, for a reason that was told. */
export class FailedTry extends Error {
  readonly tries: number
  constructor(reason: string, tries: number) {
    super(reason)
    this.tries = tries
  }
}

/** These stay as they are until an administrator does something. */
const lasting: ReadonlySet<LicenseError['_tag']> = new Set([
  'AuthenticationFailed',
  'PermissionDenied',
  'NotFound',
  'RequestRejected',
  'Unsupported',
])

/** That the database of tokens is away is no matter of the vendor's. */
const isLasting = (error: LicenseError | undefined): boolean =>
  error !== undefined && lasting.has(error._tag) && error.operation !== 'token store'

const readBack = ({ files }: SnapshotContent): Promise<Snapshot> =>
  toPromise(
    readSnapshot({
      list: async () => [...files.keys()],
      read: async (name) => files.get(name) ?? [],
    }),
  )

/** What a snapshot that is not complete lacks first. */
const problemOf = async (snapshot: Snapshot): Promise<string> => {
  const [problem = 'not everything could be read'] = problemsOfReport(await reportOf(snapshot))
  return problem
}

/** Reads one organization. Rejects with {@link NoSnapshot} where not everything could be read. */
const read = async (
  job: SnapshotJob,
  { providerOf, settings, pool }: JobSurroundings,
  signal: AbortSignal,
): Promise<{ readonly content: SnapshotContent; readonly snapshot: Snapshot }> => {
  const provider = providerOf(job.organization)
  if (provider === undefined) throw new ComeAgain('the configuration of this worker does not have the organization')
  const content = await toPromise(takeSnapshot([provider], { signal, deadlineMs: settings.deadlineMinutes * 60_000 }))
  signal.throwIfAborted()
  const snapshot = await readBack(content)
  if (content.manifest.complete) return { content, snapshot }
  const [kept] = content.manifest.providers
  const error = kept?.licenses.error ?? kept?.users.error ?? kept?.workspaces?.error
  const problem = await problemOf(snapshot)
  const credential = settings.organizations.find(({ id }) => id === job.organization)?.credential
  const interrupted =
    error?._tag === 'AuthenticationFailed' && credential !== undefined
      ? await interruptedRenewal(pool, credential)
      : undefined
  throw new NoSnapshot(
    [problem, ...(interrupted === undefined ? [] : [interrupted])].join('; '),
    isLasting(error),
    kept?.status === 'partial' ? content : undefined,
  )
}

/** The outcome, the new baseline and the message about it: all of them, or none. */
const settle = (
  held: Held,
  { boss, settings }: JobSurroundings,
  { organization, period }: SnapshotJob,
  { snapshot, place, attempts }: { readonly snapshot: Snapshot; readonly place: string; readonly attempts: number },
): Promise<void> =>
  held.transaction(async (client) => {
    const { generatedAt: at } = snapshot.manifest
    await recordOutcome(client, { organization, period, state: 'good', place, attempts, at })
    // What was found late says nothing new: the check has seen a later one, and would take what is over for what began.
    if (await isGoodAfter(client, organization, period)) return
    const { rows } = await client.query<{ baseline: unknown }>(
      'select baseline from fleet.checks where organization = $1',
      [organization],
    )
    const { baseline, message } = await checkSnapshot(await reportOf(snapshot), rows[0]?.baseline, settings)
    await client.query(
      `insert into fleet.checks (organization, baseline) values ($1, $2)
       on conflict (organization) do update set baseline = excluded.baseline`,
      [organization, JSON.stringify(baseline)],
    )
    if (message === undefined || settings.alerts === undefined) return
    const alert: AlertJob = { organization, text: `${organization}: ${message}` }
    const db: PgBoss.Db = { executeSql: (text, values) => client.query(text, values) }
    await boss.send(ALERTS, alert, { db })
  })

/**
 * Takes the snapshot of one organization and period, unless it is there or the period has ended. Resolves once that is settled:
 * there is a snapshot, or a reason, and no try is left or would help. Rejects where the job has to come again. `stopped`: the
 * worker has to end.
 */
export const runSnapshotJob = async (
  job: SnapshotJob,
  stopped: AbortSignal,
  around: JobSurroundings,
): Promise<string> => {
  const { organization, period } = job
  const held = await around.locks.take(organization)
  if (held === undefined) throw new ComeAgain('another worker is at work on the organization')
  const signal = AbortSignal.any([stopped, held.lost])
  const place = placeOf(organization, period)
  const tell = (outcome: Omit<Outcome, 'organization' | 'period'>): Promise<void> =>
    held.transaction((client) => recordOutcome(client, { organization, period, ...outcome }))
  let attempts = 1
  try {
    const before = await held.transaction((client) => outcomeOf(client, organization, period))
    if (before !== undefined && before.state !== 'waiting') return `${before.state} already`
    attempts += before?.attempts ?? 0
    // A worker may have been killed after it wrote the snapshot, and before it said so.
    const found = await around.store.find(place)
    if (found !== undefined && !found.manifest.complete) {
      const reason = await problemOf(found)
      await tell({ state: 'partial', reason, place, attempts, at: found.manifest.generatedAt })
      return `partial: ${reason}`
    }
    if (found !== undefined) {
      await around.tables?.add(found, signal)
      await settle(held, around, job, { snapshot: found, place, attempts })
      return 'found'
    }
    if (isOver(period, Date.now(), around.settings)) {
      // What is read now would be the data of a later period, under the name of this one.
      const last = before?.reason ? `; the last try: ${before.reason}` : ''
      const reason = `the period ended before it could be read${last}`
      await tell({ state: 'failed', reason, attempts: before?.attempts ?? 0 })
      return `failed: ${reason}`
    }
    const { content, snapshot } = await read(job, around, signal)
    await around.store.write(place, content, signal)
    await around.tables?.add(snapshot, signal)
    await settle(held, around, job, { snapshot, place, attempts })
    return 'good'
  } catch (error) {
    if (signal.aborted || error instanceof ComeAgain) throw error
    const isEnd = attempts > around.settings.retries || (error instanceof NoSnapshot && error.isFinal)
    const reason = messageOf(error)
    const part = isEnd && error instanceof NoSnapshot ? error.part : undefined
    if (part !== undefined) await around.store.write(place, part, signal)
    const state = part !== undefined ? 'partial' : isEnd ? 'failed' : 'waiting'
    await tell({ state, reason, attempts, ...(part === undefined ? {} : { place, at: part.manifest.generatedAt }) })
    if (isEnd) return `${state}: ${reason}`
    throw new FailedTry(reason, attempts)
  } finally {
    await held.release()
  }
}
