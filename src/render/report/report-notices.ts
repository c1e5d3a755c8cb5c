import type { IdleDeclaration, IdleSuppression, LicenseReport } from '../../report/license-report.ts'

export const idleSuppressionText = ({ reason, why, ...matched }: IdleSuppression): string => {
  const what = Object.entries(matched)
    .filter(([field, value]) => value !== undefined && field !== 'until')
    .map(([field, value]) => `${field} ${value}`)
    .join(', ')
  return `suppression of ${what} (${reason}): ${why === 'expired' ? `expired on ${matched.until}` : why}`
}

/** So many licenses are named; a name may be that of all of them. */
const MAX_NAMED = 5

export const idleDeclarationText = ({
  provider,
  key,
  why,
  licenses = [],
  names = licenses,
}: IdleDeclaration): string => {
  if (why === 'not listed') return `${provider}: the license ${key} is configured, and the vendor does not list it`
  const have = licenses.length === 1 ? 'one license has' : `${licenses.length} licenses have`
  const others = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} others` : ''
  const told = `${have} that name or product code: ${names.slice(0, MAX_NAMED).join(', ')}${others}`
  // What is cut is nothing to write down.
  const where = names.some((name) => name.includes('…')) ? '; ids are in: seatlens licenses --format csv' : ''
  return `${provider}: licenses.${JSON.stringify(key)}: expected the id of one license that is not configured otherwise; ${told}${where}`
}

/** What somebody has written down and nothing had a use for, one line each: it may be mistyped or out of date. */
export const noticesOfReport = ({
  idleDeclarations = [],
  idleMappings = [],
  idleSuppressions = [],
}: LicenseReport): readonly string[] => [
  ...idleDeclarations.map(idleDeclarationText),
  ...idleMappings.map(({ provider, user, person, why }) => `who is who: ${person} is ${user} in ${provider}: ${why}`),
  ...idleSuppressions.map(idleSuppressionText),
]
