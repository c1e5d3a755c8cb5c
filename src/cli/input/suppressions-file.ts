import { didYouMean, findingRules, isDay, type Suppression, thresholdRules } from '../../index.ts'
import type { Invocation } from '../invocation.ts'
import { expectPseudonyms } from '../snapshot/pseudonyms-only.ts'
import { UsageError } from '../usage-error.ts'
import type { RowShape } from './row-shape.ts'
import { type Row, readRows } from './rows-file.ts'

const FIELDS = ['id', 'rule', 'provider', 'license', 'user', 'reason', 'until'] as const
type Field = (typeof FIELDS)[number]

const shape: RowShape<Field> = { fields: FIELDS, required: [['id', 'rule']], mayBeEmpty: true }

const RULES: readonly string[] = [...findingRules, ...thresholdRules]

/** What is wrong with a suppression. One that is mistyped must not accept more, or for longer, than was meant. */
const problemsOf = ({ source, cells }: Row<Field>): readonly string[] => {
  const { id, rule, reason, until } = cells
  return [
    ...(id === undefined && rule === undefined ? [`${source}: expected a rule, or the id of a finding`] : []),
    ...(rule !== undefined && !RULES.includes(rule)
      ? [
          `${source}: rule: expected one of ${RULES.join(', ')}, found ${JSON.stringify(rule)}${didYouMean(rule, RULES)}`,
        ]
      : []),
    ...(reason === undefined ? [`${source}: reason: expected a text that is not empty`] : []),
    ...(until !== undefined && !isDay(until)
      ? [`${source}: until: expected a day such as "2026-12-31", found ${JSON.stringify(until)}`]
      : []),
  ]
}

/** Reads a file of suppressions, JSON or CSV. The error lists all mistakes at once. */
export const readSuppressions = async (file: string, invocation: Invocation): Promise<readonly Suppression[]> => {
  const rows = await readRows(file, 'the suppressions', shape, invocation.environment)
  const problems = rows.flatMap(problemsOf)
  if (problems.length > 0) throw new UsageError(problems)
  expectPseudonyms(
    invocation,
    file,
    rows.map(({ cells: { user } }) => user),
  )
  return rows.map(({ source, cells: { reason = '', ...others } }) => ({ ...others, reason, source }))
}
