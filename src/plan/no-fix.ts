import type { FindingRule } from '../report/license-report.ts'

/** What to do about findings of rules that name no seat that a user could give up, for people. */
export const rulesWithoutFix: Readonly<Partial<Record<FindingRule, string>>> = {
  'unassigned-seats': 'no user holds these seats: purchase fewer at the renewal, or give them to users who wait',
  'over-assigned':
    'it does not say which user can do without: purchase more seats, or free some by another rule, such as inactive-holder',
  'undefined-license': 'the vendor does not define the license: ask the vendor, or name it with --remove',
}
