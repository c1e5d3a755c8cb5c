import * as t from 'io-ts'
import type * as counts from './count.ts'
import { unknown } from './count.ts'
import { isRecord } from './is-record.ts'
import type * as ledgers from './ledger.ts'
import type * as licenses from './license.ts'
import type * as errors from './license-error.ts'
import type * as users from './licensed-user.ts'
import { optionalMembers } from './optional-members.ts'
import { orLater, word } from './or-later.ts'
import { type RecordShape, recordShape } from './record-shape.ts'
import { isWholeNumber } from './whole-number.ts'

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
    consumedByUsers: Count,
    subscriptionId: t.string,
    siteUrl: t.string,
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
    displayName: t.string,
    email: t.string,
    otherEmails: texts,
    department: t.string,
    lastActiveAt: t.string,
    raw: t.unknown,
  },
)
export const LicensedUser: t.Type<users.LicensedUser> = userShape.type

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
  { total: WholeNumber, rereads: WholeNumber, verified: t.literal(true) },
)
export const Ledger: t.Type<ledgers.Ledger> = ledgerShape.type
