import type { PlannedChange } from './plan.ts'

type Seat = Pick<PlannedChange, 'userId' | 'licenseId'>

/** The same for all changes of one license of one user. */
export const keyOfSeat = ({ userId, licenseId }: Seat): string => JSON.stringify([userId, licenseId])
