import { numberText } from '../../model/quantity.ts'
import type { Grouping, ReportGroups } from '../../report/license-report.ts'

/** What a report is grouped by, for people. */
export const groupTitles: Readonly<Record<Grouping, string>> = {
  department: 'Department',
  division: 'Division',
  manager: 'Manager',
  location: 'Location',
  costCenter: 'Cost center',
  provider: 'Provider',
  license: 'License',
}

/** The heading of the section: `By cost center`. */
export const groupsHeading = ({ by }: ReportGroups): string => `By ${groupTitles[by].toLowerCase()}`

/** Findings that are in no group, as a line; absent where there are none. */
export const otherFindingsText = ({ otherFindings = 0 }: ReportGroups): string | undefined => {
  if (otherFindings === 0) return undefined
  return otherFindings === 1
    ? '1 more finding is not about a seat of a user, and counts in no group'
    : `${numberText(otherFindings)} more findings are not about seats of users, and count in no group`
}
