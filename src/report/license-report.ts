import type { Capacity, Count, NotApplicable, UnknownCount } from '../model/count.ts'
import type { Ledger } from '../model/ledger.ts'
import type { License, LicenseMetric } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import type { Workspace } from '../model/workspace.ts'

/** Licenses and their holders over all providers: plain data, public, and only ever added to within one `schemaVersion`. */
export interface LicenseReport {
  readonly schemaVersion: 1
  /** ISO 8601 in UTC. */
  readonly generatedAt: string
  /** Every provider is. */
  readonly complete: boolean
  readonly providers: readonly ProviderReport[]
  readonly licenses: readonly LicenseRow[]
  readonly people: PeopleSummary
  /** Sources of activity that have stopped: their old times do not show that a user is dormant. Absent: none. Only with `detail`. */
  readonly staleSources?: readonly StaleSource[] | undefined
  /** Every workspace that a provider lists; absent where there is none. Only with `detail`. */
  readonly workspaces?: readonly WorkspaceRow[] | undefined
  /** Every user that a provider lists, in the order of the providers. Like all fields below, only with `detail`. */
  readonly users?: readonly UserRow[] | undefined
  /** How many people are licensed in both of each two providers. Of more than ten providers, only the pairs with such people. */
  readonly overlaps?: readonly Overlap[] | undefined
  /** The pairs of providers that are not listed; absent where all are. */
  readonly otherOverlaps?: OtherOverlaps | undefined
  /** E-mail addresses that two accounts of one provider share. They were not used to match users. */
  readonly ambiguousLinks?: readonly AmbiguousLink[] | undefined
  /** Rows of the mapping of people that matched no user. Only if there is a mapping. */
  readonly idleMappings?: readonly IdleMapping[] | undefined
  /** Overrides that matched no license. Absent if there are none. */
  readonly idleDeclarations?: readonly IdleDeclaration[] | undefined
  /** The limits that were given for licenses: each license has its own as `limits`. Absent if none were given. */
  readonly limits?: readonly LimitEntry[] | undefined
  /** Limits that fit no license. Absent if there are none. */
  readonly idleLimits?: readonly IdleLimit[] | undefined
  readonly findings?: readonly Finding[] | undefined
  /**
   * The findings as people see them: open ones first, then by what they cost a month, certain amounts before others. Like
   * `findings`; absent in reports of version 0.1.
   */
  readonly findingGroups?: readonly FindingGroup[] | undefined
  /** Exemptions that are about no seat. Absent if there are none. Like `findings`. */
  readonly idleExemptions?: readonly IdleExemption[] | undefined
  /** What could be saved by acting on the open findings. Like `findings`; absent in reports of version 0.1. */
  readonly savings?: Savings | undefined
  /** Where rules lacked data, and why. */
  readonly abstentions?: readonly Abstention[] | undefined
  /** Suppressions that accepted no finding. */
  readonly idleSuppressions?: readonly IdleSuppression[] | undefined
  /** Also without `detail` where there are prices; then without departments. */
  readonly cost?: CostSummary | undefined
  /** The seats that users hold, group by group. Only with `groupBy`. */
  readonly groups?: ReportGroups | undefined
}

/** `partial`: something could not be read, the ledgers say what. `failed`: nothing could be read. */
export type ProviderStatus = 'complete' | 'partial' | 'failed'

/** How one provider was read. A provider that failed has unknown numbers, never zero. */
export interface ProviderReport {
  readonly id: string
  readonly vendor: string
  readonly displayName: string
  readonly status: ProviderStatus
  /** Users who hold at least one license. */
  readonly licensedUsers: Count
  readonly ledgers: {
    readonly licenses: Ledger
    readonly assignments: Ledger
    /** Of the people's names, addresses and states, where the vendor keeps them apart from the assignments. */
    readonly directory?: Ledger | undefined
    /** Of the workspaces, where the provider lists such and some license may be held by one. */
    readonly workspaces?: Ledger | undefined
  }
  /** Why it failed. */
  readonly error?: LicenseError | undefined
  /** What its licenses cost a month, as far as prices are known. */
  readonly cost?: Cost | undefined
}

/** A part of the purchased seats, as `value`: 0 is none, 1 is all, more than 1 is over-assigned. */
export type Utilization = { readonly kind: 'known'; readonly value: number } | UnknownCount | NotApplicable

