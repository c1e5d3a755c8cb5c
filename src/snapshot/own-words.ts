import type { Gap, Ledger } from '../model/ledger.ts'
import type { LicenseError, LicenseErrorDetails } from '../model/license-error.ts'

/** Each kind of failure in our own words. */
const SENTENCES: Readonly<Record<LicenseError['_tag'], string>> = {
  AuthenticationFailed: 'the credentials were refused',
  PermissionDenied: 'the credentials may not do this',
  NotFound: 'there is no such thing',
  Conflict: 'the request contradicts what is there',
  RequestRejected: 'the request was refused',
  RateLimited: 'too many requests; Seatlens stopped waiting',
  Unavailable: 'the vendor could not be reached or failed',
  InvalidResponse: 'the answer is not what the vendor documents',
  Untrusted: 'the answer led somewhere it must not',
  Incomplete: 'the list is partial',
  Aborted: 'interrupted',
  DeadlineExceeded: 'the deadline has passed',
  Unsupported: 'the provider cannot do this',
}

/** Names of licenses by id: these are not people. */
export type LicenseNames = ReadonlyMap<string, string>

const detailsOf = ({ _tag, provider, operation, status }: LicenseError): LicenseErrorDetails => ({
  provider,
  operation,
  message: SENTENCES[_tag],
  ...(status === undefined ? {} : { status }),
})

/** Permissions and scopes have parts and no digits: `directory:user:view`. Any other text may be the id or name of a person. */
const PERMISSION = /^[a-z-]+(?::[a-z_-]+){1,2}$/i

/**
 * The parts of a failure that name no person: its kind and its status. The vendor's own text and code, which may quote
 * anything, are left out, and so are the ids by which the vendor would find the request again.
 */
export const errorInOwnWords = (error: LicenseError, licenses: LicenseNames): LicenseError => {
  const details = detailsOf(error)
  switch (error._tag) {
    case 'PermissionDenied':
      return { ...details, _tag: error._tag, missing: error.missing.filter((name) => PERMISSION.test(name)) }
    case 'RateLimited':
      return {
        ...details,
        _tag: error._tag,
        ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
      }
    case 'Unavailable':
      return { ...details, _tag: error._tag, attempts: error.attempts }
    case 'InvalidResponse':
      return { ...details, _tag: error._tag, issues: [] }
    case 'Incomplete':
      return { ...details, _tag: error._tag, ledger: ledgerInOwnWords(error.ledger, licenses) }
    default:
      return { ...details, _tag: error._tag }
  }
}

/**
 * Words that name no person. What is missing, and why, is kept where it is said in these words, in counts, numbers of pages
 * and permissions alone, in any provider. A single other word may be the name or id of a person. `moved`: version 0.1.
 */
const WORDS: ReadonlySet<string> = new Set(
  [
    'a an the of to on with than that who what one another this these they it its not no and',
    'list rest part reading page pages record records license licenses definitions directory holders user users person people',
    "provider contract organization orgId credentials administrator's",
    'is was had may be changed moved read while compare deleted shown needed belong names says',
  ].flatMap((line) => line.split(' ')),
)

/** A number that counts something, or that of a page. Any other number may be the id of a person. */
const COUNTS =
  /(?<![^ ])\d+(?:,\d{3})* (?=(?:records?|licenses?|users?|person|people|pages?)(?![^ ;:,]))|(?<=\bpage )\d+(?![^ ;:,])/g

/** A permission in a text: that it is one is told by what it permits. */
const PERMITTED = /^[a-z:-]+:(?:[a-z]+_)?(?:view|read|write|edit|add|delete)$/

const namesNobody = (text: string): boolean =>
  text
    .replace(COUNTS, '')
    .split(/[;:,]? /)
    .every((word) => word === '' || WORDS.has(word) || PERMITTED.test(word))

const UNNAMED = 'a part of the list'
const UNTOLD = 'the reason is not kept: it may name a person'

const nameOf = ({ what, licenseId }: Gap, licenses: LicenseNames): string => {
  if (licenseId !== undefined) return `holders of ${licenses.get(licenseId) ?? (licenseId || 'a license')}`
  return namesNobody(what) ? what : UNNAMED
}

const gapInOwnWords = (gap: Gap, licenses: LicenseNames): Gap => {
  const { licenseId } = gap
  const error = gap.error === undefined ? undefined : errorInOwnWords(gap.error, licenses)
  return {
    what: nameOf(gap, licenses),
    reason: error?.message ?? (namesNobody(gap.reason) ? gap.reason : UNTOLD),
    ...(licenseId === undefined ? {} : { licenseId }),
    ...(error === undefined ? {} : { error }),
  }
}

/** The same ledger, in which no person is named. */
export const ledgerInOwnWords = (ledger: Ledger, licenses: LicenseNames): Ledger => ({
  ...ledger,
  gaps: ledger.gaps.map((gap) => gapInOwnWords(gap, licenses)),
})
