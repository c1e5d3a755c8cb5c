import type { Finding, LicenseReport, RemovableSeat, UserRow } from '../license-report.ts'

/** The open findings about the seats of users. */
export interface Stakes {
  readonly ofSeat: (user: UserRow, licenseId: string) => readonly Finding[]
  /** Open findings about no seat of a user. */
  readonly others: number
}

const NOTHING: readonly Finding[] = []

const keyOf = ({ provider, userId, licenseId }: RemovableSeat): string => JSON.stringify([provider, userId, licenseId])

/** The seats that users hold and that a finding puts at stake: those that can be given up, where these are known. */
const seatsAtStake = ({ removals, accounts, provider, userId, licenseId }: Finding): readonly RemovableSeat[] => {
  if (removals !== undefined) return removals
  if (accounts !== undefined) {
    return accounts.flatMap(({ provider, id: userId, licenseIds = [] }) =>
      licenseIds.map((licenseId) => ({ provider, userId, licenseId })),
    )
  }
  return userId === undefined || licenseId === undefined ? [] : [{ provider, userId, licenseId }]
}

export const stakesIn = ({ findings = [] }: Pick<LicenseReport, 'findings'>): Stakes => {
  const bySeat = new Map<string, Finding[]>()
  let others = 0
  for (const finding of findings) {
    if (finding.accepted !== undefined) continue
    const seats = seatsAtStake(finding)
    if (seats.length === 0) others++
    for (const seat of seats) {
      const key = keyOf(seat)
      const ofSeat = bySeat.get(key)
      if (ofSeat === undefined) bySeat.set(key, [finding])
      else ofSeat.push(finding)
    }
  }
  return {
    ofSeat: ({ provider, id: userId }, licenseId) => bySeat.get(keyOf({ provider, userId, licenseId })) ?? NOTHING,
    others,
  }
}
