import * as t from 'io-ts'
import type * as activities from './activity.ts'
import type * as counts from './count.ts'
import { unknown } from './count.ts'
import { isRecord } from './is-record.ts'
import type * as ledgers from './ledger.ts'
import type * as licenses from './license.ts'
import type * as errors from './license-error.ts'
import type * as users from './licensed-user.ts'
import { optionalMembers } from './optional-members.ts'
import { knownAmong, orLater, word } from './or-later.ts'
import type * as purchases from './purchase.ts'
import { type RecordShape, recordShape } from './record-shape.ts'
import { isWholeNumber } from './whole-number.ts'
import type * as workspaces from './workspace.ts'

/**
 * The codecs of the model. Members of a later version are kept. A word that only a later version knows is read as the safe
 * choice: never as one that says that something is complete.
 */

export const texts = t.readonlyArray(t.string, 'list of texts')

/** Of records, pages or bytes. */
export const WholeNumber: t.Type<number> = t.refinement(t.number, isWholeNumber, 'whole number from 0')

/** JSON has numbers that are too large, such as `1e999`: those are `Infinity` when parsed, and would look like unlimited. */
export const Finite: t.Type<number> = t.refinement(t.number, Number.isFinite, 'number')

export const KnownCount: t.Type<counts.KnownCount> = t.type({ kind: t.literal('known'), value: Finite }, 'known count')
export const UnknownCount: t.Type<counts.UnknownCount> = t.intersection(
  [t.type({ kind: t.literal('unknown'), reason: t.string }), optionalMembers({ atLeast: Finite })],
  'unknown count',
)
export const NotApplicable: t.Type<counts.NotApplicable> = t.type(
  { kind: t.literal('notApplicable') },
  'not applicable',
)

const LATER_COUNT = unknown('this version of Seatlens does not know this kind of count')

/** A count of one of these kinds. One of a kind that only a later version knows becomes unknown. */
export const countShape = <A extends { readonly kind: string }>(
  known: t.Type<A>,
  kinds: readonly A['kind'][],
): t.Type<A> => {
  const names = new Set<string>(kinds)
  return orLater(known, (value) =>
    isRecord(value) && typeof value.kind === 'string' && !names.has(value.kind) ? LATER_COUNT : value,
  )
}

/** Only kinds that this version knows: for sealed content, of which no part may be read as something else. */
export const CountOfNow: t.Type<counts.Count> = t.union([KnownCount, UnknownCount, NotApplicable], 'Count')
export const CapacityOfNow: t.Type<counts.Capacity> = t.union(
  [KnownCount, UnknownCount, NotApplicable, t.type({ kind: t.literal('unlimited') }, 'unlimited')],
  'Capacity',
)

export const Count: t.Type<counts.Count> = countShape(CountOfNow, ['known', 'unknown', 'notApplicable'])
export const Capacity: t.Type<counts.Capacity> = countShape(CapacityOfNow, [
  'known',
  'unknown',
  'notApplicable',
  'unlimited',
])

export const Metric: t.Type<licenses.LicenseMetric> = word(
  { named: null, concurrent: null, device: null, consumption: null, unknown: null },
  'unknown',
  'metric',
)

/** A service of a later version may be anything. */
const Service: t.Type<licenses.LicenseService> = word(
  { meetings: null, calling: null, messaging: null, contactCenter: null, other: null },
  'other',
  'service',
)
export const Services: t.Type<readonly licenses.LicenseService[]> = t.readonlyArray(Service, 'services')

/** For a field that a record has, and that says that there is nothing. */
const orNull = <A>(codec: t.Type<A>): t.Type<A | null> => t.union([codec, t.null], `${codec.name} or null`)

const Period: t.Type<purchases.BillingPeriod> = t.type(
  {
    start: t.string,
    end: t.string,
    status: word({ open: null, closed: null, unknown: null }, 'unknown', 'status'),
  },
  'billing period',
)
export const Origin: t.Type<purchases.Origin> = t.intersection(
  [t.type({ source: t.string }), optionalMembers({ name: t.string, at: t.string, period: Period })],
  'origin',
)
const ContractPrice: t.Type<purchases.ContractPrice> = t.intersection(
  [
    t.type({ amount: t.string, currency: t.string }),
    optionalMembers({ per: t.string, validFrom: t.string, validTo: t.string }),
  ],
  'price of a contract',
)
export const ContractPrices = t.readonlyArray(ContractPrice)
export const Term: t.Type<purchases.Term> = optionalMembers(
  { start: t.string, end: t.string, noticeDays: Finite },
  'term',
)
export const Purchase: t.Type<purchases.Purchase> = t.intersection(
  [
    t.type({ name: t.string, from: Origin }),
    optionalMembers({
      sku: t.string,
      metric: Metric,
      quantity: Capacity,
      billed: Count,
      committedPrices: ContractPrices,
      overagePrices: ContractPrices,
      term: Term,
    }),
  ],
  'Purchase',
)
const OverriddenValue: t.Type<licenses.OverriddenValue> = t.intersection(
  [
    t.type({ field: t.union([t.literal('purchased'), t.literal('consumed')], 'field'), value: Capacity }),
    optionalMembers({ from: Origin }),
  ],
  'overridden value',
)

