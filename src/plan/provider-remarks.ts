import * as E from 'fp-ts/lib/Either.js'
import type { ChangeRemark, ChangeSurroundings } from '../contract/assignment-change.ts'
import type { LicenseProvider } from '../contract/license-provider.ts'
import { isRecord } from '../model/is-record.ts'
import type { LicenseError } from '../model/license-error.ts'
import { brokenContract, thrownByProvider } from '../report/sound/sound-account.ts'
import { changeOf, type PlannedChange } from './plan.ts'
import { type Unread, unreadBy } from './provider-state.ts'

const isRemark = (remark: unknown): boolean =>
  isRecord(remark) && isRecord(remark.change) && typeof remark.message === 'string' && typeof remark.rule === 'string'

/** What the provider says of changes, without a request. */
export const remarksOf = (
  provider: LicenseProvider,
  changes: readonly PlannedChange[],
  surroundings: ChangeSurroundings,
): E.Either<Unread, readonly ChangeRemark[]> => {
  const { id } = provider
  const name = { provider: id, operation: 'reviewChanges' }
  const failed = (error: LicenseError) =>
    E.left(unreadBy(id, error, `the changes could not be reviewed: ${error.message}`))
  try {
    const remarks = [...(provider.reviewChanges?.(changes.map(changeOf), surroundings) ?? [])]
    return remarks.every(isRemark)
      ? E.right(remarks)
      : failed(brokenContract(name, 'it gave something that is no remark'))
  } catch (thrown) {
    return failed(thrownByProvider(name, thrown))
  }
}
