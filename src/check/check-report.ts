import { identity } from 'fp-ts/lib/function.js'
import { demand, demandNone } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import { type OptionChecks, problemsInOptions } from '../model/option-checks.ts'
import { findingId } from '../report/findings/finding-id.ts'
import { createSuppressor, type Suppressor } from '../report/findings/suppression.ts'
import { demandSuppressions } from '../report/findings/suppression-codec.ts'
import { type LicenseLabels, licenseLabels } from '../report/license-labels.ts'
import type {
  Abstention,
  Finding,
  FindingRule,
  IdleSuppression,
  LicenseReport,
  Suppression,
} from '../report/license-report.ts'
import { limitKinds } from '../report/limits/judge-limits.ts'
import { problemsOfReport } from '../report/report-problems.ts'
import { remarksOfReport } from '../report/report-remarks.ts'
import { appliedLimits } from './applied-limits.ts'
import { type Baseline, heldAgainstBaseline } from './baseline.ts'
import {
  type AppliedLimits,
  type CheckItem,
  type CheckLimits,
  type CheckResult,
  type CheckVerdict,
  thresholdRules,
} from './check-result.ts'
import { checkedGroups, groupCountsOf } from './checked-groups.ts'
import { judgeGroups, keyOfGroup } from './judge-group.ts'
import { itemsOfLimit } from './limit-items.ts'
import { resolvedSince } from './resolved.ts'

/** Which items of a check count. */
export interface ItemFilter {
  /** As it was written, for readers of the result. */
  readonly where: string
  /** Whether an item counts; undefined: that depends on what is unknown. Such an item is left out and counted. */
  readonly verdictOn: (item: CheckItem) => boolean | undefined
  /** What else is to be said once all items were judged, such as that a word may be mistyped, for people. Default: nothing. */
  readonly remarks?: (() => readonly string[]) | undefined
}

/** What a check accepts, and what it compares with. By default, every breach and finding counts. */
export interface CheckOptions {
  /** Findings and breaches that are accepted. Default: none. */
  readonly suppressions?: readonly Suppression[] | undefined
  /** Providers that the report is about: suppressions of others are ignored. Default: all. */
  readonly only?: readonly string[] | undefined
  /** Only these items: the others are in no number and breach nothing. Default: all. */
  readonly filter?: ItemFilter | undefined
  /** An earlier check; what it breached counts only if it is worse now: see `readBaseline`. Default: none. */
  readonly baseline?: Baseline | undefined
}

const checkChecks: OptionChecks<CheckOptions> = {
  suppressions: { expected: 'a list of suppressions', is: Array.isArray },
  only: {
    expected: 'a list of ids of providers',
    is: (ids) => Array.isArray(ids) && ids.every((id) => typeof id === 'string'),
  },
  filter: {
    expected: 'an object with where and verdictOn',
    is: (filter) => isRecord(filter) && typeof filter.where === 'string' && typeof filter.verdictOn === 'function',
  },
  baseline: { expected: 'a baseline, as readBaseline gives it', is: (baseline) => baseline instanceof Map },
}

const isReport = (report: unknown): boolean =>
  isRecord(report) && Array.isArray(report.providers) && Array.isArray(report.licenses)

const itemOfFinding = (
  { rule, id, group = id, provider, licenseId, userId, message, evidence, seats, cost, removals, accepted }: Finding,
  labels: LicenseLabels,
): CheckItem => ({
  rule,
  verdict: accepted === undefined ? 'breached' : 'accepted',
  id,
  provider,
  ...(licenseId === undefined ? {} : { licenseId }),
  ...(userId === undefined ? {} : { userId }),
  name: licenseId === undefined ? (userId ?? provider) : labels.labelOf(provider, licenseId),
  message,
  evidence,
  seats,
  cost,
  findingGroup: group,
  ...(removals === undefined ? {} : { removals }),
  ...(accepted === undefined ? {} : { accepted }),
})

