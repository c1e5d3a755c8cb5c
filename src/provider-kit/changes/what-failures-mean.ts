import type { LicenseError } from '../../model/license-error.ts'
import type { Sent } from './change-adapter.ts'

/** Failures of a request that the vendor has read. */
const REFUSALS: ReadonlySet<LicenseError['_tag']> = new Set([
  'RequestRejected',
  'NotFound',
  'Conflict',
  'PermissionDenied',
])

/** Whether the vendor refused something in a request, so that the rest may succeed by itself. */
export const isAboutOneChange = (fate: Sent): boolean =>
  fate.kind === 'failed' && !fate.mayHaveTakenEffect && fate.about === 'changes' && REFUSALS.has(fate.error._tag)

/** Whether every further request would fail in the same way. */
export const endsAll = ({ _tag }: LicenseError): boolean => _tag === 'AuthenticationFailed' || _tag === 'RateLimited'
