import type { LicenseErrorDetails } from '../../model/license-error.ts'
import type { SecretBook } from './secret-book.ts'
import type { VendorFailure } from './vendor-failure.ts'

/** The parts of an error that are the vendor's own words. */
export type VendorWords = Pick<LicenseErrorDetails, 'vendorCode' | 'vendorMessage' | 'correlationId'>

/** The form of a correlation id, which is for the vendor's support. */
const CORRELATION_ID = /^[\w.:-]{1,128}$/

/** The longest header: one that repeats a correlation id a few times. */
const MAX_HEADER_LENGTH = 1_000

/** The correlation id of a header, which may repeat it; undefined where the header has something else, or a secret. */
const correlationIdIn = (text: string | undefined, mask: (text: string) => string): string | undefined => {
  if (text === undefined || text.length > MAX_HEADER_LENGTH) return undefined
  const [id, ...others] = new Set(text.split(',').map((part) => part.trim()))
  return id !== undefined && others.length === 0 && CORRELATION_ID.test(id) && mask(id) === id ? id : undefined
}

/**
 * A vendor's text for errors and results, masked. Nothing of a vendor's text is shown in any other way. `others`: further
 * secrets besides those of the book.
 */
export const vendorWords = (
  { code, message, correlationId }: Pick<VendorFailure, 'code' | 'message' | 'correlationId'>,
  secrets: SecretBook,
  others: readonly string[] = [],
): VendorWords => {
  const mask = (text: string) => secrets.mask(text, others)
  const id = correlationIdIn(correlationId, mask)
  return {
    ...(code === undefined ? {} : { vendorCode: mask(code) }),
    ...(message === undefined ? {} : { vendorMessage: mask(message) }),
    ...(id === undefined ? {} : { correlationId: id }),
  }
}
