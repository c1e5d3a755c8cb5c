import {
  type Abstention,
  type CreatePlanOptions,
  createLicenseReport,
  didYouMean,
  type Finding,
  foldedText,
  handingOn,
  type Intent,
  intentsOfFindings,
  type LicenseProvider,
  type LicenseReport,
  type LicenseRow,
  licenseMatcher,
  licenseNames,
  problemsOfReport,
  type RemovableSeat,
  rulesWithoutFix,
  suppressionsFor,
  suppressionsOfFindings,
} from '../../index.ts'
import { noticesOf, numberText, quantity, seatsOfFindings } from '../../render/index.ts'
import type { PlanOptions } from '../commands/plan.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { mappingFor, readPeople } from '../input/people-file.ts'
import { rowsAskedFor } from '../input/rows-asked-for.ts'
import { readSuppressions } from '../input/suppressions-file.ts'
import type { Invocation } from '../invocation.ts'
import { type Missing, missingOf } from '../output/is-seen.ts'
import type { Progress } from '../output/progress.ts'
import { withHistoryOf } from '../snapshot/with-history.ts'
import { UsageError } from '../usage-error.ts'
import { configuredExemptions, exemptionsFor } from './exemptions.ts'
import { configuredLimits, limitsFor } from './license-limits.ts'
import { outcomesOf } from './report-outcomes.ts'

/** What a plan from findings is made of, read before a provider is asked for anything. */
interface FixInputs {
  /** The findings of one user may be about several providers. */
  readonly readsAll: boolean
  /** What findings come to as a plan for one provider. `asked`: its id. Default: that of the most valuable seat. */
  readonly findIn: (
    providers: readonly LicenseProvider[],
    asked: string | undefined,
    progress: Progress,
  ) => Promise<FoundToFix>
}

type ReportOn = (providers: readonly LicenseProvider[], progress: Progress) => Promise<LicenseReport>

/** A plan from findings, as far as the report goes. */
export interface FindingsToFix extends Pick<CreatePlanOptions, 'omitted' | 'limits'> {
  readonly provider: LicenseProvider
  readonly intents: readonly Intent[]
}

export interface FoundToFix {
  /** Absent: there is nothing to plan. */
  readonly found?: FindingsToFix
  /** What could not be read. */
  readonly gaps: readonly Missing[]
  /** What else is to be said of it, one line each. */
  readonly lines: readonly string[]
  readonly outcomes: readonly ProviderOutcome[]
}

/** The ids of the licenses that a user names, each of one license of a provider. */
const licenseIdsOf = (wanted: readonly string[], licenses: readonly LicenseRow[]): readonly string[] => {
  const matching = licenseMatcher(licenses)
  const found = wanted.map((text) => ({ text, matches: matching(text) }))
  const problems = found.flatMap(({ text, matches }) => {
    const providers = new Set(matches.map(({ provider }) => provider))
    if (matches.length === 0) {
      const suggestion = didYouMean(text, licenseNames(licenses))
      return [
        `--license: no license has the id, product code or name ${JSON.stringify(text)}${suggestion}; see: seatlens licenses`,
      ]
    }
    const ids = matches.map(({ id }) => JSON.stringify(id)).join(' or ')
    return providers.size < matches.length
      ? [`--license: ${JSON.stringify(text)} may mean ${matches.length} licenses; give the id of one: ${ids}`]
      : []
  })
  if (problems.length > 0) throw new UsageError(problems)
  return found.flatMap(({ matches }) => matches.map(({ id }) => id))
}

/** Departments that some user has; one that is mistyped would make a plan of nothing. */
const checkDepartments = (wanted: readonly string[], { users = [] }: LicenseReport): void => {
  const known = new Map(
    users.flatMap(({ department }) => (typeof department === 'string' ? [[foldedText(department), department]] : [])),
  )
  const problems = wanted
    .filter((text) => !known.has(foldedText(text)))
    .map(
      (text) => `--department: no user is in the department ${JSON.stringify(text)}${didYouMean(text, known.values())}`,
    )
  if (problems.length > 0) throw new UsageError(problems)
}

const MAX_ABSTENTIONS = 3