/** The vendor's counter of users and the users whom we enumerated, where both are known and differ. */
export interface Discrepancy {
  /** Users who hold the license, by the vendor's counter. */
  readonly consumedByUsers: number
  /** Users, without the workspaces that hold the license. */
  readonly assigned: number
  /** Negative where the vendor counts fewer users than hold the license. */
  readonly difference: number
}

/** Of a license, what the report passes on as the provider gives it. */
export type PassedOn = Pick<
  License,
  | 'productCode'
  | 'services'
  | 'subscriptionId'
  | 'siteUrl'
  | 'declaredAs'
  | 'purchasedFrom'
  | 'consumedFrom'
  | 'committedPrices'
  | 'overagePrices'
  | 'term'
  | 'purchases'
  | 'boughtOnly'
  | 'overridden'
>

/** The seats of one license of one provider. What depends on a gap is unknown, with the reason. */
export interface LicenseRow extends PassedOn {
  readonly provider: string
  readonly id: string
  readonly name: string
  readonly metric: LicenseMetric
  /**
   * The vendor does not list it, and it has no holder: it is known from its overrides alone, and may be mistyped. It
   * has no numbers, and is in no total and no finding but `undefined-license`.
   */
  readonly declaredOnly?: true | undefined
  readonly purchased: Capacity
  /** The vendor's own counter, or what was billed: see `consumedFrom`. */
  readonly consumed: Count
  /** Holders that we enumerated: users, and workspaces where these may hold it. */
  readonly assigned: Count
  /** The users among `assigned`. Absent: users alone may hold it. */
  readonly assignedUsers?: Count | undefined
  /** Purchased seats that are left; negative if more is used than was purchased, never clamped. */
  readonly available: Capacity
  readonly utilization: Utilization
  /** Only of `named` licenses, and only if the two numbers differ. It makes no report incomplete. */
  readonly discrepancy?: Discrepancy | undefined
  /** What the purchased seats cost a month. */
  readonly cost?: Cost | undefined
  /** The limits that apply to it: `judgeLimits` says whether it keeps them. Absent if none were given for it. */
  readonly limits?: LicenseLimits | undefined
}

/** Limits of one license. What is absent is not limited. */
export interface LicenseLimits {
  /** At most so much of the purchased seats may be in use: in percent from 0 to 10,000, to six decimals. */
  readonly maxUtilization?: number | undefined
  /** At least so many purchased seats are to be free. */
  readonly keepFree?: number | undefined
  /**
   * No limit applies but those beside it. If there are none, `over-assigned` and `unassigned-seats` do not look at the license
   * either.
   */
  readonly ignore?: true | undefined
}

/**
 * Limits for all licenses that are called so. Of several entries about one license, each limit is that of the most exact one:
 * an id comes before a product code, a product code before a name, a name before `*`; of the same, the entry of a provider
 * before the one of all. After an entry with `ignore`, less exact ones do not apply.
 */
export interface LimitEntry extends LicenseLimits {
  /** An id, product code or name as people write it; `*`: every license. */
  readonly license: string
  /** The id of the provider. Default: every provider. */
  readonly provider?: string | undefined
  /** It may be about a license of a provider that is not read: then it is not idle. Default: false. */
  readonly mayBeElsewhere?: boolean | undefined
  /** Where it is written, for messages: `seatlens.json: limits.BCSTD`. Default: messages do not say. */
  readonly source?: string | undefined
}

/** Limits that fit no license, and why. None are listed if a list of licenses that they may be in has a gap. */
export interface IdleLimit extends Pick<LimitEntry, 'license' | 'provider' | 'source'> {
  readonly why: 'no such provider' | 'not listed'
  /** Names, product codes and ids of licenses that may be meant. Absent: none is similar. */
  readonly similar?: readonly string[] | undefined
}

/** A source of activity that has stopped: it has times of many holders, and none of them is recent. */
export interface StaleSource {
  readonly provider: string
  /** As in `activity` of the users. */
  readonly source: string
  /** Its newest time, in ISO 8601. */
  readonly newest: string
  /** Of how many holders it has a time. */
  readonly holders: number
}

/** A workspace that holds licenses, or may. */
export type WorkspaceRow = Omit<Workspace, 'raw'>

/** People who hold at least one license, matched across providers by any of their e-mail addresses. */
export interface PeopleSummary {
  /** Each person once, however many providers know them. */
  readonly total: Count
  /** They hold a license in each of two or more providers. */
  readonly inSeveralProviders: Count
  /** They cannot be matched with users of other providers. */
  readonly withoutEmail: Count
  /** They do not belong to the organization whose licenses they hold. */
  readonly external: Count
}

