import { isWhole } from '../model/ledger.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { ListName } from '../paging/paged.ts'
import type { SnapshotList } from './manifest.ts'

/** A file that is as it was written, but with a record that no snapshot would have. */
export const damagedRecord = (name: ListName, file: string, issues: readonly string[]): LicenseError => ({
  ...name,
  _tag: 'InvalidResponse',
  message: `${file} of the snapshot has a record that cannot be read`,
  issues,
})

/** What cannot be found in a list that has a gap may be in the gap. */
export const notKept = (
  name: ListName,
  { ledger, error }: Pick<SnapshotList, 'ledger' | 'error'>,
  what: string,
): LicenseError => {
  // Its reading failed when the snapshot was made, and not now: no other credentials and no more time will find it here.
  if (error !== undefined) {
    const message = `the snapshot lacks such a ${what}, or the part of the list that has it: ${error.message}, when it was made`
    return { ...name, _tag: 'Incomplete', message, ledger }
  }
  return isWhole(ledger)
    ? { ...name, _tag: 'NotFound', message: `the snapshot has no such ${what}` }
    : { ...name, _tag: 'Incomplete', message: `the snapshot has no such ${what}, but its list is partial`, ledger }
}