/** Where rules lacked data: the seats that they say nothing of stay. */
const abstentionLines = (abstentions: readonly Abstention[]): readonly string[] => {
  const lines = [
    ...new Set(
      abstentions.map(({ rule, provider, reason }) =>
        [rule, ...(provider === undefined ? [] : [provider]), reason].join(': '),
      ),
    ),
  ]
  const others = lines.length - MAX_ABSTENTIONS
  return [...lines.slice(0, MAX_ABSTENTIONS), ...(others > 0 ? [`and ${quantity(others, 'more reason')}`] : [])].map(
    (line) => `left alone: ${line}`,
  )
}

/** Findings that were named and of rules that have no fix, and what to do about them. */
const unfixableLines = ({ findings = [] }: LicenseReport, ids: readonly string[]) => {
  const named = findings.filter(
    ({ id, group, accepted, removals = [], rule }) =>
      (ids.includes(id) || (group !== undefined && ids.includes(group))) &&
      accepted === undefined &&
      removals.length === 0 &&
      rulesWithoutFix[rule] !== undefined,
  )
  const lines = [...new Set(named.map(({ rule }) => rule))].map((rule) => {
    const many = named.filter((finding) => finding.rule === rule).length
    return `${quantity(many, 'finding')} of ${rule} left out: no seat can be removed for it; ${rulesWithoutFix[rule]}`
  })
  return { lines, findings: named.length }
}

const nothingText = ({ fix = [], finding = [] }: PlanOptions, found: number): string => {
  const what = [...fix, ...finding].join(', ')
  return found === 0
    ? `${what}: nothing was found, so that no plan was made`
    : `${what}: no seat is left to remove, so that no plan was made`
}

interface Meant {
  readonly isMeant: (seat: RemovableSeat, finding: Finding) => boolean
  readonly lines: readonly string[]
}

const keyOfSeat = (finding: string, { provider, userId, licenseId }: RemovableSeat): string =>
  JSON.stringify([finding, provider, userId, licenseId])

/** The seats of which `--where` is true, and how many of which it is not. */
const meantBy = async (
  where: string,
  report: LicenseReport,
  { fix = [], finding = [] }: PlanOptions,
): Promise<Meant> => {
  const asked = new Set<string>([...fix, ...finding])
  const { seats, told } = await seatsOfFindings(report, where)
  const named = seats.filter(({ finding: { id, group = id, rule } }) =>
    [id, group, rule].some((name) => asked.has(name)),
  )
  const matching = named.filter(({ verdict }) => verdict === true)
  const unknown = named.filter(({ verdict }) => verdict === undefined).length
  const meant = new Set(matching.map(({ finding: { id }, seat }) => keyOfSeat(id, seat)))
  return {
    isMeant: (seat, { id }) => meant.has(keyOfSeat(id, seat)),
    lines: [
      `${numberText(matching.length)} of ${quantity(named.length, 'seat')} in findings match ${where}`,
      ...told,
      ...(unknown === 0
        ? []
        : [`${quantity(unknown, 'seat')} left out: a value that --where compares is unknown or empty`]),
    ],
  }
}

