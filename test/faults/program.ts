import { createServer } from 'node:http'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import type { LicensedUser, LicenseProvider, RetryPolicy } from '../../src/provider-kit/index.ts'
import { createLicenseReport } from '../../src/report/index.ts'
import { listening } from '../listening.ts'
import { leaksIn, type ReadPages, wrongInPages, wrongInReport } from './findings.ts'
import { mustBeOvercome, type Schedule, schedules } from './schedule.ts'
import { patient, type Stage, type Target } from './stage.ts'
import { createTally, type Tally } from './tally.ts'

const MAX_REQUESTS = 1_000
/** More than all attempts take with all the patience that there is. */
const MAX_MS = 120_000

/** An origin that nothing must ever be sent to. */
export const startTrap = async () => {
  let hits = 0
  const authorizations: string[] = []
  const server = createServer((request, response) => {
    hits += 1
    if (request.headers.authorization !== undefined) authorizations.push(request.headers.authorization)
    response.end('{}')
  })
  const { port, stop } = await listening(server)
  return {
    url: `http://127.0.0.1:${port}/v1/people?next=here`,
    hits: () => hits,
    authorizations: (): readonly string[] => authorizations,
    stop,
  }
}

/** Reads the users page by page, where the vendor's are cut to the given size, and keeps what is told of them apart from what may be known of them. */
export const readPages = async (provider: LicenseProvider, pageSize: number) => {
  const users: LicensedUser[] = []
  const told: unknown[] = []
  let read: Omit<ReadPages, 'users'> = { promisesMore: false }
  for await (const page of provider.listUsers({ pageSize }).pages()) {
    if (E.isLeft(page)) {
      told.push(page.left)
      read = { ...read, error: page.left }
      continue
    }
    const { items, ledger, directory, continuation } = page.right
    users.push(...items)
    told.push({ ledger, directory })
    read = {
      ...read,
      ledger,
      ...(directory === undefined ? {} : { directory }),
      promisesMore: continuation !== undefined,
    }
  }
  return { read: { ...read, users }, told }
}

const WHOLE = new Set(['complete', 'unverifiable', 'report complete'])

const outcomeOf = ({ ledger, error }: Omit<ReadPages, 'users'>): string =>
  error === undefined ? `${ledger?.verdict}` : `failed (${error._tag})`

const inTime = async <A>(task: Promise<A>): Promise<A> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it did not end')), MAX_MS)
  })
  return Promise.race([task, late]).finally(() => clearTimeout(timer))
}

const STOP_MS = 3_000

/** A simulator whose connections do not all end is left behind and told of: that is not the product's doing. */
const stopped = async (stage: Stage, tally: Tally): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      tally.struck('(simulator that did not stop)', 1)
      resolve()
    }, STOP_MS)
  })
  await Promise.race([stage.stop(), late])
  clearTimeout(timer)
}

/** What came of a schedule: what is wrong, and how it ended. */
interface Played {
  readonly findings: readonly string[]
  readonly outcome: string
}

const play = async <Kind>(
  target: Target<Kind>,
  schedule: Schedule<Kind>,
  trapUrl: string,
  tally: Tally,
  retry?: Partial<RetryPolicy>,
): Promise<Played> => {
  const stage = await target.stage(schedule, trapUrl, retry)
  try {
    const findings: string[] = []
    const { provider } = stage
    let outcome: string
    if (schedule.reading === 'pages') {
      const { read, told } = await inTime(readPages(provider, schedule.pageSize - 1))
      findings.push(...wrongInPages(read, stage.truths()), ...leaksIn([told, stage.events], stage.secrets()))
      outcome = outcomeOf(read)
      tally.checked(outcome, read.directory === undefined ? 1 : 2)
    } else {
      const report = await inTime(createLicenseReport()([provider])())
      findings.push(...wrongInReport(report, stage.truths(), stage.definedLicenses, stage.workspacesWith))
      findings.push(...leaksIn([report, stage.events], stage.secrets()))
      const [of] = report.providers
      outcome = `report ${of?.status}`
      tally.checked(outcome, Object.keys(of?.ledgers ?? {}).length)
    }
    if (stage.requests() > MAX_REQUESTS) findings.push(`${stage.requests()} requests were made`)
    return { findings, outcome }
  } finally {
    tally.schedule()
    for (const { kind, strikes } of stage.faults) tally.struck(kind, strikes())
    await stopped(stage, tally)
  }
}

/** Plays one schedule and says what is wrong with what came of it: nothing. */
const findingsOf = async <Kind>(
  target: Target<Kind>,
  schedule: Schedule<Kind>,
  trapUrl: string,
  tally: Tally,
): Promise<readonly string[]> => {
  const isShort = ({ outcome }: Played) => mustBeOvercome(schedule) && !WHOLE.has(outcome)
  const first = await play(target, schedule, trapUrl, tally)
  if (first.findings.length > 0 || !isShort(first)) return first.findings
  // A busy machine may have been late with an answer: with more patience, no answer that comes at all is late.
  const second = await play(target, schedule, trapUrl, tally, patient)
  return isShort(second)
    ? [...second.findings, `${second.outcome}, although all of it can be got over`]
    : second.findings
}

/** The same for everybody who runs the tests; the long program takes another one each time. */
export const seedOfRun = 20_261_120

export const numberIn = (name: string): number | undefined => {
  const value = process.env[name]
  return value === undefined || value === '' ? undefined : Number(value)
}

/** How many of a run's schedules a target gets that has this share of them. */
export const runs = (share: number): number => Math.ceil((numberIn('SEATLENS_FAULT_RUNS') ?? 150) * share)

/** Plays many schedules and prints what came of them. Rejects, with the smallest schedule found, where one goes wrong. */
export const runFaultProgram = async <Kind>(target: Target<Kind>, numRuns: number): Promise<void> => {
  const seed = numberIn('SEATLENS_FAULT_SEED') ?? seedOfRun
  const again = `SEATLENS_FAULT_SEED=${seed}`
  console.info(`faults of ${target.name}: ${numRuns} schedules, ${again}`)
  const tally = createTally()
  const trap = await startTrap()
  const property = fc.asyncProperty(schedules(target.pageFaults), async (schedule) => {
    const findings = [...(await findingsOf(target, schedule, trap.url, tally))]
    if (trap.hits() > 0) findings.push(`another origin was asked, with ${trap.authorizations().length} credentials`)
    if (findings.length === 0) return
    tally.wrong()
    // Shrinking may take long; this is there at once.
    console.info(`${findings.slice(0, 5).join('; ')}: ${JSON.stringify(schedule)} (${again})`)
    throw new Error(`${findings.slice(0, 5).join('; ')} (${again})`)
  })
  try {
    await fc.assert(property, { seed, numRuns })
  } finally {
    console.info(tally.text(target.name))
    await trap.stop()
  }
}
