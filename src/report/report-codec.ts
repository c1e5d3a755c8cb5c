import * as t from 'io-ts'
import { optional } from '../contract/shapes.ts'
import type { Codec } from '../model/codec.ts'
import { codecOf } from '../model/decoder.ts'
import { isRecord } from '../model/is-record.ts'
import { momentOf } from '../model/moment.ts'
import { optionalMembers } from '../model/optional-members.ts'
import { knownAmong, orLater, word } from '../model/or-later.ts'
import {
  Capacity,
  Count,
  countShape,
  Finite,
  Ledger,
  LicenseError,
  Metric,
  NotApplicable,
  purchaseFacts,
  Services,
  texts,
  UnknownCount,
  UserKind,
  UserStatus,
  userFacts,
  Workspace,
} from '../model/shapes.ts'
import { Cost } from './cost/cost-shapes.ts'
import type * as reports from './license-report.ts'
import { findingRules, groupings } from './license-report.ts'
import { LicenseLimits, LimitEntry } from './limits/limit-codec.ts'

/** Entries that are of a kind that only a later version knows have no place here, and are left out. */
const listOf = <A, K extends string>(item: t.Type<A>, member: string, words: readonly K[]): t.Type<readonly A[]> => {
  const known = new Set<unknown>(words)
  return knownAmong(item, (entry) => isRecord(entry) && typeof entry[member] === 'string' && !known.has(entry[member]))
}

const oneOf = <K extends string>(words: readonly K[]): t.Type<K> => {
  const known = new Set<unknown>(words)
  const is = (value: unknown): value is K => known.has(value)
  const name = `one of ${words.map((word) => JSON.stringify(word)).join(', ')}`
  return new t.Type<K>(
    name,
    is,
    (value, context) => (is(value) ? t.success(value) : t.failure(value, context)),
    t.identity,
  )
}

const Moment: t.Type<string> = t.refinement(t.string, (text) => momentOf(text) !== undefined, 'time in ISO 8601')

const Utilization: t.Type<reports.Utilization> = countShape(
  t.union([t.type({ kind: t.literal('known'), value: Finite }), UnknownCount, NotApplicable], 'Utilization'),
  ['known', 'unknown', 'notApplicable'],
)

const Provider: t.Type<reports.ProviderReport> = t.intersection(
  [
    t.type({
      id: t.string,
      vendor: t.string,
      displayName: t.string,
      // A status of a later version may mean that something is missing.
      status: word({ complete: null, partial: null, failed: null }, 'partial', 'status'),
      licensedUsers: Count,
      ledgers: t.intersection([
        t.type({ licenses: Ledger, assignments: Ledger }),
        optionalMembers({ directory: Ledger, workspaces: Ledger }),
      ]),
    }),
    optionalMembers({ error: LicenseError, cost: Cost }),
  ],
  'provider of a report',
)

const Row: t.Type<reports.LicenseRow> = t.intersection(
  [
    t.type({
      provider: t.string,
      id: t.string,
      name: t.string,
      metric: Metric,
      purchased: Capacity,
      consumed: Count,
      assigned: Count,
      available: Capacity,
      utilization: Utilization,
    }),
    optionalMembers({
      productCode: t.string,
      services: Services,
      subscriptionId: t.string,
      siteUrl: t.string,
      declaredAs: t.string,
      ...purchaseFacts,
      declaredOnly: t.literal(true),
      assignedUsers: Count,
      discrepancy: t.type({ consumedByUsers: Finite, assigned: Finite, difference: Finite }),
      cost: Cost,
      limits: LicenseLimits,
    }),
  ],
  'license of a report',
)

const User: t.Type<reports.UserRow> = t.intersection(
  [
    t.type({
      provider: t.string,
      id: t.string,
      person: t.string,
      link: word({ email: null, mapping: null, none: null }, 'none', 'link'),
      kind: UserKind,
      status: UserStatus,
      licenseIds: texts,
      pendingLicenseIds: texts,
    }),
    optionalMembers({
      ...userFacts,
      doubt: t.string,
      cost: Cost,
    }),
  ],
  'user of a report',
)

const StaleSource: t.Type<reports.StaleSource> = t.type(
  { provider: t.string, source: t.string, newest: t.string, holders: Finite },
  'stale source',
)