/** How it is known that users of several providers are one person. */
export type LinkRule =
  /** An address of theirs is the same, without regard to the case of A to Z. */
  | 'email'
  /** A mapping says so. */
  | 'mapping'
  /** Nothing links the user to a user of another provider. */
  | 'none'

/** One user of one provider, and the person that the user is. */
export interface UserRow extends Omit<LicensedUser, 'raw'> {
  /** Equal for users who are one person; opaque. */
  readonly person: string
  /** Why users of several providers share it. */
  readonly link: LinkRule
  /** The gap: why the user may hold more than is listed; absent if all of it was read. */
  readonly doubt?: string | undefined
  /** What the seats that the user holds cost a month. */
  readonly cost?: Cost | undefined
}

/** People with a license in each of two providers. */
export interface Overlap {
  readonly providers: readonly [string, string]
  readonly people: Count
  /** How many of them are paid for in both. Licenses that come free with an organization do not count. */
  readonly paid?: Count | undefined
  /** What the seats of these people cost a month, in both providers together. */
  readonly cost?: Cost | undefined
}

/** Pairs of providers without people who are known to be licensed in both. */
export interface OtherOverlaps {
  /** How many pairs. */
  readonly pairs: number
  /** Known to be 0, or unknown where people may be licensed in both providers of a pair. */
  readonly people: Count
}

/** An address that several users of one provider have, or that leads to several of them by way of a user's other addresses. */
export interface AmbiguousLink {
  readonly email: string
  readonly users: readonly { readonly provider: string; readonly id: string }[]
}

/** That a user of a provider, by id or e-mail address, is a person. */
export interface PersonMappingRow {
  readonly person: string
  readonly provider: string
  readonly user: string
  /** Where it is written, for messages: `people.csv: line 3`. Default: messages do not say. */
  readonly source?: string | undefined
}

/** A row of the mapping that matched no user, and why. None is listed of a provider whose list of users has a gap. */
export interface IdleMapping extends PersonMappingRow {
  readonly why:
    | 'no such provider'
    | 'no such user'
    /** Of a provider that may not name every address of its users: it may be another address of one of them. */
    | 'no listed user has this address'
    | 'another row says otherwise'
}

/** Overrides that matched no license, and why. None are listed of a provider whose list of licenses has a gap. */
export interface IdleDeclaration {
  readonly provider: string
  /** The id, product code or name that the overrides are under. */
  readonly key: string
  /** `not one license`: several have that product code or name, or one that has overrides under its id too. */
  readonly why: 'not listed' | 'not one license'
  /** Ids of the licenses that have that product code or name. */
  readonly licenses?: readonly string[] | undefined
  /** What each of these is called for people, in their order. A name that means it alone may be written as the key. */
  readonly names?: readonly string[] | undefined
}

/** An amount in minor units of a currency: 11000 EUR is 110.00 EUR. An integer. */
export interface Money {
  /** In minor units, such as cents. */
  readonly amount: number
  /** ISO 4217. */
  readonly currency: string
}

/** Amounts by currency, never added up across currencies; what has no price is unknown, never nothing. */
export type Cost =
  | { readonly kind: 'known'; readonly amounts: readonly Money[] }
  /** `atLeast`: what is known of it. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly atLeast?: readonly Money[] | undefined }
  | NotApplicable

/** What purchased seats cost a month, what the seats of each department cost, and which licenses have no price. */
export interface CostSummary {
  readonly total: Cost
  /**
   * Of the seats that people hold, by the department that a vendor names of them; those without one are under no name. Only
   * with `detail`.
   */
  readonly departments?: readonly { readonly department?: string | undefined; readonly cost: Cost }[] | undefined
  /** Of all prices that there are, also of those that do not hold today. */
  readonly currencies: readonly string[]
  /** Licenses without a price, by provider and id. */
  readonly unpriced: readonly { readonly provider: string; readonly id: string; readonly name: string }[]
}

/** By what a report puts users and their seats into groups: a field of the user, the provider, or the license. */
export const groupings = ['department', 'division', 'manager', 'location', 'costCenter', 'provider', 'license'] as const
/** One of {@link groupings}. */
export type Grouping = (typeof groupings)[number]

