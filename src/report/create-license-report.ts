import type { Task } from 'fp-ts/lib/Task.js'
import type { LicenseProvider } from '../contract/license-provider.ts'
import { demand } from '../model/invalid-input.ts'
import { type Clock, systemClock } from '../paging/clock.ts'
import { lastingClock } from '../paging/lasting-clock.ts'
import type { RequestOptions } from '../paging/request.ts'
import { scopeOf } from '../paging/request-scope.ts'
import { paidLicenses } from './cost/paid-licenses.ts'
import { createPricing, type PriceTable } from './cost/pricing.ts'
import { withCosts } from './cost/report-costs.ts'
import { createSeatCosts } from './cost/seat-costs.ts'
import { demandExemptions } from './findings/exemption-codec.ts'
import { type FindingOptions, findingsOf } from './findings/report-findings.ts'
import { demandSuppressions, type Suppression } from './findings/suppression-codec.ts'
import { reportGroups } from './groups/report-groups.ts'
import { listUsers } from './holders.ts'
import { idleDeclarations } from './idle-declarations.ts'
import type { Grouping, LicenseReport, LimitEntry, ProviderReport } from './license-report.ts'
import { licenseRows } from './license-rows.ts'
import { applyLimits } from './limits/apply-limits.ts'
import { demandLimits } from './limits/limit-codec.ts'
import type { PersonMapping } from './link-people.ts'
import { peopleDetail } from './people-detail.ts'
import { summarizePeople } from './people-summary.ts'
import { type ProviderReading, type ReadingProgress, type ReadingWatchers, readProviders } from './provider-reading.ts'
import { providerReport } from './provider-report.ts'
import { gapsOfReading } from './reading-gaps.ts'
import { demandReportOptions } from './report-options.ts'

/** How far a report has come with one list of one provider. */
export type ReportProgress = ReadingProgress

/**
 * What a report contains and what bounds its reading. By default: seats and costs, without users and findings, and
 * no deadline.
 */
export interface LicenseReportOptions extends RequestOptions, ReadingWatchers {
  /** Read the users and their licenses until two readings in a row agree, four times at the most. Default: false. */
  readonly verify?: boolean | undefined
  /** Keep the users, and what follows from them: links, overlaps, findings. Default: false, only their numbers are kept. */
  readonly detail?: boolean | undefined
  /** Which users are one person, where their addresses do not show it. */
  readonly mapping?: PersonMapping | undefined
  /** What licenses cost. Default: the prices in the overrides of the providers, and then those of contracts that are per seat and month. */
  readonly prices?: PriceTable | undefined
  /** Limits of licenses, which rows then have, checks judge and renderers mark. Default: none. */
  readonly limits?: readonly LimitEntry[] | undefined
  /** What to look for. With it, findings are looked for without `detail` too. */
  readonly findings?: FindingOptions | undefined
  /** Puts the seats that users hold into groups. Default: there are no groups. */
  readonly groupBy?: Grouping | undefined
  /** For `generatedAt` and the deadline. Default: the system's, also where this one gives no time. */
  readonly clock?: Clock | undefined
}

/** A caller's mapping that throws, or gives no text, names no person. The report is made all the same. */
const soundMapping = (mapping: PersonMapping | undefined): PersonMapping | undefined =>
  mapping && {
    rows: mapping.rows,
    personOf: (user) => {
      try {
        const person: unknown = mapping.personOf(user)
        return typeof person === 'string' ? person : undefined
      } catch {
        return undefined
      }
    },
  }

const soundClock = (clock: Clock = systemClock): Clock => {
  try {
    return lastingClock(clock)
  } catch {
    return systemClock
  }
}

/** Findings and groups need the users, even if the caller does not ask for them. */
const keepsUsers = ({ detail = false, findings, groupBy }: LicenseReportOptions): boolean =>
  detail || findings !== undefined || groupBy !== undefined

/** What the parts of a report are made of, once everything was read. */
interface Material {
  readonly readings: readonly ProviderReading[]
  readonly providers: readonly ProviderReport[]
  readonly generatedAt: string
  readonly options: LicenseReportOptions
}