const isOfLaterField = (value: unknown): boolean =>
  isRecord(value) && typeof value.field === 'string' && value.field !== 'purchased' && value.field !== 'consumed'

export const OverriddenValues: t.Type<readonly licenses.OverriddenValue[]> = knownAmong(OverriddenValue, isOfLaterField)

/** What contracts, bills and files say of a license: optional members of a license, and of a row of a report. */
export const purchaseFacts = {
  purchasedFrom: Origin,
  consumedFrom: Origin,
  committedPrices: ContractPrices,
  overagePrices: ContractPrices,
  term: Term,
  purchases: t.readonlyArray(Purchase),
  boughtOnly: t.literal(true),
  overridden: OverriddenValues,
}

export const licenseShape = recordShape(
  'License',
  {
    provider: t.string,
    id: t.string,
    name: t.string,
    metric: Metric,
    purchased: Capacity,
    consumed: Count,
    includes: texts,
    requires: texts,
  },
  {
    productCode: t.string,
    services: Services,
    consumedByUsers: Count,
    subscriptionId: t.string,
    siteUrl: t.string,
    ...purchaseFacts,
    holders: word({ users: null, usersAndWorkspaces: null, notTold: null }, 'notTold', 'holders'),
    omits: texts,
    declaredAs: t.string,
    raw: t.unknown,
  },
)
export const License: t.Type<licenses.License> = licenseShape.type

export const UserKind: t.Type<users.UserKind> = word(
  { internal: null, external: null, unknown: null },
  'unknown',
  'kind',
)
export const UserStatus: t.Type<users.UserStatus> = word(
  { active: null, inactive: null, deleted: null, unknown: null },
  'unknown',
  'status',
)

export const Activity: t.Type<activities.Activity> = t.intersection(
  [
    t.type({ at: t.string, source: t.string }),
    // What only a later version knows is read as the one that proves less.
    optionalMembers({ covers: word({ some: null }, 'some', 'covers') }),
  ],
  'activity',
)
export const Seat: t.Type<users.Seat> = t.intersection(
  [
    t.type({
      licenseId: t.string,
      assignedBy: word(
        { direct: null, role: null, group: null, template: null, unknown: null },
        'unknown',
        'assignedBy',
      ),
    }),
    optionalMembers({ assignedAt: t.string, firstSeenAt: t.string }),
  ],
  'seat',
)

/** What is known of a user besides the account and the licenses: optional members of a user, and of a row of a report. */
export const userFacts = {
  invitePending: t.boolean,
  displayName: t.string,
  email: t.string,
  otherEmails: texts,
  department: orNull(t.string),
  division: orNull(t.string),
  manager: orNull(t.string),
  location: orNull(t.string),
  costCenter: orNull(t.string),
  employeeNumber: orNull(t.string),
  createdAt: t.string,
  hiredAt: t.string,
  lastActiveAt: t.string,
  neverActive: t.boolean,
  activity: t.readonlyArray(Activity),
  seats: t.readonlyArray(Seat),
}

export const userShape = recordShape(
  'LicensedUser',
  {
    provider: t.string,
    id: t.string,
    kind: UserKind,
    status: UserStatus,
    licenseIds: texts,
    pendingLicenseIds: texts,
  },
  {
    ...userFacts,
    raw: t.unknown,
  },
)
export const LicensedUser: t.Type<users.LicensedUser> = userShape.type

export const workspaceShape = recordShape(
  'Workspace',
  { provider: t.string, id: t.string, licenseIds: texts },
  {
    displayName: t.string,
    location: orNull(t.string),
    likelyLicenseIds: texts,
    devices: WholeNumber,
    createdAt: t.string,
    lastSeenAt: t.string,
    raw: t.unknown,
  },
)
export const Workspace: t.Type<workspaces.Workspace> = workspaceShape.type

