import { isRecord } from '../../model/is-record.ts'
import type { Gap, Ledger } from '../../model/ledger.ts'
import type { LicenseError, LicenseErrorDetails } from '../../model/license-error.ts'
import { isWholeNumber } from '../../model/whole-number.ts'
import type { ListName } from '../../paging/paged.ts'
import { areTexts, isText, textMember, textsOf } from './guards.ts'

/** What became of a provider that failed against the contract. What it gave is not shown, as it may contain anything. */
export const unexpectedFailure = (name: ListName): LicenseError => ({
  _tag: 'Unavailable',
  ...name,
  message: 'the provider failed in an unexpected way',
  attempts: 1,
})

const detailsOf = (error: Readonly<Record<string, unknown>>, name: ListName): LicenseErrorDetails | undefined =>
  isText(error.message)
    ? {
        provider: name.provider,
        operation: isText(error.operation) ? error.operation : name.operation,
        message: error.message,
        ...(typeof error.status === 'number' ? { status: error.status } : {}),
        ...textMember('vendorCode', error.vendorCode),
        ...textMember('vendorMessage', error.vendorMessage),
        ...textMember('correlationId', error.correlationId),
      }
    : undefined

/** A failure as the contract has it; one that is not, or of a kind that is not known here, is an unexpected one. */
export const soundError = (error: LicenseError, name: ListName): LicenseError => {
  const details = isRecord(error) ? detailsOf(error, name) : undefined
  if (details === undefined) return unexpectedFailure(name)
  switch (error._tag) {
    case 'PermissionDenied':
      return { ...details, _tag: error._tag, missing: textsOf(error.missing) }
    case 'RateLimited': {
      const { retryAfterMs } = error
      return { ...details, _tag: error._tag, ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}) }
    }
    case 'InvalidResponse':
      return { ...details, _tag: error._tag, issues: textsOf(error.issues) }
    case 'Incomplete': {
      const ledger = soundLedger(error.ledger, name)
      return ledger === undefined
        ? { ...details, _tag: 'Unavailable', attempts: 1 }
        : { ...details, _tag: error._tag, ledger }
    }
    case 'AuthenticationFailed':
    case 'NotFound':
    case 'Conflict':
    case 'RequestRejected':
    case 'Untrusted':
    case 'Aborted':
    case 'DeadlineExceeded':
    case 'Unsupported':
      return { ...details, _tag: error._tag }
    default:
      return { ...details, _tag: 'Unavailable', attempts: Number.isSafeInteger(error.attempts) ? error.attempts : 1 }
  }
}

const VERDICTS: ReadonlySet<unknown> = new Set<Ledger['verdict']>(['complete', 'unverifiable', 'partial', 'mismatch'])

const isGap = (value: unknown): value is Gap =>
  isRecord(value) &&
  isText(value.what) &&
  isText(value.reason) &&
  (value.licenseId === undefined || isText(value.licenseId)) &&
  (value.error === undefined || isRecord(value.error))

/** The account of a list as the contract has it; undefined where it cannot be told from it whether the list is whole. */
export const soundLedger = (ledger: Ledger, name: ListName): Ledger | undefined => {
  if (!isRecord(ledger)) return undefined
  const { pages, items, repeated, undecodable, gaps, omits, verdict, total } = ledger
  if (![pages, items, repeated, undecodable].every(isWholeNumber) || !VERDICTS.has(verdict)) return undefined
  if (!Array.isArray(gaps) || !gaps.every(isGap) || !(omits === undefined || areTexts(omits))) return undefined
  const { total: _, ...counts } = ledger
  return {
    ...counts,
    omits: textsOf(omits),
    gaps: gaps.some(({ error }) => error !== undefined)
      ? gaps.map((gap) => (gap.error === undefined ? gap : { ...gap, error: soundError(gap.error, name) }))
      : gaps,
    ...(isWholeNumber(total) ? { total } : {}),
  }
}
