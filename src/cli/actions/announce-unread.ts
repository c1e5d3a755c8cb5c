import type { LicenseProvider } from '../../contract/license-provider.ts'
import type { Unread } from '../../plan/index.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'

/** Says what could not be read, and how the provider fared by that. */
export const announceUnread = (
  { environment }: Invocation,
  { id }: LicenseProvider,
  unread: Unread,
): ProviderOutcome => {
  for (const line of unread.lines) notify(environment, `${id}: ${line}`)
  return { status: unread.error === undefined ? 'partial' : 'failed', error: unread.error }
}
