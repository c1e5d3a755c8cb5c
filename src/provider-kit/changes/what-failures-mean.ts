import type { LicenseError } from '../../model/license-error.ts'
import type { Sent } from './change-adapter.ts'

/** What a vendor says of a request that it has looked at. */
const REFUSALS: ReadonlySet<LicenseError['_tag']> = new Set([
  'RequestRejected',
  'NotFound',
  'Conflict',
  'PermissionDenied',
])

/** Whether the vendor took offence at something in a request, so that the rest of it may go well by itself. */
export const isAboutOneChange = (fate: Sent): boolean =>
  fate.kind === 'failed' && !fate.mayHaveTakenEffect && fate.about === 'changes' && REFUSALS.has(fate.error._tag)

/** After these every further request fails in the same way. */
export const endsAll = ({ _tag }: LicenseError): boolean => _tag === 'AuthenticationFailed' || _tag === 'RateLimited'