/** The seats that users hold, in groups: each seat is in one of them. Seats that workspaces hold are in none. */
export interface ReportGroups {
  readonly by: Grouping
  /** First those that cost most, as far as that can be compared; then by name. */
  readonly rows: readonly GroupRow[]
  /** Open findings about no seat of a user, such as seats that are not assigned: they are in no group. Only with findings. */
  readonly otherFindings?: number | undefined
}

/** Users who hold a license, and their seats. */
export interface GroupRow {
  /**
   * `none`: the vendor's records of these users name nothing. `unknown`: no record was read, or the vendor does not provide
   * the field; `reason` says which.
   */
  readonly kind: 'named' | 'none' | 'unknown'
  /** Only if `named`: the field's text, or what the provider or license is called. */
  readonly name?: string | undefined
  /** Only by provider or license. */
  readonly provider?: string | undefined
  /** Only by license. */
  readonly licenseId?: string | undefined
  /** Only if `unknown`: why, for people. */
  readonly reason?: string | undefined
  /** A person whose users are in several groups counts in each of them. */
  readonly people: Count
  readonly users: Count
  /** Seats that they hold. Shared and metered licenses have none that belongs to a user. */
  readonly seats: Count
  /** What these seats cost a month. Absent where the report has no cost. */
  readonly cost?: Cost | undefined
  /** Only with findings. */
  readonly atStake?: GroupStake | undefined
}

/** What the open findings about seats of a group come to. */
export interface GroupStake {
  /** A finding about seats of several groups counts in each of them. */
  readonly findings: Count
  /** The same as people count: all findings of one rule about one user are one. Absent in reports of version 0.1. */
  readonly findingGroups?: Count | undefined
  /** The seats that they are about, each once, however many findings there are about it. */
  readonly seats: Count
  /** What these seats cost a month. */
  readonly cost: Cost
}

/** Stable: suppressions and thresholds name them. */
export const findingRules = [
  'unassigned-seats',
  'over-assigned',
  'inactive-holder',
  'dormant-holder',
  'included-license',
  'undefined-license',
  'several-providers',
  'never-active',
  'waiting-for-seat',
  'renewal-due',
  'billed-not-held',
  'bought-not-mapped',
  'idle-workspace',
] as const
/** The name of a rule, such as `inactive-holder`. */
export type FindingRule = (typeof findingRules)[number]

/** Something that an administrator should look at. */
export interface Finding {
  readonly rule: FindingRule
  /** Stable from report to report as long as it is about the same thing. */
  readonly id: string
  /** What was found, for people: one line. */
  readonly message: string
  readonly provider: string
  readonly licenseId?: string | undefined
  readonly userId?: string | undefined
  /** The workspace that holds the license, where it is about one. */
  readonly workspaceId?: string | undefined
  /** All users that it is about, where these are several: `provider` and `userId` are of the first. */
  readonly accounts?: readonly FindingAccount[] | undefined
  /** The facts that it rests on, by name. */
  readonly evidence: Readonly<Record<string, string | number | boolean>>
  /** Seats at stake. */
  readonly seats: Count
  /** What they cost a month. */
  readonly cost: Cost
  /** The seats that can be given up, as a plan takes them: nothing about them is uncertain. Absent: there is nothing to take. */
  readonly removals?: readonly RemovableSeat[] | undefined
  /** Seats that could be given up as well, but stay: another finding or a suppression of another rule accepts them. Absent: none. */
  readonly kept?: readonly RemovableSeat[] | undefined
  /** The id of its group. Absent in reports of version 0.1. */
  readonly group?: string | undefined
  /** A suppression accepts it: it may stay. */
  readonly accepted?: { readonly reason: string; readonly until?: string | undefined } | undefined
}

/** One of several users that a finding is about. */
export interface FindingAccount {
  readonly provider: string
  readonly id: string
  /** Of which licenses it is about the user's seats. Absent in reports of version 0.1. */
  readonly licenseIds?: readonly string[] | undefined
}

/** A seat that a user can give up. */
export interface RemovableSeat {
  readonly provider: string
  readonly userId: string
  readonly licenseId: string
}