const Account = t.type({ provider: t.string, id: t.string }, 'account')

const FindingAccount: t.Type<reports.FindingAccount> = t.intersection(
  [Account, optionalMembers({ licenseIds: texts })],
  'account of a finding',
)

const Overlap: t.Type<reports.Overlap> = t.intersection(
  [
    t.type({ providers: t.readonly(t.tuple([t.string, t.string])), people: Count }),
    optionalMembers({ paid: Count, cost: Cost }),
  ],
  'overlap',
)

const text = optional(t.string)

const MAPPING_REASONS = [
  'no such provider',
  'no such user',
  'no listed user has this address',
  'another row says otherwise',
] as const
const IdleMapping: t.Type<reports.IdleMapping> = t.intersection(
  [
    t.type({ person: t.string, provider: t.string, user: t.string, why: oneOf(MAPPING_REASONS) }),
    optionalMembers({ source: text }),
  ],
  'idle mapping',
)

const DECLARATION_REASONS = ['not listed', 'not one license'] as const
const IdleDeclaration: t.Type<reports.IdleDeclaration> = t.intersection(
  [
    t.type({ provider: t.string, key: t.string, why: oneOf(DECLARATION_REASONS) }),
    optionalMembers({ licenses: texts, names: texts }),
  ],
  'idle declaration',
)

const LIMIT_REASONS = ['no such provider', 'not listed'] as const
const IdleLimit: t.Type<reports.IdleLimit> = t.intersection(
  [
    t.type({ license: t.string, why: oneOf(LIMIT_REASONS) }),
    optionalMembers({ provider: t.string, source: t.string, similar: texts }),
  ],
  'idle limit',
)

const Acceptance = t.intersection([t.type({ reason: t.string }), optionalMembers({ until: t.string })])

const RemovableSeat: t.Type<reports.RemovableSeat> = t.type(
  { provider: t.string, userId: t.string, licenseId: t.string },
  'RemovableSeat',
)

const Finding: t.Type<reports.Finding> = t.intersection(
  [
    t.type({
      rule: oneOf(findingRules),
      id: t.string,
      message: t.string,
      provider: t.string,
      evidence: t.record(t.string, t.union([t.string, Finite, t.boolean], 'text, number, true or false')),
      seats: Count,
      cost: Cost,
    }),
    optionalMembers({
      licenseId: t.string,
      userId: t.string,
      workspaceId: t.string,
      accounts: t.readonlyArray(FindingAccount),
      accepted: Acceptance,
      removals: t.readonlyArray(RemovableSeat),
      kept: t.readonlyArray(RemovableSeat),
      group: t.string,
    }),
  ],
  'finding',
)

const FindingGroup: t.Type<reports.FindingGroup> = t.intersection(
  [
    t.type({
      id: t.string,
      rule: oneOf(findingRules),
      message: t.string,
      provider: t.string,
      findings: texts,
      seats: Count,
      cost: Cost,
    }),
    optionalMembers({
      userId: t.string,
      workspaceId: t.string,
      accounts: t.readonlyArray(FindingAccount),
      accepted: Acceptance,
    }),
  ],
  'group of findings',
)

const seatsAndCost = { seats: Count, cost: Cost }
const Saving: t.Type<reports.Saving> = t.type(
  {
    ...seatsAndCost,
    now: t.type(seatsAndCost),
    atRenewal: t.intersection([t.type(seatsAndCost), optionalMembers({ firstEnd: t.string, lastEnd: t.string })]),
    untold: t.type(seatsAndCost),
  },
  'saving',
)

const PlanOfRule: t.Type<reports.PlanOfRule> = t.type(
  { rule: oneOf(findingRules), provider: t.string, saving: Saving },
  'plan of rule',
)

const Abstention: t.Type<reports.Abstention> = t.intersection(
  [
    t.type({ rule: oneOf(findingRules), reason: t.string }),
    optionalMembers({ provider: t.string, licenseId: t.string }),
  ],
  'abstention',
)

const SUPPRESSION_REASONS = ['expired', 'matches nothing'] as const
const IdleSuppression: t.Type<reports.IdleSuppression> = t.intersection(
  [
    t.type({ reason: t.string, why: oneOf(SUPPRESSION_REASONS) }),
    optionalMembers({ id: text, rule: text, provider: text, license: text, user: text, until: text, source: text }),
  ],
  'idle suppression',
)

