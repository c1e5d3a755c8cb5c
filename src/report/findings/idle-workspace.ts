import { supportOf } from '../../contract/capabilities.ts'
import { momentOf } from '../../model/moment.ts'
import { quantity } from '../../model/quantity.ts'
import { isCredible } from '../activity-sources.ts'
import type { Finding, WorkspaceRow } from '../license-report.ts'
import { abstain, supportText } from './abstain.ts'
import { type FindingContext, overProviders, type Rule } from './finding-context.ts'
import { rowsById, seatFindings } from './holder-finding.ts'
import { DAY_MS } from './judge-activity.ts'
import { isSinceGrace } from './seat-age.ts'

const RULE = 'idle-workspace'

/** What is known of the devices of a workspace. */
type Judgment =
  | { readonly kind: 'used' | 'unseen' | 'undated' | 'new' }
  /** `what`: what is said of it, for people. */
  | { readonly kind: 'idle'; readonly what: string; readonly evidence: Finding['evidence'] }

const judge = (workspace: WorkspaceRow, { now, dormantAfterDays, graceDays }: FindingContext): Judgment => {
  const { devices, lastSeenAt, createdAt } = workspace
  const age = isSinceGrace(createdAt, { now, graceDays })
  const created = createdAt === undefined ? {} : { createdAt }
  if (devices === 0) {
    // A room that is being fitted out has none yet.
    if (age === undefined && graceDays > 0) return { kind: 'undated' }
    return age === false ? { kind: 'new' } : { kind: 'idle', what: 'has no device', evidence: { devices, ...created } }
  }
  const moment = momentOf(lastSeenAt)
  if (lastSeenAt === undefined || moment === undefined) return { kind: 'unseen' }
  if (!isCredible({ at: lastSeenAt, source: 'lastSeenAt', moment }, now)) return { kind: 'unseen' }
  const days = Math.floor((now - moment) / DAY_MS)
  if (days < dormantAfterDays) return { kind: 'used' }
  if (age === false) return { kind: 'new' }
  const what = `has had no device online for ${quantity(days, 'day')}`
  return { kind: 'idle', what, evidence: { lastSeenAt, days, dormantAfterDays, ...created } }
}

/**
 * Workspaces that hold paid licenses, and whose devices were last seen so many days ago, or that have no device. No provider can
 * take a license from a workspace: it is for people to do.
 */
export const idleWorkspace: Rule = (context) =>
  overProviders(context, (provider) => {
    const { id, workspaces, workspacesGap, capabilities } = provider
    const rows = rowsById(provider)
    const isPaid = (holder: WorkspaceRow) => (licenseId: string) =>
      context.costs.ofHolder(id, licenseId, holder.id).kind !== 'notApplicable'
    const judged = workspaces.flatMap((workspace) => {
      const { licenseIds, likelyLicenseIds = [] } = workspace
      const paid = licenseIds.filter(isPaid(workspace))
      const isAtStake = paid.length > 0 || likelyLicenseIds.some(isPaid(workspace))
      return isAtStake ? [{ workspace, paid, judgment: judge(workspace, context) }] : []
    })
    const having = (kind: Judgment['kind']): number => judged.filter(({ judgment }) => judgment.kind === kind).length
    const [unseen, undated, fresh] = [having('unseen'), having('undated'), having('new')]
    const unlinked = judged.filter(({ judgment, paid }) => judgment.kind === 'idle' && paid.length === 0).length
    const which = `the vendor does not say which licenses ${quantity(unlinked, 'workspace')} without use ${unlinked === 1 ? 'holds' : 'hold'}`
    const when = `the vendor does not say when the devices of ${quantity(unseen, 'workspace')} of ${judged.length} were last seen`
    return {
      groups: judged.flatMap(({ workspace, paid, judgment }) => {
        if (judgment.kind !== 'idle') return []
        const { displayName = workspace.id } = workspace
        return seatFindings(rows, context, {
          rule: RULE,
          provider: id,
          holderId: workspace.id,
          subject: { workspaceId: workspace.id },
          licenseIds: paid,
          message: (license) => `the workspace ${displayName} ${judgment.what} and holds ${license}`,
          evidence: () => judgment.evidence,
        })
      }),
      abstentions: abstain(
        RULE,
        { provider: id },
        workspacesGap,
        unseen > 0 ? `${when}${supportText(supportOf(capabilities, 'workspaceFields', 'lastSeenAt'))}` : undefined,
        undated > 0
          ? `since when there ${undated === 1 ? 'is' : 'are'} ${quantity(undated, 'workspace')} without a device is not known${supportText(supportOf(capabilities, 'workspaceFields', 'createdAt'))}`
          : undefined,
        fresh > 0
          ? `${quantity(fresh, 'workspace')} ${fresh === 1 ? 'is' : 'are'} too new to judge: created less than ${quantity(context.graceDays, 'day')} ago`
          : undefined,
        unlinked > 0 ? which : undefined,
      ),
    }
  })
