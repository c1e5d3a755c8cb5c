import type pg from 'pg'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { createRequestBudget, type Hold, type RequestBudget, type Turn } from 'seatlens/webex'

const MINUTE_SECONDS = 60
/** Until a permit is used, the request is on its way for so long at most. Then it asks for another one. */
const PERMIT_MS = 1_000
/** How soon a request looks whether the database has answered. */
const LOOK_MS = 5
const DATABASE_AWAY_MS = 1_000

/** In this time, no more than a minute's requests may get a permit, as each permit may be used a second later. */
const SPAN_SECONDS = MINUTE_SECONDS + PERMIT_MS / 1_000
/** Up to this rate, requests are sent one by one. */
const SLOW = 240

/**
 * Windows that let no minute have more than so many requests, wherever it begins. A slow rate: one request in each. A fast
 * one: as many as leave room for the two windows that a minute only touches; of windows up to a minute, those with most.
 */
export const windowFor = (requestsPerMinute: number): { readonly points: number; readonly duration: number } => {
  // In whole milliseconds, as the database takes no others.
  const oneByOne = { points: 1, duration: Math.ceil((SPAN_SECONDS * 1_001) / requestsPerMinute) / 1_000 }
  if (requestsPerMinute <= SLOW) return oneByOne
  return Array.from({ length: MINUTE_SECONDS }, (_, index) => {
    const duration = index + 1
    return { duration, points: Math.floor(requestsPerMinute / (Math.ceil(SPAN_SECONDS / duration) + 1)) }
  }).reduce((best, one) => (one.points / one.duration > best.points / best.duration ? one : best))
}

/** A job that may send one request every two seconds keeps nothing of its rate unused while it reads. */
const REQUESTS_OF_A_JOB = 30

/**
 * Jobs of one credential at once, over all workers: as many as use its rate. More of them would only be slower, each by all the
 * others, until none ends within its deadline. A job of 1,800 requests still ends in an hour.
 */
export const jobsAtOnce = (requestsPerMinute: number): number => Math.ceil(requestsPerMinute / REQUESTS_OF_A_JOB)

type Permit =
  | { readonly is: 'asked' }
  | { readonly is: 'granted'; readonly until: number }
  | { readonly is: 'refused'; readonly until: number; readonly reason: Hold['reason'] }

/**
 * The budget of one credential for all workers: each request gets a permit from the database before it is sent, and a pause
 * that one worker is asked for by the vendor holds them all. The library's own budget beside it has the concurrency.
 */
export const createSharedBudget = (
  pool: pg.Pool,
  credential: string,
  { requestsPerMinute, concurrency }: { readonly requestsPerMinute: number; readonly concurrency?: number | undefined },
): RequestBudget => {
  const own = createRequestBudget({ concurrency })
  const window = windowFor(requestsPerMinute)
  const limiter = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    schemaName: 'fleet',
    tableName: 'rates',
    tableCreated: true,
    keyPrefix: '',
    clearExpiredByTimeout: false,
    ...window,
    // Once it is used up, this worker does not ask again until the next one begins.
    inMemoryBlockOnConsumed: window.points,
  })
  const permits = new Map<Turn | undefined, Permit>()
  let line: Promise<void> = Promise.resolve()

  /** One request asks at a time, so that of all that wait for the next window, one at most asks in vain. */
  const ask = (turn: Turn | undefined): void => {
    line = line.then(() => (permits.has(turn) ? askNow(turn) : undefined))
  }

  const askNow = async (turn: Turn | undefined): Promise<void> => {
    const askedAt = Date.now()
    const answer = await limiter.consume(credential).then(
      (): Permit => ({ is: 'granted', until: askedAt + PERMIT_MS }),
      (refusal: unknown): Permit => {
        const ms = refusal instanceof RateLimiterRes ? refusal.msBeforeNext : DATABASE_AWAY_MS
        return { is: 'refused', until: Date.now() + Math.max(ms, LOOK_MS), reason: 'pace' }
      },
    )
    // The request may have ended meanwhile.
    if (permits.has(turn)) permits.set(turn, answer)
  }

  /** What the vendor asks for holds until its end, whatever a later answer asks for. */
  const pauseAll = async (ms: number): Promise<void> => {
    // As `block` of the limiter writes it. That would make a longer pause of another worker shorter.
    await pool.query(
      `insert into fleet.rates as present (key, points, expire) values ($1, $2, $3)
       on conflict (key) do update set points = greatest(present.points, excluded.points),
         expire = greatest(present.expire, excluded.expire)`,
      [limiter.getKey(credential), window.points + 1, Math.ceil(Date.now() + ms)],
    )
  }

  return {
    ...own,
    claim: (turn) => {
      const now = Date.now()
      const permit = permits.get(turn)
      const isOver = permit !== undefined && permit.is !== 'asked' && permit.until <= now
      if (permit === undefined || isOver) {
        permits.set(turn, { is: 'asked' })
        ask(turn)
        return { ms: LOOK_MS, reason: 'pace' }
      }
      if (permit.is === 'asked') return { ms: LOOK_MS, reason: 'pace' }
      if (permit.is === 'refused') return { ms: permit.until - now, reason: permit.reason }
      const held = own.claim(turn)
      if (held === undefined) permits.delete(turn)
      return held
    },
    leave: (turn) => {
      permits.delete(turn)
      own.leave?.(turn)
    },
    pause: (ms) => {
      own.pause(ms)
      pauseAll(ms).catch(() => {})
    },
    observe: (reading, sentAt) => {
      own.observe(reading, sentAt)
      const left = 'remaining' in reading ? reading.remaining : reading.allowed - reading.used
      if (left <= 0) pauseAll(reading.resetMs).catch(() => {})
    },
  }
}
