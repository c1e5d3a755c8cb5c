import type { PlannedChange } from './plan.ts'

type Seat = Pick<PlannedChange, 'userId' | 'licenseId'>

/** One license of one user, whatever becomes of it. */
export const keyOfSeat = ({ userId, licenseId }: Seat): string => JSON.stringify([userId, licenseId])
