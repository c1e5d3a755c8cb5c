import type { PlanOptions } from '../commands/plan.ts'
import { CommandMistake } from '../usage-error.ts'

/** What only makes sense without findings, which say themselves what to remove. */
const OTHERS = {
  assign: '--assign',
  remove: '--remove',
  swap: '--swap',
  user: '--user',
  file: '--file',
  exactly: '--exactly',
  addOnly: '--add-only',
  removeOnly: '--remove-only',
  location: '--location',
  phone: '--phone',
  extension: '--extension',
  skipUnknown: '--skip-unknown',
} as const satisfies Partial<Record<keyof PlanOptions, string>>

/** What only makes sense with findings. */
const OWN = {
  license: '--license',
  where: '--where',
  department: '--department',
  dormantDays: '--dormant-days',
  graceDays: '--grace-days',
  renewalDays: '--renewal-days',
  mostIdleFirst: '--most-idle-first',
  keepFree: '--keep-free',
  suppressions: '--suppressions',
  people: '--people',
  history: '--history',
} as const satisfies Partial<Record<keyof PlanOptions, string>>

/** The flags of options that were given, of these. */
const given = (options: PlanOptions, flags: Readonly<Record<string, string>>): string => {
  const names = new Set(Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [name])))
  return Object.entries(flags)
    .flatMap(([name, flag]) => (names.has(name) ? [flag] : []))
    .join(', ')
}

/** Whether the plan is to be made from findings. Throws where options do not go together. */
export const isFromFindings = (options: PlanOptions): boolean => {
  const isWanted = options.fix !== undefined || options.finding !== undefined
  const wrong = given(options, isWanted ? OTHERS : OWN)
  if (wrong === '') return isWanted
  throw new CommandMistake([
    isWanted
      ? `${wrong}: expected without --fix and --finding, which say themselves what to remove`
      : `${wrong}: expected with --fix or --finding`,
  ])
}
