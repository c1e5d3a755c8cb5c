import type { Finding } from '../license-report.ts'
import { findingId, groupIdOf } from './finding-id.ts'

/** A finding with the id that it will always have. */
export const createFinding = ({
  rule,
  message,
  provider,
  licenseId,
  userId,
  workspaceId,
  accounts,
  evidence,
  seats,
  cost,
  removals,
}: Omit<Finding, 'id' | 'group' | 'accepted'>): Finding => ({
  rule,
  id: findingId({ rule, provider, licenseId, userId: userId ?? workspaceId }),
  message,
  provider,
  ...(licenseId === undefined ? {} : { licenseId }),
  ...(userId === undefined ? {} : { userId }),
  ...(workspaceId === undefined ? {} : { workspaceId }),
  ...(accounts === undefined ? {} : { accounts }),
  evidence,
  seats,
  cost,
  ...(removals === undefined ? {} : { removals }),
  group: groupIdOf({ rule, provider, licenseId, userId: userId ?? workspaceId }),
})
