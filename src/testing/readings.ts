import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { isLicenseException, type Ledger, type LicenseError, type Page, type Paged } from '../provider-kit/index.ts'
import { difference } from './difference.ts'
import { unspeakable } from './disturbance.ts'
import { must } from './must.ts'
import type { Stage } from './stage.ts'

/** Far more than the world has, so that a list without end ends. */
const MAX_PAGES = 500
/** Nothing that the suite does takes as long where `sleep` does not wait. */
const MAX_MS = 5_000
/** That time passes in turns of the event loop: a machine that gives the tests little of itself makes them longer. */
const TURN_MS = 10
/** Long enough for a request that was about to start to have started. */
const SETTLE_MS = 25

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Resolves when so many milliseconds have passed for sure: a timer alone may be early, as it counts from its turn's begin. */
export const whenPassed = async (ms: number): Promise<void> => {
  const end = performance.now() + ms
  for (let left = ms; left > 0; left = end - performance.now()) await after(Math.ceil(left))
}

export const settle = () => after(SETTLE_MS)

/** The outcome, or a failure of the scenario where there is none in time. */
export const inTime = async <A>(outcome: Promise<A>, what: string): Promise<A> => {
  let hasEnded = false
  const ended = outcome.finally(() => {
    hasEnded = true
  })
  const late = async (): Promise<A> => {
    for (let waitedMs = 0; waitedMs < MAX_MS && !hasEnded; waitedMs += TURN_MS) await after(TURN_MS)
    if (hasEnded) return ended
    throw new Error(`${what} did not end within ${MAX_MS} ms`)
  }
  return Promise.race([ended, late()])
}

/** In milliseconds. The last one is shorter than `inTime` waits. */
const DEADLINES_MS = [100, 500, 2_500]

/** Plays with a deadline, and where that fails with a longer one, so that no vendor and no machine is too slow for it. */
export const withLongerDeadlines = async (play: (deadlineMs: number) => Promise<void>): Promise<void> => {
  let failure: unknown
  for (const deadlineMs of DEADLINES_MS) {
    try {
      return await play(deadlineMs)
    } catch (thrown) {
      failure = thrown
    }
  }
  throw failure
}

/** What no error may contain, and that it is plain data with its provider and operation. */
export const checkError = ({ served, provider, world }: Stage, error: LicenseError): void => {
  const json = JSON.stringify(error)
  const lost = difference(JSON.parse(json), error, 'the error')
  must(lost === undefined, `an error does not survive JSON: ${lost}`)
  must(error.provider === provider.id, `an error names the provider "${error.provider}", not "${provider.id}"`)
  must(error.operation !== '' && error.message !== '', 'an error has no operation or no message')
  must(!/[?&]\w+=/.test(json), `an error contains a query: ${json}`)
  must(!json.includes(unspeakable), `an error contains a value from a record: ${json}`)
  for (const secret of served.secrets) must(!json.includes(secret), `a ${error._tag} contains a credential`)
  for (const { email } of world.users) {
    must(email === undefined || !json.toLowerCase().includes(email.toLowerCase()), `an error contains ${email}`)
  }
}

/** What was thrown, for people: anything can be. */
const thrownWords = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

const kindOf = (value: unknown): string => (value instanceof Promise ? 'a Promise' : `a value (${typeof value})`)

/** A list as it was read by its pages. */
export interface Reading<A> {
  readonly items: readonly A[]
  readonly pages: readonly Page<A>[]
  /** What came again with another content. */
  readonly contradicting: readonly A[]
  /** The failure that ended it. */
  readonly error?: LicenseError
  /** The last page's. */
  readonly ledger?: Ledger
}

/** The pages of a list, which never throws. */
async function* pagesOf<A>(list: Paged<A>): AsyncGenerator<Either<LicenseError, Page<A>>> {
  must(
    typeof list?.pages === 'function',
    'the provider gave something else than a list: what `Lists` of the kit makes has `pages`',
  )
  try {
    yield* list.pages()
  } catch (thrown) {
    throw new Error(`a list threw, and must end with a Left: ${thrownWords(thrown)}`)
  }
}

