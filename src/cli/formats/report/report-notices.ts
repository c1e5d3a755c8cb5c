import type { IdleSuppression, LicenseReport } from '../../../report/license-report.ts'

export const idleSuppressionText = ({ reason, why, ...matched }: IdleSuppression): string => {
  const what = Object.entries(matched)
    .filter(([field, value]) => value !== undefined && field !== 'until')
    .map(([field, value]) => `${field} ${value}`)
    .join(', ')
  return `suppression of ${what} (${reason}): ${why === 'expired' ? `expired on ${matched.until}` : why}`
}

/** What somebody has written down and nothing had a use for, one line each: it may be mistyped or out of date. */
export const noticesOfReport = ({
  licenses,
  idleMappings = [],
  idleSuppressions = [],
}: LicenseReport): readonly string[] => [
  ...licenses.flatMap(({ provider, id, declaredOnly }) =>
    declaredOnly ? [`${provider}: the license ${id} is configured, and the vendor does not list it`] : [],
  ),
  ...idleMappings.map(({ provider, user, person, why }) => `who is who: ${person} is ${user} in ${provider}: ${why}`),
  ...idleSuppressions.map(idleSuppressionText),
]