const details = {
  required: { provider: t.string, operation: t.string, message: t.string },
  optional: { status: Finite, vendorCode: t.string, vendorMessage: t.string, correlationId: t.string },
}

const errorShape = <Tag extends errors.LicenseError['_tag'], R extends t.Props, O extends t.Props>(
  tag: Tag,
  required: R,
  optional: O,
) => recordShape(tag, { _tag: t.literal(tag), ...details.required, ...required }, { ...details.optional, ...optional })

/** Ledgers have failures, and one kind of failure has a ledger. */
const LaterLedger: t.Type<ledgers.Ledger> = t.recursion('Ledger', () => Ledger)

/** By `_tag`. */
const errorShapes = {
  AuthenticationFailed: errorShape('AuthenticationFailed', {}, {}),
  PermissionDenied: errorShape('PermissionDenied', { missing: texts }, {}),
  NotFound: errorShape('NotFound', {}, {}),
  Conflict: errorShape('Conflict', {}, {}),
  RequestRejected: errorShape('RequestRejected', {}, {}),
  RateLimited: errorShape('RateLimited', {}, { retryAfterMs: Finite }),
  Unavailable: errorShape('Unavailable', { attempts: Finite }, { timedOut: t.literal(true) }),
  InvalidResponse: errorShape('InvalidResponse', { issues: texts }, {}),
  Untrusted: errorShape('Untrusted', {}, {}),
  Incomplete: errorShape('Incomplete', { ledger: LaterLedger }, {}),
  Aborted: errorShape('Aborted', {}, {}),
  DeadlineExceeded: errorShape('DeadlineExceeded', {}, {}),
  Unsupported: errorShape('Unsupported', {}, {}),
} as const

type Tag = keyof typeof errorShapes

const isKnownTag = (tag: unknown): tag is Tag => typeof tag === 'string' && Object.hasOwn(errorShapes, tag)

const TAG = /^[A-Za-z]\w{0,63}$/

/** A failure of a kind that only a later version knows, as one of a known kind. Its message names the kind. */
export const ofKnownKind = (value: unknown): unknown => {
  if (!isRecord(value) || typeof value._tag !== 'string' || isKnownTag(value._tag)) return value
  const { _tag, message } = value
  if (typeof message !== 'string') return value
  const kind = TAG.test(_tag) ? `the kind ${_tag}` : 'a kind'
  const told = `${message} (a failure of ${kind}, which this version of Seatlens does not know)`
  return { ...value, _tag: 'Unavailable', attempts: 1, message: told }
}

const { AuthenticationFailed, PermissionDenied, NotFound, Conflict, RequestRejected, RateLimited } = errorShapes
const { Unavailable, InvalidResponse, Untrusted, Incomplete, Aborted, DeadlineExceeded, Unsupported } = errorShapes

export const LicenseError: t.Type<errors.LicenseError> = orLater(
  t.union(
    [
      AuthenticationFailed.type,
      PermissionDenied.type,
      NotFound.type,
      Conflict.type,
      RequestRejected.type,
      RateLimited.type,
      Unavailable.type,
      InvalidResponse.type,
      Untrusted.type,
      Incomplete.type,
      Aborted.type,
      DeadlineExceeded.type,
      Unsupported.type,
    ],
    'LicenseError',
  ),
  ofKnownKind,
)

/** The shape of a failure with this `_tag`; that of `Unavailable` where the tag is not known. */
export const errorShapeOf = (tag: unknown): RecordShape<errors.LicenseError> => ({
  ...errorShapes[isKnownTag(tag) ? tag : 'Unavailable'],
  type: LicenseError,
})

export const gapShape = recordShape(
  'Gap',
  { what: t.string, reason: t.string },
  { licenseId: t.string, error: LicenseError },
)

/** Of a verdict that is not known here, it is safe to assume that the list is partial. */
const ListVerdict: t.Type<ledgers.ListVerdict> = word(
  { complete: null, unverifiable: null, partial: null, mismatch: null },
  'partial',
  'verdict',
)

export const ledgerShape = recordShape(
  'Ledger',
  {
    pages: WholeNumber,
    items: WholeNumber,
    repeated: WholeNumber,
    undecodable: WholeNumber,
    gaps: t.readonlyArray(gapShape.type, 'list of gaps'),
    omits: texts,
    verdict: ListVerdict,
  },
  {
    total: WholeNumber,
    remarks: texts,
    supplementary: t.literal(true),
    rereads: WholeNumber,
    verified: t.literal(true),
  },
)
export const Ledger: t.Type<ledgers.Ledger> = ledgerShape.type