const readAll = async <A>(stage: Stage, list: Paged<A>): Promise<Reading<A>> => {
  const items: A[] = []
  const pages: Page<A>[] = []
  const contradicting: A[] = []
  let error: LicenseError | undefined
  const lengths: number[] = []
  for await (const page of pagesOf(list)) {
    must(error === undefined, `something came after the failure ${error?._tag}`)
    must(pages.length < MAX_PAGES, `the list goes on after ${MAX_PAGES} pages`)
    if (E.isLeft(page)) {
      error = page.left
      checkError(stage, error)
      continue
    }
    must(page.right.ledger !== undefined, 'a page has no ledger')
    pages.push(page.right)
    lengths.push(page.right.items.length)
    for (const item of page.right.items) items.push(item)
    for (const item of page.right.contradicting ?? []) contradicting.push(item)
  }
  for (const [index, { items: now }] of pages.entries()) {
    const [before, number] = [lengths[index], index + 1]
    must(
      now.length === before,
      `page ${number} had ${before} items when it was given, and has ${now.length} now: a page must not change`,
    )
  }
  const ledger = pages.at(-1)?.ledger
  return {
    items,
    pages,
    contradicting,
    ...(error === undefined ? {} : { error }),
    ...(ledger === undefined ? {} : { ledger }),
  }
}

/** Reads a list by its pages: they do not throw, a failure is the last thing, and the end is reached. */
export const read = <A>(stage: Stage, list: Paged<A>): Promise<Reading<A>> =>
  inTime(readAll(stage, list), 'reading the list')

/** Reads a list that must not fail. */
export const readWhole = async <A>(stage: Stage, list: Paged<A>): Promise<Reading<A> & { readonly ledger: Ledger }> => {
  const { error, ledger, ...reading } = await read(stage, list)
  must(error === undefined, `the list failed: ${error?._tag}: ${error?.message}`)
  must(ledger !== undefined, 'the list has no page, not even an empty one')
  return { ...reading, ledger }
}

/** Reads a list by `for await`: its items, and what was thrown after them. */
export const iterate = async <A>(
  stage: Stage,
  list: Paged<A>,
): Promise<Omit<Reading<A>, 'pages' | 'contradicting'>> => {
  const items: A[] = []
  const reading = async () => {
    for await (const item of list) items.push(item)
  }
  try {
    await inTime(reading(), 'iterating over the list')
    return { items }
  } catch (thrown) {
    if (!isLicenseException(thrown)) throw thrown
    checkError(stage, thrown.error)
    return { items, error: thrown.error }
  }
}

/** Runs a one-shot task, which must not throw. */
export const run = async <A>(stage: Stage, task: TaskEither<LicenseError, A>): Promise<Either<LicenseError, A>> => {
  must(
    typeof task === 'function',
    `the provider gave ${kindOf(task)} in place of a TaskEither, which is a function that starts the call`,
  )
  const result = await inTime(task(), 'the task')
  if (E.isLeft(result)) checkError(stage, result.left)
  return result
}

export const runRight = async <A>(stage: Stage, task: TaskEither<LicenseError, A>, what: string): Promise<A> => {
  const result = await run(stage, task)
  if (E.isLeft(result)) throw new Error(`${what} failed: ${result.left._tag}: ${result.left.message}`)
  return result.right
}

/** Runs a task that must fail in one of the given ways. */
export const runLeft = async (
  stage: Stage,
  task: TaskEither<LicenseError, unknown>,
  tags: readonly LicenseError['_tag'][],
  what: string,
): Promise<LicenseError> => {
  const result = await run(stage, task)
  if (E.isRight(result)) throw new Error(`${what} succeeded instead of failing with ${tags.join(' or ')}`)
  mustBe(result.left, tags, what)
  return result.left
}

export const mustBe = (error: LicenseError | undefined, tags: readonly LicenseError['_tag'][], what: string): void => {
  must(error !== undefined, `${what} did not fail with ${tags.join(' or ')}`)
  must(tags.includes(error._tag), `${what} failed with ${error._tag} (${error.message}), not ${tags.join(' or ')}`)
}
