import { basename } from 'node:path'
import { didYouMean } from '../../index.ts'
import { Fields } from '../../provider-kit/index.ts'
import { quantity } from '../../render/index.ts'
import { foldedName } from '../input/row-shape.ts'
import { readRowsAndNames } from '../input/rows-file.ts'
import type { Invocation } from '../invocation.ts'
import { expectPseudonyms } from '../snapshot/pseudonyms-only.ts'
import { CommandMistake, UsageError } from '../usage-error.ts'
import { factsOfRows, problemOfDay, type ToldFact } from './fact-rows.ts'
import {
  type FactKind,
  factKinds,
  type Mapped,
  mappableFields,
  shapeOf,
  type VendorTable,
  vendorTableOf,
} from './fact-shapes.ts'

/** The options that name files with facts. */
export interface FactFiles extends Readonly<Partial<Record<FactKind, readonly string[] | undefined>>> {
  /** What the user calls fields: `FIELD=HEADING`. */
  readonly map?: readonly string[] | undefined
  /** The day of files that do not tell theirs. */
  readonly asOf?: string | undefined
}

/** The facts of one file. */
export interface FactsOfFile {
  readonly file: string
  readonly facts: readonly ToldFact[]
  /** The vendor's export that it is. Absent: it has headings of ours, or those that the user has named. */
  readonly table: VendorTable | undefined
}

/** So many mistakes of one file are told. */
const MAX_PROBLEMS = 10

const WHATS: Readonly<Record<FactKind, string>> = {
  purchased: 'what was purchased',
  consumed: 'what was consumed',
  activity: 'the activity',
}

const mappedOf = (texts: readonly string[]): readonly Mapped[] => {
  const mapped = texts.map((text) => {
    const equals = text.indexOf('=')
    const [name, heading] = equals < 0 ? [text, ''] : [text.slice(0, equals).trim(), text.slice(equals + 1).trim()]
    const field = mappableFields.find((one) => foldedName(one) === foldedName(name))
    return { name, heading, field }
  })
  const problems = mapped.flatMap(({ name, heading, field }) => {
    if (field === undefined) {
      const found = `${Fields.shownText(name)}${didYouMean(name, mappableFields)}`
      return [`--map: expected FIELD=HEADING with one of the fields ${mappableFields.join(', ')}, found ${found}`]
    }
    return foldedName(heading) === '' ? [`--map: expected ${field}=HEADING, the heading of a column`] : []
  })
  if (problems.length > 0) throw new CommandMistake(problems)
  return mapped.flatMap(({ heading, field }) => (field === undefined ? [] : [{ field, heading }]))
}

const someProblems = (file: string, problems: readonly string[]): readonly string[] => {
  const once = [...new Set(problems)]
  const more = once.length - MAX_PROBLEMS
  return more > 0 ? [...once.slice(0, MAX_PROBLEMS), `${file}: and ${quantity(more, 'more mistake')}`] : once
}

/** Reads the files with facts that the command line names, before anything is asked of a vendor. */
export const readFacts = async (files: FactFiles, invocation: Invocation): Promise<readonly FactsOfFile[]> => {
  const named = factKinds.flatMap((kind) => (files[kind] ?? []).map((file) => ({ kind, file })))
  const { map = [], asOf } = files
  if (named.length === 0) {
    const idle = [...(map.length > 0 ? ['--map'] : []), ...(asOf === undefined ? [] : ['--as-of'])]
    if (idle.length === 0) return []
    throw new CommandMistake(idle.map((option) => `${option}: expected with --purchased, --consumed or --activity`))
  }
  const now = Date.now()
  const wrongDay = asOf === undefined ? undefined : problemOfDay(asOf, now)
  if (wrongDay !== undefined) throw new CommandMistake([wrongDay])
  const mapped = mappedOf(map)
  const problems: string[] = []
  const headings = new Set<string>()
  const read: FactsOfFile[] = []
  for (const { kind, file } of named) {
    const { rows, names, table } = await readRowsAndNames(
      file,
      WHATS[kind],
      shapeOf(kind, mapped),
      invocation.environment,
    )
    for (const name of names) headings.add(foldedName(name))
    // What is true of a snapshot is of its time; what is in the future is so now.
    const time = kind === 'consumed' ? (invocation.clock?.now() ?? now) : now
    const vendorTable = vendorTableOf(kind, table)
    const { coversSome } = vendorTable ?? {}
    const made = factsOfRows(kind, rows, { name: basename(file), asOf, coversSome, now: time })
    problems.push(...someProblems(file, made.problems))
    read.push({ file, facts: made.facts, table: vendorTable })
    if (kind === 'activity')
      expectPseudonyms(
        invocation,
        file,
        made.facts.map(({ activity }) => activity?.user),
      )
  }
  const idle = mapped.filter(({ heading }) => !headings.has(foldedName(heading)))
  problems.push(
    ...idle.map(({ field, heading }) => `--map ${field}=${heading}: no file has a column ${Fields.shownText(heading)}`),
  )
  if (problems.length > 0) throw new UsageError(problems)
  return read
}
