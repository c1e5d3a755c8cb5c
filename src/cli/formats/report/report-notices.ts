import type { IdleDeclaration, IdleSuppression, LicenseReport } from '../../../report/license-report.ts'

export const idleSuppressionText = ({ reason, why, ...matched }: IdleSuppression): string => {
  const what = Object.entries(matched)
    .filter(([field, value]) => value !== undefined && field !== 'until')
    .map(([field, value]) => `${field} ${value}`)
    .join(', ')
  return `suppression of ${what} (${reason}): ${why === 'expired' ? `expired on ${matched.until}` : why}`
}

export const idleDeclarationText = ({ provider, key, why, licenses = [] }: IdleDeclaration): string =>
  why === 'not listed'
    ? `${provider}: the license ${key} is configured, and the vendor does not list it`
    : `${provider}: licenses.${JSON.stringify(key)}: expected the id of one license that is not configured otherwise; ${
        licenses.length === 1 ? 'one license has' : `${licenses.length} licenses have`
      } that name or product code: ${licenses.join(', ')}`

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