const itemOfAbstention = ({ rule, provider, licenseId, reason }: Abstention, labels: LicenseLabels): CheckItem => ({
  rule,
  verdict: 'unknown',
  ...(provider === undefined ? {} : { provider }),
  ...(licenseId === undefined ? {} : { licenseId }),
  name:
    provider === undefined || licenseId === undefined
      ? (provider ?? 'all providers')
      : labels.labelOf(provider, licenseId),
  message: reason,
})

/** A rule passes for a provider where it found nothing and lacked no data. */
const passesOf = (rule: FindingRule, report: LicenseReport, items: readonly CheckItem[]): readonly CheckItem[] => {
  const message = 'nothing was found'
  if (rule === 'several-providers') {
    return items.length === 0 ? [{ rule, verdict: 'passed', name: 'all providers', message }] : []
  }
  const touched = new Set(items.map(({ provider }) => provider))
  return report.providers
    .filter(({ id }) => !touched.has(id))
    .map(({ id, displayName }) => ({ rule, verdict: 'passed', provider: id, name: displayName, message }))
}

const itemsOfRules = (
  report: LicenseReport,
  { failOn }: AppliedLimits,
  labels: LicenseLabels,
): readonly CheckItem[] => {
  if (report.findings === undefined) {
    const message = 'the report was made without findings'
    return failOn.map((rule) => ({ rule, verdict: 'unknown', name: 'all providers', message }))
  }
  const byRule = new Map(failOn.map((rule): [FindingRule, CheckItem[]] => [rule, []]))
  for (const finding of report.findings) byRule.get(finding.rule)?.push(itemOfFinding(finding, labels))
  for (const abstention of report.abstentions ?? []) {
    byRule.get(abstention.rule)?.push(itemOfAbstention(abstention, labels))
  }
  return [...byRule].flatMap(([rule, items]) => [...items, ...passesOf(rule, report, items)])
}

const isOfThresholds = ({ rule }: Suppression): boolean => thresholdRules.some((threshold) => threshold === rule)

/** Suppressions that neither rules nor limits used; one that names no rule may be for either. */
const idleOf = (
  { idleSuppressions = [] }: LicenseReport,
  suppressions: readonly Suppression[],
  suppressor: Suppressor,
): readonly IdleSuppression[] => {
  const idleHere = new Map(suppressor.idle().map((idle) => [suppressionKey(idle), idle]))
  const idleThere = new Set(idleSuppressions.map(suppressionKey))
  return suppressions.flatMap((suppression) => {
    const key = suppressionKey(suppression)
    const idle = idleHere.get(key)
    return idle !== undefined && (isOfThresholds(suppression) || idleThere.has(key))
      ? [{ ...suppression, why: idle.why }]
      : []
  })
}

const suppressionKey = ({ id, rule, provider, license, user, reason, until }: Suppression): string =>
  JSON.stringify([id, rule, provider, license, user, reason, until])

/** Suppressions of findings; those of limits are left out. */
export const suppressionsOfFindings = (suppressions: readonly Suppression[]): readonly Suppression[] =>
  suppressions.filter((suppression) => !isOfThresholds(suppression))

/** Suppressions of the providers that are checked: those of others are not idle, as they may be used in another check. */
export const suppressionsFor = (
  only: readonly string[] | undefined,
  suppressions: readonly Suppression[],
): readonly Suppression[] =>
  suppressions.filter(({ provider }) => !provider || only === undefined || only.includes(provider))

/** Makes what is unknown count as breached, unless a suppression accepts it. */
const unknownAsBreached =
  ({ acceptanceOf }: Suppressor) =>
  (item: CheckItem): CheckItem => {
    if (item.verdict !== 'unknown') return item
    const { rule, provider = '', licenseId, group } = item
    // An id of its own: in a baseline, an unknown item does not stand for a breached one, nor the other way round.
    const subject = group === undefined ? licenseId : keyOfGroup(group)
    const id = findingId({ rule: `unknown ${rule}`, provider, licenseId: subject })
    const accepted = acceptanceOf({ id, rule, provider, licenseId })
    return accepted === undefined
      ? { ...item, id, verdict: 'breached', notJudged: true }
      : { ...item, id, verdict: 'accepted', notJudged: true, accepted }
  }

