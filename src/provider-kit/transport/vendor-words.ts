import type { LicenseErrorDetails } from '../../model/license-error.ts'
import type { SecretBook } from './secret-book.ts'
import type { VendorFailure } from './vendor-failure.ts'

/** What an error repeats of a vendor's own words. */
export type VendorWords = Pick<LicenseErrorDetails, 'vendorCode' | 'vendorMessage' | 'correlationId'>

/** What a correlation id may look like; it is for the vendor's support, and no other text is. */
const CORRELATION_ID = /^[\w.:-]{1,128}$/

/** Longer than a correlation id that is repeated a few times. */
const MAX_HEADER_LENGTH = 1_000

/** The one token that a correlation id is, also where it comes several times; undefined where it is something else or a secret. */
const correlationIdIn = (text: string | undefined, mask: (text: string) => string): string | undefined => {
  if (text === undefined || text.length > MAX_HEADER_LENGTH) return undefined
  const [id, ...others] = new Set(text.split(',').map((part) => part.trim()))
  return id !== undefined && others.length === 0 && CORRELATION_ID.test(id) && mask(id) === id ? id : undefined
}

/**
 * The one door through which a vendor's text gets into errors and results: nothing of it is shown but by way of this.
 * `others`: what must not be repeated besides the secrets of the book.
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
