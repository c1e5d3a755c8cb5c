import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { GenesysStateFilter } from './organization.ts'

/** In what the directory of a simulator is stricter than the vendor documents, as organizations have reported it. */
export interface DirectoryOptions {
  /** The paged listing refuses to go further, with a 400. Default 10,000 rows; `Infinity` lifts it. */
  readonly rowLimit?: number | undefined
  /** In which listings it does. Default: that of inactive users, of which it is known. */
  readonly limitedStates?: readonly GenesysStateFilter[] | undefined
  /** Fields of users that are refused with a 400, though the vendor documents them. Default: none. */
  readonly refusedExpansions?: readonly string[] | undefined
  /** What larger page sizes are silently cut to. Default 500. */
  readonly maximumPageSize?: number | undefined
}

/** What the vendor documents. Those that are not simulated are left out of the answer, as may be with the vendor. */
const EXPANSIONS: ReadonlySet<string> = new Set([
  'routingStatus',
  'presence',
  'integrationPresence',
  'conversationSummary',
  'outOfOffice',
  'geolocation',
  'station',
  'authorization',
  'lasttokenissued',
  'authorization.unusedRoles',
  'team',
  'workPlanBidRanks',
  'externalContactsSettings',
  'groups',
  'customAttributes',
  'profileSkills',
  'certifications',
  'locations',
  'skills',
  'languages',
  'languagePreference',
  'employerInfo',
  'biography',
  'dateLastLogin',
  'dateWelcomeSent',
])

export type Expansions = Either<string, ReadonlySet<string>>

/** Fields that are asked for, or which of them is refused. */
export const expansionsIn = (expand: readonly string[], { refusedExpansions = [] }: DirectoryOptions): Expansions => {
  const refused = expand.find((field) => !EXPANSIONS.has(field) || refusedExpansions.includes(field))
  return refused === undefined ? E.right(new Set(expand)) : E.left(`The value ${refused} of expand is not valid`)
}

const ORDERS: ReadonlyMap<string, boolean> = new Map([
  ['ASC', false],
  ['ASCENDING', false],
  ['DESC', true],
  ['DESCENDING', true],
])

/** Whether the last ones come first. */
export const isDescending = (sortOrder: string): Either<string, boolean> =>
  E.fromNullable('The sortOrder must be ascending or descending')(ORDERS.get(sortOrder.toUpperCase()))