const countsOf = (items: readonly CheckItem[]): Readonly<Record<CheckVerdict, number>> => {
  const counts = { passed: 0, breached: 0, accepted: 0, inBaseline: 0, unknown: 0 }
  for (const { verdict } of items) counts[verdict]++
  return counts
}

/**
 * Checks a report against limits: those that its licenses have (`limits` of `createLicenseReport`), and for what a license has
 * no limit of, those given here. Rules (`failOn`) need a report with its findings (`findings` of `createLicenseReport`),
 * made with the suppressions of findings among these: see {@link suppressionsOfFindings}. Throws a `LicenseException` with
 * `InvalidInput` if the report, a limit, an option or a {@link Suppression} is malformed.
 */
export const checkReport = (report: LicenseReport, given: CheckLimits, options: CheckOptions = {}): CheckResult => {
  demand(isReport(report), 'report', 'a license report')
  demandNone(problemsInOptions(checkChecks, options, 'options'))
  const { suppressions: all = [], only, baseline, filter } = options
  const limits = appliedLimits(given)
  const { maxUtilization, minAvailable, maxFindings } = limits
  demandSuppressions('suppressions', all)
  const suppressions = suppressionsFor(only, all)
  const suppressor = createSuppressor(suppressions, report.generatedAt)
  const labels = licenseLabels(report)
  const general = { maxUtilization, keepFree: minAvailable }
  const judged: readonly CheckItem[] = [
    ...limitKinds.flatMap((kind) => itemsOfLimit(kind, general, report, { suppressor, labels })),
    ...(maxFindings === undefined ? [] : judgeGroups(report, maxFindings, { suppressor, labels })),
    ...itemsOfRules(report, limits, labels),
  ]
    .map(limits.failOnUnknown ? unknownAsBreached(suppressor) : identity)
    .map(heldAgainstBaseline(baseline ?? new Map()))
  const verdicts = judged.map((item) => filter === undefined || filter.verdictOn(item))
  const items = judged.filter((_, index) => verdicts[index] === true)
  const counts = countsOf(items)
  const groups = checkedGroups(report, items)
  const remarks = remarksOfReport(report)
  const ofFilter = filter?.remarks?.() ?? []
  return {
    schemaVersion: 1,
    kind: 'check',
    generatedAt: report.generatedAt,
    complete: report.complete,
    breached: counts.breached > 0,
    limits,
    providers: report.providers.map(({ id, displayName, status, error }) => ({
      id,
      displayName,
      status,
      ...(error === undefined ? {} : { error }),
    })),
    problems: problemsOfReport(report),
    ...(filter === undefined
      ? {}
      : {
          filter: {
            where: filter.where,
            found: judged.length,
            matching: items.length,
            unknown: verdicts.filter((verdict) => verdict === undefined).length,
            ...(ofFilter.length === 0 ? {} : { remarks: ofFilter }),
          },
        }),
    ...(remarks.length === 0 ? {} : { remarks }),
    counts,
    groupCounts: groupCountsOf(items, groups),
    items,
    ...(groups.length === 0 ? {} : { findingGroups: groups }),
    ...(report.savings === undefined ? {} : { savings: report.savings }),
    ...(baseline === undefined ? {} : { resolved: resolvedSince(baseline, report, judged) }),
    idleSuppressions: idleOf(report, suppressions, suppressor),
    ...(report.idleExemptions === undefined ? {} : { idleExemptions: report.idleExemptions }),
    ...(report.idleDeclarations === undefined ? {} : { idleDeclarations: report.idleDeclarations }),
    ...(report.idleLimits === undefined ? {} : { idleLimits: report.idleLimits }),
  }
}
