import type { IsPaid } from '../cost/paid-licenses.ts'
import type { Finding, LicenseReport, UserRow } from '../license-report.ts'

/** The open findings about the seats of users. */
export interface Stakes {
  readonly ofSeat: (user: UserRow, licenseId: string) => readonly Finding[]
  /** Open findings about no seat of a user. */
  readonly others: number
}

/** Those about one user: about one seat each, or about all seats that are paid for. */
interface UserFindings {
  readonly bySeat: Map<string, Finding[]>
  readonly aboutPaid: Finding[]
}

const NOTHING: readonly Finding[] = []

const keyOf = (provider: string, id: string): string => JSON.stringify([provider, id])

export const stakesIn = ({ findings = [] }: Pick<LicenseReport, 'findings'>, isPaid: IsPaid): Stakes => {
  const byUser = new Map<string, UserFindings>()
  const findingsOf = (provider: string, id: string): UserFindings => {
    const key = keyOf(provider, id)
    const found = byUser.get(key) ?? { bySeat: new Map<string, Finding[]>(), aboutPaid: [] }
    byUser.set(key, found)
    return found
  }
  let others = 0
  for (const finding of findings) {
    if (finding.accepted !== undefined) continue
    const { provider, userId, licenseId, accounts } = finding
    if (accounts !== undefined) {
      for (const account of accounts) findingsOf(account.provider, account.id).aboutPaid.push(finding)
    } else if (userId !== undefined && licenseId !== undefined) {
      const { bySeat } = findingsOf(provider, userId)
      const ofSeat = bySeat.get(licenseId)
      if (ofSeat === undefined) bySeat.set(licenseId, [finding])
      else ofSeat.push(finding)
    } else others++
  }
  return {
    ofSeat: ({ provider, id }, licenseId) => {
      const found = byUser.get(keyOf(provider, id))
      if (found === undefined) return NOTHING
      const { bySeat, aboutPaid } = found
      const ofSeat = bySeat.get(licenseId) ?? NOTHING
      return aboutPaid.length > 0 && isPaid(provider, licenseId) ? [...ofSeat, ...aboutPaid] : ofSeat
    },
    others,
  }
}