const findToFix = async (
  reportOn: ReportOn,
  options: PlanOptions,
  given: readonly LicenseProvider[],
  asked: string | undefined,
  progress: Progress,
): Promise<FoundToFix> => {
  const { fix, finding, license, where, department, mostIdleFirst } = options
  // Vendors allow few requests: the plan is made of what the report has read. To apply it reads again.
  const providers = given.map(handingOn)
  const report = await reportOn(providers, progress)
  const isAsked = (id: string | undefined): boolean => asked === undefined || id === undefined || id === asked
  const read = { ...report, providers: report.providers.filter(({ id }) => isAsked(id)) }
  const gaps = missingOf(problemsOfReport(read), read.providers)
  const outcomes = outcomesOf({ providers: read.providers })
  if (read.providers.every(({ status }) => status === 'failed')) {
    return { gaps: [...gaps, { message: 'no plan was made: nothing could be read' }], lines: [], outcomes }
  }
  const licenses = report.licenses.filter(
    ({ provider, boughtOnly, declaredOnly }) => isAsked(provider) && !boughtOnly && !declaredOnly,
  )
  const licenseIds = license === undefined ? undefined : licenseIdsOf(license, licenses)
  if (department !== undefined) checkDepartments(department, report)
  const meant = where === undefined ? undefined : await meantBy(where, report, options)
  const { provider, intents, omitted, limits, found, accepted, withoutFix, elsewhere, unknownIds } = intentsOfFindings(
    report,
    {
      rules: fix,
      ids: finding,
      provider: asked,
      licenseIds,
      departments: department,
      isMeant: meant?.isMeant,
      mostIdleFirst,
    },
  )
  if (unknownIds.length > 0) {
    throw new UsageError([
      `--finding: no finding and no group has the id ${unknownIds.join(', ')}; ids are those of "report --by finding", and go with what they name`,
    ])
  }
  const abstentions = (report.abstentions ?? []).filter(
    (abstention) => fix?.includes(abstention.rule) === true && isAsked(abstention.provider),
  )
  const planned = providers.find(({ id }) => id === provider)
  const unfixable = unfixableLines(report, finding ?? [])
  const uncertain = withoutFix - unfixable.findings
  const isPlanned = planned !== undefined && intents.length > 0
  // A plan says itself what is left out of it.
  const told = isPlanned ? omitted.reduce((sum, { seats }) => sum + seats, 0) : 0
  const untold = accepted - told
  const lines = [
    ...(meant?.lines ?? []),
    // The plan keeps to the limits too.
    ...noticesOf({ idleLimits: report.idleLimits }),
    ...abstentionLines(abstentions),
    ...(untold === 0 ? [] : [`${quantity(untold, 'seat')} left out: accepted by --suppressions`]),
    ...unfixable.lines,
    ...(uncertain === 0 ? [] : [`${quantity(uncertain, 'finding')} left out: no seat can be removed for certain`]),
    ...elsewhere.map(
      ({ provider: id, seats }) =>
        `${quantity(seats, 'seat')} of ${id} left out: a plan is for one provider; --provider ${id}`,
    ),
  ]
  return isPlanned
    ? { found: { provider: planned, intents, omitted, limits }, gaps, lines, outcomes }
    : { gaps, lines: [...lines, nothingText(options, found)], outcomes }
}

/** Reads the files of the command line. Throws where a rule has no fix. */
export const readFixInputs = async (invocation: Invocation, options: PlanOptions): Promise<FixInputs> => {
  const { fix = [], finding, dormantDays, graceDays, renewalDays, suppressions, people, history, provider } = options
  const unfixable = fix.flatMap((rule) => {
    const advice = rulesWithoutFix[rule]
    return advice === undefined ? [] : [`--fix ${rule}: no seat can be removed for it; ${advice}`]
  })
  if (unfixable.length > 0) throw new UsageError(unfixable)
  await rowsAskedFor('finding', { where: options.where })
  const accepted =
    suppressions === undefined ? undefined : suppressionsOfFindings(await readSuppressions(suppressions, invocation))
  const mapping = people === undefined ? undefined : await readPeople(people, invocation)
  const withHistory = await withHistoryOf(history, invocation)
  const readsAll = finding !== undefined || fix.includes('several-providers')
  const exemptions = await configuredExemptions(invocation)
  const limits = await configuredLimits(invocation)
  const reportOn: ReportOn = (providers, { onProgress }) => {
    const only = provider === undefined || readsAll ? undefined : providers.map(({ id }) => id)
    return createLicenseReport({
      ...invocation.bounds(),
      clock: invocation.clock,
      onProgress,
      detail: true,
      limits: limitsFor(limits, providers, only === undefined),
      mapping: mapping === undefined ? undefined : mappingFor(only, mapping),
      findings: {
        dormantAfterDays: dormantDays,
        graceDays,
        renewalDays,
        exemptions: exemptionsFor(exemptions, only),
        suppressions: accepted === undefined ? undefined : suppressionsFor(only, accepted),
      },
    })(withHistory(providers))()
  }
  return { readsAll, findIn: (providers, asked, progress) => findToFix(reportOn, options, providers, asked, progress) }
}