/** Rows and people, what they cost, and what is wrong with them. */
const partsOf = ({ readings, providers, generatedAt, options }: Material) => {
  const gaps = readings.map(gapsOfReading)
  const { limits = [] } = options
  const { licenses, idle: idleLimits } = applyLimits(
    readings.flatMap(licenseRows),
    gaps.map(({ provider, licenses: gap }) => ({ provider, gap })),
    limits,
  )
  const people = keepsUsers(options) ? peopleDetail(readings, options.mapping) : undefined
  const detail = options.detail ? people : undefined
  const workspaces = readings.flatMap((reading) => reading.workspaces?.value.all ?? [])
  const pricing = createPricing(
    readings.map(({ provider: { id }, declared, licenses: { value } }) => ({ id, declared, licenses: value })),
    generatedAt,
    options.prices,
  )
  const idle = readings.flatMap(idleDeclarations)
  const costs = createSeatCosts(licenses, [...(people?.users ?? []), ...workspaces], pricing)
  const isPaid = paidLicenses(readings, licenses, pricing)
  const report = { providers, licenses, ...detail }
  const hasCosts = options.detail === true || pricing.hasPrices
  const found =
    people === undefined || !(options.detail || options.findings)
      ? {}
      : findingsOf({ readings, licenses, people, costs, isPaid, generatedAt, options: options.findings ?? {} })
  const { groupBy } = options
  return {
    ...(idle.length === 0 ? {} : { idleDeclarations: idle }),
    ...(limits.length === 0 ? {} : { limits }),
    ...(idleLimits.length === 0 ? {} : { idleLimits }),
    // Without any price there is nothing to say, unless everything was asked for.
    ...report,
    ...(options.detail && workspaces.length > 0 ? { workspaces } : {}),
    ...(hasCosts ? withCosts(report, pricing, costs, isPaid, gaps) : {}),
    ...found,
    ...(people === undefined || groupBy === undefined
      ? {}
      : {
          groups: reportGroups(groupBy, {
            readings,
            gaps,
            licenses,
            people,
            costs,
            hasCosts,
            found,
          }),
        }),
  }
}

const reportOn =
  (given: LicenseReportOptions, providers: readonly LicenseProvider[]): Task<LicenseReport> =>
  async () => {
    const options = { ...given, mapping: soundMapping(given.mapping) }
    const clock = soundClock(options.clock)
    const read = {
      scope: scopeOf(options, clock),
      clock,
      verify: options.verify ?? false,
      ...(keepsUsers(options) ? { keepIn: listUsers } : {}),
      countsPeople: true,
      mapping: options.mapping,
      onProgress: options.onProgress,
      onProvider: options.onProvider,
    }
    const readings = await readProviders(providers, read, (reading) => reading)
    const generatedAt = new Date(clock.now()).toISOString()
    const parts = partsOf({ readings, providers: readings.map(providerReport), generatedAt, options })
    const { providers: reports, licenses, ...others } = parts
    return {
      schemaVersion: 1,
      generatedAt,
      complete: reports.every(({ status }) => status === 'complete'),
      providers: reports,
      licenses,
      people: summarizePeople(readings),
      ...others,
    }
  }

/**
 * Reads the providers, several at once, and never fails: a provider's failure is data in the report. Throws a
 * `LicenseException` with `InvalidInput` before anything is read, if an option, a {@link Suppression}, a limit or the list of
 * providers is none.
 */
export const createLicenseReport = (
  options: LicenseReportOptions = {},
): ((providers: readonly LicenseProvider[]) => Task<LicenseReport>) => {
  demandReportOptions(options)
  demandExemptions('findings.exemptions', options.findings?.exemptions ?? [])
  demandSuppressions('findings.suppressions', options.findings?.suppressions ?? [])
  demandLimits('limits', options.limits ?? [])
  return (providers) => {
    demand(Array.isArray(providers), 'providers', 'a list of providers')
    return reportOn(options, providers)
  }
}
