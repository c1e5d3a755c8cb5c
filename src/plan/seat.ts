import type { PlannedChange } from './plan.ts'

type Seat = Pick<PlannedChange, 'userId' | 'licenseId'>

/** One license of one user, whatever becomes of it. */
export const keyOfSeat = ({ userId, licenseId }: Seat): string => JSON.stringify([userId, licenseId])

/** One license of one user, given or taken. */
export const keyOfChange = ({ action, userId, licenseId }: Seat & Pick<PlannedChange, 'action'>): string =>
  JSON.stringify([action, userId, licenseId])