const EXEMPTION_REASONS = ['no such provider', 'no such license', 'no such seat'] as const
const IdleExemption: t.Type<reports.IdleExemption> = t.intersection(
  [
    t.type({ why: oneOf(EXEMPTION_REASONS) }),
    optionalMembers({ license: text, user: text, provider: text, source: text }),
  ],
  'idle exemption',
)

const CostSummary: t.Type<reports.CostSummary> = t.intersection(
  [
    t.type({
      total: Cost,
      currencies: texts,
      unpriced: t.readonlyArray(t.type({ provider: t.string, id: t.string, name: t.string })),
    }),
    optionalMembers({
      departments: t.readonlyArray(t.intersection([t.type({ cost: Cost }), optionalMembers({ department: t.string })])),
    }),
  ],
  'cost of a report',
)

const GroupRow: t.Type<reports.GroupRow> = t.intersection(
  [
    t.type({
      kind: word({ named: null, none: null, unknown: null }, 'unknown', 'kind of group'),
      people: Count,
      users: Count,
      seats: Count,
    }),
    optionalMembers({
      name: t.string,
      provider: t.string,
      licenseId: t.string,
      reason: t.string,
      cost: Cost,
      atStake: t.intersection([
        t.type({ findings: Count, seats: Count, cost: Cost }),
        optionalMembers({ findingGroups: Count }),
      ]),
    }),
  ],
  'group of a report',
)

const Groups: t.Type<reports.ReportGroups> = t.intersection(
  [t.type({ by: oneOf(groupings), rows: t.readonlyArray(GroupRow) }), optionalMembers({ otherFindings: Finite })],
  'groups of a report',
)

const isOfLaterGrouping = (value: unknown): boolean =>
  isRecord(value) && typeof value.by === 'string' && !groupings.some((grouping) => grouping === value.by)

/**
 * A report of `schemaVersion` 1, by whichever version it was made: what a later one adds is kept; a word or a kind
 * of number that only a later one knows is unknown; findings, abstentions and idle entries of a rule or reason that only a
 * later one knows are left out.
 */
export const LicenseReport: Codec<reports.LicenseReport> = codecOf<reports.LicenseReport>(
  t.intersection(
    [
      t.type({
        schemaVersion: t.literal(1),
        generatedAt: Moment,
        complete: t.boolean,
        providers: t.readonlyArray(Provider),
        licenses: t.readonlyArray(Row),
        people: t.type({ total: Count, inSeveralProviders: Count, withoutEmail: Count, external: Count }),
      }),
      optionalMembers({
        staleSources: t.readonlyArray(StaleSource),
        workspaces: t.readonlyArray(Workspace),
        users: t.readonlyArray(User),
        overlaps: t.readonlyArray(Overlap),
        otherOverlaps: t.type({ pairs: Finite, people: Count }),
        ambiguousLinks: t.readonlyArray(t.type({ email: t.string, users: t.readonlyArray(Account) })),
        idleMappings: listOf(IdleMapping, 'why', MAPPING_REASONS),
        idleDeclarations: listOf(IdleDeclaration, 'why', DECLARATION_REASONS),
        limits: t.readonlyArray(LimitEntry),
        idleLimits: listOf(IdleLimit, 'why', LIMIT_REASONS),
        findings: listOf(Finding, 'rule', findingRules),
        findingGroups: listOf(FindingGroup, 'rule', findingRules),
        savings: t.intersection([
          t.type({ removable: Saving, unassigned: Saving }),
          optionalMembers({ keptFree: Finite, plans: listOf(PlanOfRule, 'rule', findingRules) }),
        ]),
        abstentions: listOf(Abstention, 'rule', findingRules),
        idleExemptions: listOf(IdleExemption, 'why', EXEMPTION_REASONS),
        idleSuppressions: listOf(IdleSuppression, 'why', SUPPRESSION_REASONS),
        cost: CostSummary,
        // Groups by what only a later version knows are left out as a whole.
        groups: orLater(optional(Groups), (value) => (isOfLaterGrouping(value) ? undefined : value)),
      }),
    ],
    'LicenseReport',
  ),
)
export type LicenseReport = reports.LicenseReport