/** Findings that are one thing for people: those of one rule about one user, or a single one. They are what is counted, ordered and shown. */
export interface FindingGroup {
  /** Stable from report to report as long as it is about the same user, or the same finding. */
  readonly id: string
  readonly rule: FindingRule
  /** What was found, for people: one line. */
  readonly message: string
  readonly provider: string
  readonly userId?: string | undefined
  readonly workspaceId?: string | undefined
  readonly accounts?: Finding['accounts'] | undefined
  /** Ids of its findings. */
  readonly findings: readonly string[]
  /** Seats at stake in all of them. */
  readonly seats: Count
  /** What they cost a month. */
  readonly cost: Cost
  /** Why all of its findings may stay. Absent: at least one is open, and `seats` and `cost` are those of the open ones. */
  readonly accepted?: Finding['accepted'] | undefined
}

/** Seats, and what they cost a month. */
export interface SeatsAndCost {
  readonly seats: Count
  readonly cost: Cost
}

/**
 * What it saves to do without some seats, by when it does. The parts add up to the whole. Packs are bought whole: what does not
 * fill one saves nothing until it does.
 */
export interface Saving extends SeatsAndCost {
  /** Seats in use beyond those that were purchased: fewer of them cost less at once. */
  readonly now: SeatsAndCost
  /** Purchased until the end of a term: fewer of them cost less once it is renewed with fewer. */
  readonly atRenewal: SeatsAndCost & {
    /** The first and the last of these ends, as `2026-12-31`. Absent: there is no such seat. */
    readonly firstEnd?: string | undefined
    readonly lastEnd?: string | undefined
  }
  /** When they cost less is not known, such as those that were purchased for a time that is not known. */
  readonly untold: SeatsAndCost
}

/** What the open findings of a report come to. */
export interface Savings {
  /**
   * Seats that users hold and can give up, each once, however many findings are about it. Left out are those that save nothing:
   * where seats in use are counted from a bill, seats beyond what was purchased that are not billed; and seats that a limit
   * (`keepFree`) wants to be free once they are given up. Shared licenses have no seat that belongs to a user.
   */
  readonly removable: Saving
  /** Purchased seats that are not in use, and that no limit keeps free. */
  readonly unassigned: Saving
  /** So many seats that users can give up save nothing, as limits keep so many free. Absent: none. */
  readonly keptFree?: number | undefined
  /**
   * What a plan saves that takes back all seats which the open findings of one rule name in one provider, in the order of the
   * findings. A seat may be in several plans, so that they do not add up. Absent: the report is of an earlier version.
   */
  readonly plans?: readonly PlanOfRule[] | undefined
}

/** What a plan of the findings of one rule in one provider saves (`plan --fix RULE --provider ID`). */
export interface PlanOfRule {
  readonly rule: FindingRule
  readonly provider: string
  /** The same as `saving` of the plan itself, if all of it has a price or a term. */
  readonly saving: Saving
}

/** A rule that lacked the data to look at something. */
export interface Abstention {
  readonly rule: FindingRule
  readonly provider?: string | undefined
  readonly licenseId?: string | undefined
  readonly reason: string
}

/** Accepts findings: they may stay. A field that is not given fits every finding. */
export interface Suppression {
  /** The id of the finding, or of its group. */
  readonly id?: string | undefined
  readonly rule?: string | undefined
  readonly provider?: string | undefined
  /** The license's id. */
  readonly license?: string | undefined
  /** The user's id or e-mail address. */
  readonly user?: string | undefined
  readonly reason: string
  /** The last day on which it applies, in UTC, as `2026-12-31`. Default: it does not end. */
  readonly until?: string | undefined
  /** Where it is written, for messages: `accepted.csv: line 3`. Default: messages do not say. */
  readonly source?: string | undefined
}

/**
 * Seats of accounts that never sign in, such as shared phones and accounts of programs: no rule judges them by their activity.
 * With a license and a user, it is about that license of these users.
 */
export interface Exemption {
  /** The id, product code or name of the license. Default: every license. */
  readonly license?: string | undefined
  /** The address, name or id of the user; `*` in it stands for any characters. Default: every user. */
  readonly user?: string | undefined
  /** The id of the provider. Default: every provider. */
  readonly provider?: string | undefined
  /** Where it is written, for messages: `seatlens.json: exempt[0]`. Default: messages do not say. */
  readonly source?: string | undefined
}

/** An exemption that is about no seat that a user holds, and why. None is listed where a list of the providers has a gap. */
export interface IdleExemption extends Exemption {
  readonly why: 'no such provider' | 'no such license' | 'no such seat'
}

/** A suppression that accepted no finding, and why. */
export interface IdleSuppression extends Suppression {
  readonly why: 'expired' | 'matches nothing'
}
