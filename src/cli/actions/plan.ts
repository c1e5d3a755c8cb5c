import * as E from 'fp-ts/lib/Either.js'
import { createPlan, failuresIn, foldedText, hasExpired, type LicenseProvider, type PlanFailure } from '../../index.ts'
import { nodeSha256 } from '../../node/index.ts'
import { quantity, renderPlan, timeText } from '../../render/index.ts'
import type { PlanOptions } from '../commands/plan.ts'
import { providersMeant } from '../configuration/provider-named.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { useLittleMemory } from '../frugal-heap.ts'
import { type ChangeRow, readChangeRows } from '../intents/change-rows.ts'
import { intentsOf } from '../intents/intents-of.ts'
import type { Invocation } from '../invocation.ts'
import { howToAllow } from '../output/how-to-allow.ts'
import { tellGaps } from '../output/is-seen.ts'
import { complain, notify, warn } from '../output/notify.ts'
import { openOutputFile } from '../output/output-file.ts'
import { shellWord } from '../output/shell-word.ts'
import { surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { CommandMistake, UsageError } from '../usage-error.ts'
import type { FindingsToFix, FoundToFix } from './findings-to-fix.ts'
import { isFromFindings } from './is-from-findings.ts'
import { configuredLimits, limitsFor } from './license-limits.ts'
import { outcomeOfFailures } from './outcome-of-failures.ts'
import { callsOfPlan, callsOfReport } from './planned-calls.ts'
import { protectedSeats } from './protected-seats.ts'
import { INTERRUPTED } from './reason-to-keep-old.ts'
import { withVendorsReview } from './vendors-review.ts'
import { withReading } from './with-reading.ts'

const HOUR_MS = 60 * 60 * 1_000

const onlyOne = (providers: readonly LicenseProvider[]): LicenseProvider => {
  const [only, another] = providers
  if (only === undefined || another !== undefined) {
    throw new CommandMistake([
      `--provider: expected one of ${providers.map(({ id }) => id).join(', ')}; a plan is for one provider`,
    ])
  }
  return only
}

/** The id of the provider that is asked for, among all that are read. */
const askedFor = (providers: readonly LicenseProvider[], wanted: string | undefined): string | undefined => {
  if (wanted === undefined) return undefined
  const { providers: meant, problems } = providersMeant(providers, wanted)
  if (problems.length > 0) throw new CommandMistake(problems.map((problem) => `--provider: ${problem}`))
  return onlyOne(meant).id
}

/** Our own lists of users name the provider of each: those of other ones are left out, and that is said. */
const rowsFor = (
  { environment }: Invocation,
  { id }: LicenseProvider,
  rows: readonly ChangeRow[],
): readonly ChangeRow[] => {
  // By its id alone, in any case: its name may be the id of another one.
  const own = rows.filter(({ provider = id }) => foldedText(provider) === id)
  const others = rows.length - own.length
  if (others > 0) notify(environment, `${quantity(others, 'row')} of other providers than ${id} left out`)
  return own
}

/** What the command line and the file ask for, of the only provider. */
const askedOf = (
  invocation: Invocation,
  options: PlanOptions,
  providers: readonly LicenseProvider[],
  rows: readonly ChangeRow[],
): FindingsToFix => {
  const provider = onlyOne(providers)
  return { provider, intents: intentsOf(options, rowsFor(invocation, provider, rows)) }
}

/** Rules of what is missing where a calling license is assigned. */
const CALLING_RULES: readonly string[] = ['missing-calling-properties', 'missing-location']

const adviceFor = (failure: PlanFailure): readonly string[] => {
  const failures = failuresIn(failure)
  const unknown = failures.find((one) => one._tag === 'UnknownLicense')
  return [
    ...(unknown === undefined ? [] : [`see: seatlens licenses --provider ${unknown.provider}`]),
    ...(failures.every(({ _tag }) => _tag === 'UnknownUser')
      ? ['correct what is mistyped, or leave users out who are not known: --skip-unknown']
      : []),
    ...(failures.some((one) => one._tag === 'Refused' && CALLING_RULES.includes(one.rule))
      ? ['give --phone, or --extension and --location; in a file, the columns phoneNumber, or extension and locationId']
      : []),
  ]
}

export const plan = async (invocation: Invocation, options: PlanOptions): Promise<readonly ProviderOutcome[]> => {
  useLittleMemory()
  const { environment, bounds, signal, clock, snapshot } = invocation
  const { provider: only, file: changesFile, output, validFor, format, skipUnknown, limit, keepFree } = options
  const isFix = isFromFindings(options)
  if (snapshot?.manifest.pseudonyms !== undefined) {
    throw new UsageError([
      '--from: expected a snapshot with real users, as a plan names them; this one is pseudonymized',
    ])
  }
  // Only then, as all that reports need comes with it.
  const fix = isFix ? await (await import('./findings-to-fix.ts')).readFixInputs(invocation, options) : undefined
  const { rows, isDone } =
    changesFile === undefined ? { rows: [], isDone: false } : await readChangeRows(changesFile, environment)
  if (isDone && options.user === undefined) {
    notify(environment, `${changesFile}: no row has an action, so that there is nothing to apply`)
    return [{ status: 'complete' }]
  }
  const guarded = await protectedSeats(invocation, options.protected)
  const asked = only === undefined || fix?.readsAll ? undefined : [only]
  const reading = {
    only: asked,
    calls: isFix
      ? callsOfReport()
      : () => callsOfPlan([...(options.user ?? []), ...rows.flatMap(({ user }) => user ?? [])]),
  }
  return withReading(invocation, reading, async (providers, progress) => {
    const open = async () => (output === undefined ? undefined : openOutputFile(output, environment))
    // Before the work, so that a path that cannot be written costs no wait.
    const opened = fix === undefined ? undefined : await open()
    const { found, gaps, lines, outcomes }: FoundToFix =
      fix === undefined
        ? { found: askedOf(invocation, options, providers, rows), gaps: [], lines: [], outcomes: [] }
        : await fix.findIn(providers, asked === undefined ? askedFor(providers, only) : onlyOne(providers).id, progress)
    if (fix !== undefined && signal.aborted) {
      opened?.leave(INTERRUPTED)
      return []
    }
    /** What is missing is why the run does not end with 0, so that it is said in every manner. */
    const tellFound = () => {
      progress.stop()
      tellGaps(environment, gaps, false)
      for (const line of lines) notify(environment, line)
    }
    if (found === undefined) {
      tellFound()
      return outcomes
    }
    const { provider, intents, omitted: leftOut, limits } = found
    const file = opened ?? (await open())
    const { onProgress } = progress
    const planning = {
      ...bounds(),
      clock,
      onProgress,
      validForMs: validFor * HOUR_MS,
      skipUnknown,
      limit,
      keepFree,
      limits: limits ?? limitsFor(await configuredLimits(invocation), [provider]),
      omitted: leftOut,
      protected: guarded,
      sha256: nodeSha256,
    }
    const reviewed = snapshot === undefined ? provider : await withVendorsReview(invocation, provider)
    const made = await createPlan(reviewed, intents, planning)()
    tellFound()
    if (E.isLeft(made) || signal.aborted) {
      if (signal.aborted) file?.leave(INTERRUPTED)
      if (E.isRight(made)) return []
      const outcome = outcomeOfFailures(invocation, provider, made.left, adviceFor(made.left))
      if (!signal.aborted) complain(environment, 'no plan was made: a plan needs complete lists of licenses and users')
      return [outcome]
    }
    if (isFix && made.right.changes.length === 0) {
      const { omitted = [], warnings } = made.right
      for (const { message } of warnings) warn(environment, message)
      for (const { seats, reason } of omitted) notify(environment, `${quantity(seats, 'seat')} left out: ${reason}`)
      if (file === undefined) notify(environment, 'there is nothing to apply')
      else file.leave('there is nothing to apply')
      return outcomes
    }
    const isKept = (await file?.commit(await renderPlan(made.right, { format: 'json' }))) ?? false
    await writeOut(environment, await renderPlan(made.right, { format, howToAllow, ...surfaceOf(environment, format) }))
    const { changes, limit: limited, skipped = [], omitted = [] } = made.right
    const isAllSo = limited === undefined && skipped.length === 0 && omitted.length === 0
    if (changes.length === 0)
      notify(environment, `${isAllSo ? 'everything is already so: ' : ''}there is nothing to apply`)
    else if (output === undefined) notify(environment, 'not kept: give --output FILE to apply it')
    else if (isKept)
      notify(
        environment,
        `kept as ${output}; to carry it out: seatlens apply ${shellWord(output, environment.platform)}`,
      )
    // A plan is as old as what it was made of.
    if (hasExpired(made.right, Date.now())) {
      notify(
        environment,
        `it has expired at ${timeText(made.right.expiresAt, environment.timeZone?.())}: the snapshot is that old; see --valid-for`,
      )
    }
    return outcomes.length === 0 ? [{ status: 'complete' }] : outcomes
  })
}
