import * as t from 'io-ts'
import type * as contract from '../contract/index.ts'
import type * as model from '../model/index.ts'

const texts = t.readonlyArray(t.string)

const UnknownCount: t.Type<model.UnknownCount> = t.intersection(
  [t.type({ kind: t.literal('unknown'), reason: t.string }), t.partial({ atLeast: t.number })],
  'unknown count',
)
const Count: t.Type<model.Count> = t.union(
  [t.type({ kind: t.literal('known'), value: t.number }), UnknownCount, t.type({ kind: t.literal('notApplicable') })],
  'Count',
)
const Capacity: t.Type<model.Capacity> = t.union([Count, t.type({ kind: t.literal('unlimited') })], 'Capacity')

const Metric = t.keyof({ named: null, concurrent: null, device: null, consumption: null, unknown: null }, 'metric')

/** A license as it is kept. `declaredOnly`: version 0.1 listed what was declared and what the vendor does not have, too. */
export const License: t.Type<Omit<model.License, 'raw'> & { readonly declaredOnly?: true }> = t.intersection(
  [
    t.type({
      provider: t.string,
      id: t.string,
      name: t.string,
      metric: Metric,
      purchased: Capacity,
      consumed: Count,
      includes: texts,
      requires: texts,
    }),
    t.partial({
      productCode: t.string,
      consumedByUsers: Count,
      subscriptionId: t.string,
      siteUrl: t.string,
      declaredAs: t.string,
      declaredOnly: t.literal(true),
    }),
  ],
  'License',
)

export const LicensedUser: t.Type<Omit<model.LicensedUser, 'raw'>> = t.intersection(
  [
    t.type({
      provider: t.string,
      id: t.string,
      kind: t.keyof({ internal: null, external: null, unknown: null }, 'kind'),
      status: t.keyof({ active: null, inactive: null, deleted: null, unknown: null }, 'status'),
      licenseIds: texts,
      pendingLicenseIds: texts,
    }),
    t.partial({
      displayName: t.string,
      email: t.string,
      otherEmails: texts,
      department: t.string,
      lastActiveAt: t.string,
    }),
  ],
  'LicensedUser',
)

const details = {
  required: { provider: t.string, operation: t.string, message: t.string },
  optional: { status: t.number, vendorCode: t.string, vendorMessage: t.string, correlationId: t.string },
}

const plainError = <Tag extends model.LicenseError['_tag']>(tag: Tag) =>
  t.intersection([t.type({ _tag: t.literal(tag), ...details.required }), t.partial(details.optional)], tag)

const errorWith = <Tag extends model.LicenseError['_tag'], P extends t.Props>(tag: Tag, props: P) =>
  t.intersection([plainError(tag), t.type(props)], tag)

/** Ledgers name the failures behind their gaps, and one failure carries a ledger. */
export const LicenseError: t.Type<model.LicenseError> = t.recursion('LicenseError', () =>
  t.union([
    plainError('AuthenticationFailed'),
    errorWith('PermissionDenied', { missing: texts }),
    plainError('NotFound'),
    plainError('Conflict'),
    plainError('RequestRejected'),
    t.intersection([plainError('RateLimited'), t.partial({ retryAfterMs: t.number })], 'RateLimited'),
    errorWith('Unavailable', { attempts: t.number }),
    errorWith('InvalidResponse', { issues: texts }),
    plainError('Untrusted'),
    errorWith('Incomplete', { ledger: Ledger }),
    plainError('Aborted'),
    plainError('DeadlineExceeded'),
    plainError('Unsupported'),
  ]),
)

const Gap: t.Type<model.Gap> = t.intersection(
  [t.type({ what: t.string, reason: t.string }), t.partial({ licenseId: t.string, error: LicenseError })],
  'Gap',
)

export const Ledger: t.Type<model.Ledger> = t.intersection(
  [
    t.type({
      pages: t.number,
      items: t.number,
      repeated: t.number,
      undecodable: t.number,
      gaps: t.readonlyArray(Gap),
      omits: texts,
      verdict: t.keyof({ complete: null, unverifiable: null, partial: null, mismatch: null }, 'verdict'),
    }),
    t.partial({ total: t.number, rereads: t.number, verified: t.literal(true) }),
  ],
  'Ledger',
)

const optional = <C extends t.Mixed>(codec: C) => t.union([codec, t.undefined], codec.name)

const Price: t.Type<contract.Price> = t.intersection(
  [
    t.type({ amount: t.number, currency: t.string, per: t.string }),
    t.partial({ packSize: optional(t.number), validFrom: optional(t.string), validTo: optional(t.string) }),
  ],
  'price',
)

/** What was declared of one license. */
export const Declared: t.Type<contract.DeclaredLicense & { readonly id: string }> = t.intersection(
  [
    t.type({ id: t.string }),
    t.partial({
      name: optional(t.string),
      purchased: optional(Capacity),
      metric: optional(Metric),
      prices: optional(t.readonlyArray(Price)),
    }),
  ],
  'declared license',
)
