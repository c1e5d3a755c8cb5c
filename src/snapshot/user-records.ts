import type { LicensedUser } from '../model/licensed-user.ts'
import { userShape } from '../model/shapes.ts'
import type { UserKeeper } from '../report/holders.ts'
import { createEncodedRecords, type EncodedRecords } from './encoded-records.ts'
import { type Pseudonyms, pseudonymous } from './pseudonyms.ts'
import type { SnapshotSpool } from './spool.ts'

/** The users of one reading, encoded as they come. */
export interface UserRecords extends UserKeeper {
  readonly records: Pick<EncodedRecords<LicensedUser>, 'size' | 'bytes' | 'pieces'>
}

/** By `pseudonyms`, under other names and sorted by these: in the vendor's order, the place of a line would show whose it is. */
export const createUserRecords = (spool: SnapshotSpool, pseudonyms: Pseudonyms | undefined): UserRecords => {
  const records = createEncodedRecords<LicensedUser>(spool, userShape)
  const ids: string[] = []
  const byId = (): readonly number[] =>
    [...ids.keys()].sort((one, other) => {
      const [first = '', second = ''] = [ids[one], ids[other]]
      if (first === second) return 0
      return first < second ? -1 : 1
    })
  return {
    add: (user) => {
      if (pseudonyms === undefined) return records.add(user)
      const renamed = pseudonymous(pseudonyms, user)
      records.add(renamed)
      ids.push(renamed.id)
    },
    change: (number, { licenseIds, pendingLicenseIds }) => {
      const user = records.at(number)
      if (user !== undefined) records.replace(number, { ...user, licenseIds, pendingLicenseIds })
    },
    records: { ...records, pieces: () => records.pieces(pseudonyms === undefined ? undefined : byId()) },
  }
}
