/** What the script of the page works with. All texts are fit to be seen. */
export interface PageData extends PageTables {
  /** One for each person, sorted by name. */
  readonly people: Sequence<PersonData>
  readonly findings: readonly FindingListData[]
  readonly removals: RemovalTables & RemovalUsers
}

/** Read as far as it is asked for: 100,000 people are more than a page opens with at once. */
export interface Sequence<A> {
  readonly count: number
  readonly at: (place: number) => A | undefined
  readonly slice: (start: number, end: number) => readonly A[]
  /** Reads on a little. Whether there is more to read. */
  readonly prepare: () => boolean
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
  /** The latest of all accounts, in milliseconds since 1970; a text where it is no time. */
  lastActiveAt: number | string,
  accounts: readonly AccountData[],
  /** Division, location and whatever else is known of the person, for people. */
  facts: string,
  /** Last active by each source that is named, for people. */
  activity: string,
  /** Of open findings about the person. */
  rules: readonly number[],
  /** By what else the person can be found: other names and addresses of accounts, ids of the nameless. */
  aliases: string,
]

/** The user that a person is in one provider. */
export type AccountData = readonly [
  provider: number,
  status: number,
  external: 0 | 1,
  licenses: readonly number[],
  pending: readonly number[],
  /** Of `gaps`; -1 where all that the person holds there was read. */
  gap: number,
]

export interface FindingListData {
  /** Of the element that shows them. */
  readonly elementId: string
  readonly count: number
  readonly all: () => readonly FindingData[]
}

/** A finding, or those of one rule about one user. */
export type FindingData = readonly [
  message: string,
  /** Where, what it rests on, what is at stake, why it is accepted. */
  line: string,
  /** The seats of it that can be given up. */
  removals: readonly RemovalData[],
  /** One for each of several findings. */
  lines: readonly string[],
]

/** The seats that a user can give up: places in the lists of users and licenses. */
export type RemovalData = readonly [user: number, ...licenses: number[]]

/** What the script makes rows of CSV from. Texts are finished cells, so that one rule makes all CSV. */
export interface RemovalTables {
  /** The names of the columns, as `plan --file` reads them. */
  readonly columns: string
  readonly action: string
  readonly providers: readonly string[]
  readonly licenses: readonly string[]
  /** How many seats all findings name, each once. */
  readonly seats: number
}

interface RemovalUsers {
  /** Of the findings that were read. */
  readonly users: readonly (readonly [provider: number, user: string])[]
}

/**
 * The page has its data packed, as the data of 100,000 people would be too large otherwise: lists stand for records, places in
 * lists for names, and what repeats is written once. It is unpacked in the order in which it was packed. People and findings
 * come in parts of several records, so that the page opens without reading them all.
 */
export interface PackedData {
  readonly tables: PackedTables
  readonly people: readonly PackedPerson[]
  /** Of all lists, one list after the other. */
  readonly findings: readonly PackedFinding[]
  readonly removals: RemovalTables
}

/** The texts of the parts of a name, in their order. */
export type PartsOf = (name: keyof PackedData) => readonly string[]

export interface PackedTables extends PageTables {
  /** How many there are. */
  readonly people: number
  /** The lists of findings, and how many each has. */
  readonly lists: readonly (readonly [elementId: string, count: number])[]
}

/** A value where it comes first; where it comes again, its number among those that came first. */
export type Packed<A> = A | number

/** Parts of a text, each of which other texts may have too. */
export type PackedParts = string | readonly Packed<string>[]

export type PackedText = Packed<PackedParts>

/** A `PersonData`. Where the last ones are empty, they are left out. Time is in seconds. */
export type PackedPerson = readonly [
  name: string,
  email: PackedParts,
  department: number,
  cost: number,
  lastActiveAt: PersonData[4],
  accounts: readonly Packed<AccountData>[],
  facts?: PackedText,
  activity?: PackedText,
  rules?: readonly number[],
  aliases?: string,
]

/** A `FindingData`. Where the last ones are empty, they are left out. */
export type PackedFinding = readonly [
  /** The place of the person with whose name and address the message begins; -1: with none. */
  person: number,
  /** The rest of it. */
  message: PackedText,
  line: PackedText,
  /** Of the finding, where it is one: what the line ends with. */
  id: string,
  removals?: readonly PackedRemoval[],
  /** By turns a line, and the id that it ends with. */
  lines?: readonly PackedText[],
]

/** A `RemovalData`. A user who comes first begins with so many letters of the one before. */
export type PackedRemoval = readonly [
  user: Packed<readonly [provider: number, shared: number, rest: string]>,
  ...licenses: number[],
]
