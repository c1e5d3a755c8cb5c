import { mkdir, readdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import pLimit from 'p-limit'
import { costOfSeatIn, type LicenseProvider, type LicenseReport, problemsOfReport, remarksToTell } from '../../index.ts'
import { errorCodeOf, problemOfFile } from '../../node/index.ts'
import { type Content, noticesOf, numberText, quantity, type ReportFormat, rowsLeftOut } from '../../render/index.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { missingOf, tellGaps, tellRemarks } from '../output/is-seen.ts'
import { complain, notify, warn } from '../output/notify.ts'
import { type OutputFile, openOutputFile } from '../output/output-file.ts'
import type { Progress } from '../output/progress.ts'
import { writeOut } from '../output/write-out.ts'
import { UsageError } from '../usage-error.ts'
import { openFailuresFile } from './failures-file.ts'
import { checkedWay, contentOf, openLogo, type PrintedReport, readReport } from './print-report.ts'
import { INTERRUPTED, reasonToKeepOld } from './reason-to-keep-old.ts'
import { outcomesOf } from './report-outcomes.ts'
import { withoutOthers } from './without-others.ts'

/**
 * So many reports are made at once. Each is let go when its file is written: of organizations that share a rate limit, more at
 * once would all end together, and be in memory together.
 */
const REPORTS_AT_ONCE = 32

/** Other files of the folder that are named, at most. */
const MOST_NAMED = 3

/** One provider and the file that its report becomes. */
interface Part {
  readonly provider: LicenseProvider
  /** As the user names it: `customers/webex-emea.html`. */
  readonly name: string
  readonly file: OutputFile
}

/** What is kept of a report once it is written. */
interface MadePart extends Part {
  readonly report: Pick<LicenseReport, 'generatedAt' | 'providers'>
  readonly outcomes: readonly ProviderOutcome[]
  /** What its rows leave out, and what else there is to say of it. */
  readonly leftOut: readonly string[]
  readonly remarks: readonly string[]
  readonly notices: readonly string[]
  /** Whether there is nothing that may take the place of an older file. */
  readonly isKeptBack: boolean
  readonly isWritten: boolean
}

const openFolder = async (name: string, { workingDirectory }: Environment): Promise<void> => {
  try {
    await mkdir(resolve(workingDirectory, name), { recursive: true, mode: 0o700 })
  } catch (error) {
    const problem = errorCodeOf(error) === 'EEXIST' ? 'it is a file' : problemOfFile(error)
    throw new UsageError([`--output: expected a folder with --split-by; cannot use ${name}: ${problem}`])
  }
}

/** All files, before the work, so that one that cannot be written costs no wait. */
const openParts = async (
  folder: string,
  format: ReportFormat,
  providers: readonly LicenseProvider[],
  environment: Environment,
): Promise<readonly Part[]> => {
  await openFolder(folder, environment)
  const parts: Part[] = []
  for (const provider of providers) {
    const name = join(folder, `${provider.id}.${format}`)
    parts.push({ provider, name, file: await openOutputFile(name, environment) })
  }
  return parts
}

/** What the folder has in this format besides the files of this run: someone who sends all of them would send these too. */
const tellOtherFiles = async (
  folder: string,
  format: ReportFormat,
  parts: readonly Part[],
  environment: Environment,
): Promise<void> => {
  const own = new Set([...environment.files.written(), ...parts.map(({ name }) => name)].map((name) => basename(name)))
  const names = await readdir(resolve(environment.workingDirectory, folder))
  const others = names.filter((name) => name.endsWith(`.${format}`) && !own.has(name)).sort()
  if (others.length === 0) return
  const more = others.length - MOST_NAMED
  const named = `${others.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${numberText(more)} more` : ''}`
  warn(environment, `--output: ${folder} also has files that are not of this run: ${named}`)
}

/** Writes the file of a report. False where that fails: a message has said so. */
const write = async (
  { name, file }: Part,
  { results }: Environment,
  contentOfFile: () => Promise<Content>,
): Promise<boolean> => {
  try {
    return await file.commit(await contentOfFile())
  } catch (error) {
    // What one customer has too much of keeps no other one from a report.
    if (!(error instanceof UsageError)) throw error
    results.lose(`--output: cannot write ${name}: ${error.lines.join('; ')}`)
    return false
  }
}

/** Says what became of each file that was not written. */
const tellUnwritten = ({ environment, signal }: Invocation, made: readonly MadePart[]): void => {
  if (signal.aborted) {
    const written = made.filter(({ isWritten }) => isWritten).length
    const all = quantity(made.length, 'report')
    complain(environment, `--output: ${INTERRUPTED}: ${numberText(written)} of ${all} were written`)
  } else {
    for (const { file, provider, isKeptBack } of made) if (isKeptBack) file.leave(`${provider.id} could not be read`)
  }
}

/**
 * Makes a report of each provider alone and writes it into a file of its own. Nothing of one provider is in the report of another
 * one. Prints which files were written, and says on stderr what is missing.
 */
export const splitReport = async (
  invocation: Invocation,
  folder: string,
  providers: readonly LicenseProvider[],
  progress: Progress,
  /** What is asked of a report of this provider. */
  printedOf: (provider: LicenseProvider) => PrintedReport,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal } = invocation
  const [first] = providers
  if (first === undefined) return []
  const { format, logo: logoFile, failures: failuresFile } = checkedWay(invocation, printedOf(first))
  const logo = await openLogo(logoFile, environment)
  const parts = await openParts(folder, format, providers, environment)
  const failures = await openFailuresFile(failuresFile, environment)

  const make = async (part: Part): Promise<MadePart> => {
    const { provider } = part
    const printed = printedOf(provider)
    const { layout, rows } = printed
    const report = withoutOthers([provider.id], await readReport(invocation, [provider], progress, printed))
    const costOfSeat = costOfSeatIn(report, [provider])
    const isKeptBack = reasonToKeepOld(report, signal) !== undefined
    const content = () => contentOf(report, printed, { costOfSeat, logo, isFile: true })
    const isWritten = !isKeptBack && (await write(part, environment, content))
    return {
      ...part,
      report: { generatedAt: report.generatedAt, providers: report.providers },
      outcomes: outcomesOf(report),
      leftOut: isKeptBack || rows === undefined ? [] : await rowsLeftOut(report, { layout, costOfSeat, rows }),
      remarks: remarksToTell(report),
      notices: noticesOf(report),
      isKeptBack,
      isWritten,
    }
  }

  progress.begin(providers)
  const made = await pLimit(REPORTS_AT_ONCE).map(parts, make)
  progress.stop()
  const all = {
    generatedAt:
      made
        .map(({ report }) => report.generatedAt)
        .sort()
        .at(-1) ?? '',
    providers: made.flatMap(({ report }) => report.providers),
  }
  await failures?.write(all, signal)
  await writeOut(environment, made.flatMap(({ name, isWritten }) => (isWritten ? [`${name}\n`] : [])).join(''))
  for (const { provider, leftOut } of made) for (const line of leftOut) notify(environment, `${provider.id}: ${line}`)
  tellGaps(environment, missingOf(problemsOfReport(all), all.providers), false)
  tellRemarks(
    environment,
    made.flatMap(({ remarks }) => remarks),
  )
  for (const notice of made.flatMap(({ notices }) => notices)) complain(environment, notice)
  tellUnwritten(invocation, made)
  await tellOtherFiles(folder, format, parts, environment)
  return made.flatMap(({ outcomes }) => outcomes)
}
