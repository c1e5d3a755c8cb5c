import type { IdleDeclaration, IdleSuppression, LicenseReport } from '../report/license-report.ts'
import type { ProviderAccount, SnapshotDiff } from '../snapshot/index.ts'

const idleSuppressionText = ({ reason, why, ...matched }: IdleSuppression): string => {
  const what = Object.entries(matched)
    .filter(([field, value]) => value !== undefined && field !== 'until')
    .map(([field, value]) => `${field} ${value}`)
    .join(', ')
  return `suppression of ${what} (${reason}): ${why === 'expired' ? `expired on ${matched.until}` : why}`
}

/** So many licenses are named; a name may be that of all of them. */
const MAX_NAMED = 5

const idleDeclarationText = ({ provider, key, why, licenses = [], names = licenses }: IdleDeclaration): string => {
  if (why === 'not listed') return `${provider}: the license ${key} is configured, and the vendor does not list it`
  const have = licenses.length === 1 ? 'one license has' : `${licenses.length} licenses have`
  const others = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} others` : ''
  const told = `${have} that name or product code: ${names.slice(0, MAX_NAMED).join(', ')}${others}`
  // What is cut is nothing to write down.
  const where = names.some((name) => name.includes('…')) ? '; ids are in: seatlens licenses --format csv' : ''
  return `${provider}: licenses.${JSON.stringify(key)}: expected the id of one license that is not configured otherwise; ${told}${where}`
}

/** What a report or a check says of what was written down for it. */
export type Noticed = Partial<Pick<LicenseReport, 'idleDeclarations' | 'idleMappings' | 'idleSuppressions'>>

/**
 * What was configured, mapped or suppressed and had no use, one line each: it may be mistyped or out of date. Of a report
 * or a check.
 */
export const noticesOf = ({
  idleDeclarations = [],
  idleMappings = [],
  idleSuppressions = [],
}: Noticed): readonly string[] => [
  ...idleDeclarations.map(idleDeclarationText),
  ...idleMappings.map(({ provider, user, person, why }) => `who is who: ${person} is ${user} in ${provider}: ${why}`),
  ...idleSuppressions.map(idleSuppressionText),
]

/** One line where the snapshots are the other way round than they usually are, which is no mistake by itself. */
export const noticesOfDiff = ({ before, after }: SnapshotDiff): readonly string[] =>
  // Beside the times of both, which may be of one minute.
  before.generatedAt > after.generatedAt ? ['the first snapshot is the later one'] : []

/** `acme (partial): users: page 2: it was torn`. */
const accountText = ({ id, status, problems }: ProviderAccount): string =>
  `${id} (${status})${problems.length === 0 ? '' : `: ${problems.join('; ')}`}`

/** What had not been read as a whole when a snapshot was made, one line for each provider; none where everything had. */
export const unreadLines = (providers: readonly ProviderAccount[]): readonly string[] =>
  providers.filter(({ status }) => status !== 'complete').map(accountText)
