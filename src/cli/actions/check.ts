import * as E from 'fp-ts/lib/Either.js'
import {
  type Baseline,
  type CheckResult,
  checkReport,
  createLicenseReport,
  type Exemption,
  type FindingRule,
  findingRules,
  type ItemFilter,
  type LicenseProvider,
  type LimitEntry,
  readBaseline,
  remarksToTell,
  type Suppression,
  suppressionsOfFindings,
} from '../../index.ts'
import {
  type CheckRows,
  checkRowFormats,
  filterOfItems,
  itemsLeftOut,
  noticesOf,
  renderCheck,
} from '../../render/index.ts'
import type { CheckOptions } from '../commands/check.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { rowsAskedFor } from '../input/rows-asked-for.ts'
import { readSuppressions } from '../input/suppressions-file.ts'
import { type InputPlace, parseJson, readTextFile } from '../input/text-file.ts'
import type { Invocation } from '../invocation.ts'
import { isSeen, missingOf, tellGaps, tellRemarks } from '../output/is-seen.ts'
import { complain, notify } from '../output/notify.ts'
import { openOutputFile } from '../output/output-file.ts'
import type { Progress } from '../output/progress.ts'
import { surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { CommandMistake, UsageError } from '../usage-error.ts'
import { configuredExemptions, exemptionsFor } from './exemptions.ts'
import { type ConfiguredLimits, configuredLimits, limitsFor, withFlags } from './license-limits.ts'
import { callsOfReport } from './planned-calls.ts'
import { reasonToKeepOld } from './reason-to-keep-old.ts'
import { outcomesOf } from './report-outcomes.ts'
import { withReading } from './with-reading.ts'
import { withoutIdleOfOthers } from './without-others.ts'

/** A check of nothing would always pass. `configured`: limits of licenses that the configuration has. */
const limitsOf = (options: CheckOptions, configured: readonly LimitEntry[]) => {
  const {
    maxUtilization,
    minAvailable,
    maxFindings,
    groupBy,
    failOn = [],
    failOnUnknown = false,
    dormantDays,
  } = options
  if (maxFindings !== undefined && groupBy === undefined) {
    throw new CommandMistake(['--max-findings: expected with --group-by, which says what has so many findings'])
  }
  if (groupBy !== undefined && maxFindings === undefined) {
    throw new CommandMistake(['--group-by: expected with --max-findings, the limit of groups'])
  }
  const rules: readonly FindingRule[] = findingRules.filter((rule) => failOn.includes('any') || failOn.includes(rule))
  const isLimited =
    [maxUtilization, minAvailable, maxFindings].some((limit) => limit !== undefined) ||
    configured.some((entry) => entry.maxUtilization !== undefined || entry.keepFree !== undefined)
  if (!isLimited && rules.length === 0) {
    throw new CommandMistake([
      'expected at least one of --max-utilization, --min-available, --max-findings and --fail-on, or limits in the configuration',
    ])
  }
  return {
    ...(maxUtilization === undefined ? {} : { maxUtilization }),
    ...(minAvailable === undefined ? {} : { minAvailable }),
    ...(maxFindings === undefined ? {} : { maxFindings }),
    failOn: rules,
    failOnUnknown,
    dormantAfterDays: dormantDays,
  }
}

/** What an earlier check found breached. */
const readBaselineFile = async (file: string, place: InputPlace): Promise<Baseline> => {
  const text = await readTextFile(file, 'the baseline', place)
  const baseline = await readBaseline(parseJson(file, text))()
  if (E.isRight(baseline)) return baseline.right
  throw new UsageError([`${file}: expected what "seatlens check --format json --output FILE" has written`])
}

/** Which rows are asked for; undefined: what the format shows. Throws where the format has none. */
const rowsOf = ({ columns, sort, limit, format }: CheckOptions): CheckRows | undefined => {
  const rows = { columns, sort, limit }
  const asked = Object.entries(rows).flatMap(([option, value]) => (value === undefined ? [] : `--${option}`))
  if (asked.length === 0) return undefined
  if (checkRowFormats.includes(format)) return rows
  const formats = checkRowFormats.join(' or ')
  throw new CommandMistake([`${asked.join(', ')}: expected with --format ${formats}: ${format} has no rows`])
}

interface Inputs {
  readonly limits: ReturnType<typeof limitsOf>
  readonly suppressions: readonly Suppression[]
  readonly exemptions: readonly Exemption[]
  readonly baseline: Baseline | undefined
  readonly configured: ConfiguredLimits
  readonly filter: ItemFilter | undefined
}

const judge = async (
  { bounds, clock }: Invocation,
  { provider, groupBy, graceDays, renewalDays }: CheckOptions,
  { limits, suppressions, exemptions, baseline, configured, filter }: Inputs,
  providers: readonly LicenseProvider[],
  progress: Progress,
): Promise<{ readonly result: CheckResult; readonly remarks: readonly string[] }> => {
  const only = provider === undefined ? undefined : providers.map(({ id }) => id)
  const { dormantAfterDays, failOn } = limits
  const ofFindings = suppressionsOfFindings(suppressions)
  const findings =
    failOn.length === 0 && ofFindings.length === 0 && groupBy === undefined
      ? {}
      : {
          findings: {
            dormantAfterDays,
            graceDays,
            renewalDays,
            exemptions: exemptionsFor(exemptions, only),
            suppressions: ofFindings,
          },
        }
  progress.begin(providers)
  const report = await createLicenseReport({
    ...bounds(),
    clock,
    ...findings,
    groupBy,
    limits: withFlags(limitsFor(configured, providers, provider === undefined), {
      maxUtilization: limits.maxUtilization,
      keepFree: limits.minAvailable,
    }),
    onProgress: progress.onProgress,
    onProvider: progress.onProvider,
  })(providers)()
  progress.stop()
  return {
    result: withoutIdleOfOthers(only, checkReport(report, limits, { suppressions, only, baseline, filter })),
    remarks: remarksToTell(report),
  }
}

export const check = async (invocation: Invocation, options: CheckOptions): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal } = invocation
  const { suppressions, baseline, provider, format, output } = options
  const where = (await rowsAskedFor('check', options))?.where
  const rows = rowsOf(options)
  const configured = await configuredLimits(invocation)
  const limits = limitsOf(options, configured.entries)
  const inputs: Inputs = {
    limits,
    suppressions: suppressions === undefined ? [] : await readSuppressions(suppressions, invocation),
    exemptions: await configuredExemptions(invocation),
    baseline: baseline === undefined ? undefined : await readBaselineFile(baseline, environment),
    configured,
    filter: where === undefined ? undefined : await filterOfItems(where),
  }
  return withReading(invocation, { only: provider, calls: callsOfReport() }, async (providers, progress) => {
    // A baseline as JSON is what the next baseline is made of, and keeps what it had. Some rows are none.
    const replaced = format === 'json' && rows === undefined ? baseline : undefined
    // Before the work, so that a path that cannot be written costs no wait.
    const file = output === undefined ? undefined : await openOutputFile(output, environment, { inPlaceOf: replaced })
    const { result, remarks } = await judge(invocation, options, inputs, providers, progress)
    const target = file === undefined ? surfaceOf(environment, format) : { isFile: true }
    const content = await renderCheck(result, { format, rows, allIn: '--format json', ...target })
    const keepOld = file === undefined ? undefined : reasonToKeepOld(result, signal)
    if (file === undefined) await writeOut(environment, content)
    const isThere = file !== undefined && keepOld === undefined && (await file.commit(content))
    const isListed = format === 'table' && file === undefined
    const wasShown = isListed && isSeen(environment)
    if (!wasShown && format !== 'message') {
      for (const line of await itemsLeftOut(result, rows)) notify(environment, line)
    }
    if (!wasShown) tellGaps(environment, missingOf(result.problems, result.providers), isListed)
    // A job that sends the message is to be silent where there is nothing to tell.
    if (!wasShown && format !== 'message') tellRemarks(environment, remarks)
    const noticed = wasShown ? { ...result, idleDeclarations: [], idleLimits: [] } : result
    for (const notice of noticesOf(noticed)) complain(environment, notice)
    if (file !== undefined && result.breached) {
      complain(environment, `breached: ${result.groupCounts.breached}${isThere ? `; see ${output}` : ''}`)
    }
    if (keepOld !== undefined) file?.leave(keepOld)
    return outcomesOf(result).map((outcome) => ({ ...outcome, breached: result.breached }))
  })
}
