/**
 * What the script of the page is given. Lists stand for records, and places in lists for names, so that a file of
 * 100,000 users stays small. All texts are fit to be seen.
 */
export interface PageData extends PageTables {
  /** One for each person, sorted by name. */
  readonly people: readonly PersonData[]
  readonly findings: readonly FindingListData[]
  readonly removals: RemovalTables
  /** What findings rest on: texts that many of them have. */
  readonly facts: readonly string[]
}

/** What people and licenses have in common. */
export interface PageTables {
  /** Names for people. */
  readonly providers: readonly string[]
  readonly licenses: readonly LicenseData[]
  readonly departments: readonly string[]
  readonly statuses: readonly string[]
  /** Those that people have. */
  readonly costs: readonly CostData[]
  /** Why a person may hold more than is listed. */
  readonly gaps: readonly string[]
  /** Providers that have people, or licenses of people, who could not be read. */
  readonly holderGaps: readonly number[]
  /** Providers with people whose name could not be read. */
  readonly nameGaps: readonly number[]
  /** Rules with open findings about people. */
  readonly rules: readonly RuleData[]
}

/** `hasGap`: not all of its holders could be read. `isFree`: it costs nothing, and was not purchased. */
export type LicenseData = readonly [provider: number, name: string, hasGap: 0 | 1, isFree: 0 | 1]

/** `hasGap`: the rule lacked data. */
export type RuleData = readonly [title: string, hasGap: 0 | 1]

/**
 * The parts are for people, and none should be broken. The rank is for comparing: by currency, then by amount; -1 where
 * it is unknown.
 */
export type CostData = readonly [parts: readonly string[], rank: number]

/** -1: no department, no cost. An empty text: absent. */
export type PersonData = readonly [
  name: string,
  email: string,
  department: number,
  cost: number,
  /** ISO 8601 in UTC, the latest of all accounts. */
  lastActiveAt: string,
  accounts: readonly AccountData[],
  /** Division, location and whatever else is known of the person, for people. */
  facts: string,
  /** Last active by each source that is named, for people. */
  activity: string,
  /** Of open findings about the person. */
  rules: readonly number[],
]

/** The user that a person is in one provider. */
export type AccountData = readonly [
  provider: number,
  status: number,
  external: 0 | 1,
  licenses: readonly number[],
  pending: readonly number[],
  /** By what else the person can be found: names and addresses that differ from the person's, ids of the nameless. */
  aliases: string,
  /** Of `gaps`; -1 where all that the person holds there was read. */
  gap: number,
]

export interface FindingListData {
  /** Of the element that shows them. */
  readonly elementId: string
  readonly findings: readonly FindingData[]
}

/** A finding, or those of one rule about one user. */
export type FindingData = readonly [
  message: string,
  /** Where, what it rests on, what is at stake, why it is accepted: a line. */
  facts: FactsData,
  /** The seats of it that can be given up. */
  removals: readonly RemovalData[],
  /** A line for each of several findings. */
  lines: readonly FactsData[],
]

/** Texts of a line: places in the list of facts, or what no other line has. */
export type FactsData = readonly (number | string)[]

/** The seats that a user can give up: places in the lists of cells, and the user's cell. */
export type RemovalData = readonly [provider: number, user: string, licenses: readonly number[]]

/** What the script makes rows of CSV from. Texts are finished cells, so that one rule makes all CSV. */
export interface RemovalTables {
  /** The names of the columns, as `plan --file` reads them. */
  readonly columns: string
  readonly action: string
  readonly providers: readonly string[]
  readonly licenses: readonly string[]
}
