import type { FindingRule } from '../report/license-report.ts'

/** What to do about findings of rules that name no seat that a user could give up, for people. */
export const rulesWithoutFix: { readonly [Rule in FindingRule]?: string | undefined } = {
  'unassigned-seats': 'no user holds these seats: purchase fewer at the renewal, or give them to users who wait',
  'over-assigned':
    'it does not say which user can do without: purchase more seats, or free some by another rule, such as inactive-holder',
  'idle-workspace':
    'no provider takes a license from a workspace: remove the workspace or its license in the console of the vendor',
  'waiting-for-seat': 'these users need a seat: free one by another rule, or purchase more',
  'renewal-due': 'renew with fewer seats, and free them by another rule, such as dormant-holder',
  'billed-not-held': 'ask the vendor why more is billed than is held',
  'bought-not-mapped': 'say which license it is: "sku" of the license in the configuration',
  'undefined-license': 'the vendor does not define the license: ask the vendor, or name it with --remove',
}
