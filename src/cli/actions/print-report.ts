import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  costOfSeatIn,
  createLicenseReport,
  type FindingOptions,
  type Grouping,
  type LicenseProvider,
  type LicenseReport,
  type LimitEntry,
  type PersonMapping,
  problemsOfReport,
  remarksToTell,
} from '../../index.ts'
import {
  type Content,
  noticesOf,
  type RenderReportOptions,
  type RenderTarget,
  type ReportFormat,
  type ReportLayout,
  type RowOptions,
  renderReport,
  rowsLeftOut,
  SheetTooLarge,
  showsDetail,
} from '../../render/index.ts'
import type { NamedFailures } from '../commands/options.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { readLogo } from '../input/logo-file.ts'
import type { Invocation } from '../invocation.ts'
import { isSeen, missingOf, tellGaps, tellRemarks } from '../output/is-seen.ts'
import { complain, notify } from '../output/notify.ts'
import { openFile } from '../output/open-file.ts'
import { openOutputFile } from '../output/output-file.ts'
import type { Progress } from '../output/progress.ts'
import { surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { CommandMistake, UsageError } from '../usage-error.ts'
import { openFailuresFile } from './failures-file.ts'
import { reasonToKeepOld } from './reason-to-keep-old.ts'
import { outcomesOf } from './report-outcomes.ts'
import { withoutOthers } from './without-others.ts'

export interface PrintedReport {
  readonly format: ReportFormat
  readonly layout: ReportLayout
  /** Users, links and findings, also where format and layout could do without. Default: only where they are needed. */
  readonly detail?: boolean | undefined
  /** The file to write; absent: stdout. */
  readonly output?: string | undefined
  /** The file for what could not be read. Default: none is written. */
  readonly failures?: NamedFailures | undefined
  /** Show it in the program that shows such files. Default: false. */
  readonly open?: boolean | undefined
  /** The providers that the user asked for. Absent: all. */
  readonly only?: readonly string[] | undefined
  /** Of a page. */
  readonly title?: string | undefined
  /** The file of an image, for a page. */
  readonly logo?: string | undefined
  readonly groupBy?: Grouping | undefined
  /** Which rows are shown. Absent: the whole report. */
  readonly rows?: RowOptions | undefined
  readonly mapping?: PersonMapping | undefined
  /** Limits of licenses. Default: none. */
  readonly limits?: readonly LimitEntry[] | undefined
  readonly findings?: FindingOptions | undefined
  readonly verify?: boolean | undefined
}

/** The same, if it can be printed so. */
export const checkedWay = ({ environment }: Invocation, printed: PrintedReport): PrintedReport => {
  const { format, layout, groupBy, output, open, title, logo } = printed
  if (format === 'csv' && groupBy !== undefined && layout !== 'group') {
    throw new CommandMistake([`--group-by: expected without --by ${layout} in CSV, which is one table`])
  }
  const ofPages = Object.entries({ open: open || undefined, title, logo }).flatMap(([option, value]) =>
    value === undefined ? [] : [`--${option}: expected with --format html`],
  )
  if (format !== 'html' && ofPages.length > 0) throw new CommandMistake(ofPages)
  if (format === 'xlsx' && output === undefined && isSeen(environment)) {
    throw new CommandMistake(['--output: expected with --format xlsx, which no terminal can show'])
  }
  return printed
}

/** The bytes of the image for a page. */
export const openLogo = async (logo: string | undefined, environment: Environment): Promise<Uint8Array | undefined> =>
  logo === undefined ? undefined : readLogo(logo, environment)

/** Reads the providers and makes one report of them. */
export const readReport = async (
  { bounds, clock }: Invocation,
  providers: readonly LicenseProvider[],
  progress: Progress,
  printed: PrintedReport,
): Promise<LicenseReport> => {
  const { mapping, groupBy, limits, findings = {}, verify = false } = printed
  const detail = printed.detail || showsDetail(printed) ? { detail: true, mapping, findings } : {}
  // What is at stake in a group is made of findings.
  const groups = groupBy === undefined ? {} : { groupBy, mapping, findings }
  return createLicenseReport({
    ...bounds(),
    clock,
    verify,
    limits,
    onProgress: progress.onProgress,
    onProvider: progress.onProvider,
    ...groups,
    ...detail,
  })(providers)()
}

/** A report in the format that it is printed in. */
export const contentOf = (
  report: LicenseReport,
  { format, layout, rows, title }: PrintedReport,
  target: RenderTarget & Pick<RenderReportOptions, 'costOfSeat' | 'logo'>,
): Promise<Content> =>
  renderReport(report, { format, layout, rows, title, allIn: '--format json --detail', ...target }).catch(
    (error: unknown) => {
      throw error instanceof SheetTooLarge ? new UsageError([`--format ${format}: ${error.message}`]) : error
    },
  )

/** Where a file of that name can be, in a new folder that only its owner can look into. */
const temporaryPath = async (name: string): Promise<string> => join(await mkdtemp(join(tmpdir(), 'seatlens-')), name)

const show = async ({ environment }: Invocation, output: string): Promise<void> => {
  const path = resolve(environment.workingDirectory, output)
  try {
    await openFile(path, environment.variables, environment.platform)
    notify(environment, `--open: ${path}`)
  } catch (error) {
    complain(environment, `--open: ${error instanceof Error ? error.message : String(error)}; the report is ${path}`)
  }
}

/** Makes the report and writes it where it belongs; says on stderr what is missing, unless the user has just seen it. */
export const printReport = async (
  invocation: Invocation,
  providers: readonly LicenseProvider[],
  progress: Progress,
  printed: PrintedReport,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal } = invocation
  const { format, layout, rows, open = false, only } = checkedWay(invocation, printed)
  const logo = await openLogo(printed.logo, environment)
  const output = printed.output ?? (open ? await temporaryPath(`report.${format}`) : undefined)
  // Before the work, so that a path that cannot be written costs no wait.
  const file = output === undefined ? undefined : await openOutputFile(output, environment)
  const failures = await openFailuresFile(printed.failures, environment)
  progress.begin(providers)
  const report = withoutOthers(only, await readReport(invocation, providers, progress, printed))
  progress.stop()
  const target = file === undefined ? surfaceOf(environment, format) : { isFile: true }
  const costOfSeat = costOfSeatIn(report, providers)
  const content = await contentOf(report, printed, { costOfSeat, logo, ...target })
  await failures?.write(report, signal)
  const keepOld = file === undefined ? undefined : reasonToKeepOld(report, signal)
  if (file === undefined) await writeOut(environment, content)
  const isThere = file !== undefined && keepOld === undefined && (await file.commit(content))
  const isListed = format === 'table' && file === undefined
  const wasShown = isListed && isSeen(environment)
  if (rows !== undefined && !wasShown) {
    for (const line of await rowsLeftOut(report, { layout, costOfSeat, rows })) notify(environment, line)
  }
  if (!wasShown) tellGaps(environment, missingOf(problemsOfReport(report), report.providers), isListed)
  if (!wasShown) tellRemarks(environment, remarksToTell(report))
  const noticed = wasShown ? { ...report, idleDeclarations: [], idleLimits: [] } : report
  for (const notice of noticesOf(noticed)) complain(environment, notice)
  if (keepOld !== undefined) file?.leave(keepOld)
  if (isThere && open && output !== undefined) await show(invocation, output)
  return outcomesOf(report)
}
