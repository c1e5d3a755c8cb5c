import type { Finding } from '../license-report.ts'
import { findingId } from './finding-id.ts'

/** A finding with the id that it will always have. */
export const createFinding = ({
  rule,
  message,
  provider,
  licenseId,
  userId,
  accounts,
  evidence,
  seats,
  cost,
}: Omit<Finding, 'id' | 'accepted'>): Finding => ({
  rule,
  id: findingId({ rule, provider, licenseId, userId }),
  message,
  provider,
  ...(licenseId === undefined ? {} : { licenseId }),
  ...(userId === undefined ? {} : { userId }),
  ...(accounts === undefined ? {} : { accounts }),
  evidence,
  seats,
  cost,
})
