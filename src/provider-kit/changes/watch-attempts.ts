import * as E from 'fp-ts/lib/Either.js'
import type { LicenseError } from '../../model/license-error.ts'
import type { ChangeAdapter, VendorChanges } from './change-adapter.ts'

const isDenied = ({ _tag }: LicenseError): boolean => _tag === 'PermissionDenied'

/**
 * Makes `send` of the engine of that of a vendor, whose requests go through the kit's transport. An earlier attempt without an
 * answer may have been carried out although the last one was refused.
 */
export const watched =
  ({ send, isAboutCredential = isDenied }: Pick<VendorChanges, 'send' | 'isAboutCredential'>): ChangeAdapter['send'] =>
  async (changes, scope) => {
    const seen = { sent: 0, refused: 0 }
    const answer = await send(changes, {
      ...scope,
      onAttempt: (what) => {
        seen[what] += 1
      },
    })()
    if (E.isRight(answer)) return { kind: 'answered', ...answer.right }
    const error = answer.left
    if (seen.sent === 0) return { kind: 'unsent', error }
    const about = isAboutCredential(error) ? 'credential' : 'changes'
    return { kind: 'failed', error, mayHaveTakenEffect: seen.sent > seen.refused, about }
  }
