import * as t from 'io-ts'
import type { LicensedUser } from '../../src/provider-kit/index.ts'
import { type Account, CISCO_USER, ENTERPRISE_USER } from './codecs.ts'

const membersOf = (value: unknown): Readonly<Record<string, unknown>> => (t.UnknownRecord.is(value) ? value : {})

const textOf = (value: unknown): string | null => {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  return text === '' ? null : text
}

/** What the identity service has of a user. `status`: undefined where it is none that is known here. */
export interface AccountEntry
  extends Pick<LicensedUser, 'division' | 'manager' | 'costCenter' | 'employeeNumber' | 'department'> {
  readonly status: 'active' | 'inactive' | undefined
}

/** A disabled account cannot sign in, and one that is pending cannot yet. Of `transient`, `fraud` and others nothing is documented. */
const accountStatusOf = ({ active, [CISCO_USER]: extension }: Account): AccountEntry['status'] => {
  const told = membersOf(extension).accountStatus
  // Documented as one word, seen as a list of words.
  const words = (Array.isArray(told) ? told : [told]).map((word) => textOf(word)?.toLowerCase())
  if (active === false || words.includes('disabled') || words.includes('pending')) return 'inactive'
  return words.includes('active') || (active === true && words.every((word) => word === undefined))
    ? 'active'
    : undefined
}

/** An account without the enterprise extension has none of its properties. */
export const accountEntryOf = (account: Account): AccountEntry => {
  const { [ENTERPRISE_USER]: extension } = account
  const { costCenter, division, department, employeeNumber, manager } = membersOf(extension)
  const { displayName, value } = membersOf(manager)
  return {
    status: accountStatusOf(account),
    costCenter: textOf(costCenter),
    division: textOf(division),
    department: textOf(department),
    employeeNumber: textOf(employeeNumber),
    manager: textOf(displayName) ?? textOf(value),
  }
}

/** A user with what the identity service has of the same user. A user who cannot sign in by either of both is inactive. */
export const withAccount = (user: LicensedUser, account: AccountEntry | undefined): LicensedUser => {
  if (account === undefined) return user
  const { status = user.status, department, ...facts } = account
  return {
    ...user,
    ...facts,
    status: user.status === 'unknown' || status === 'inactive' ? status : user.status,
    department: user.department ?? department,
  }
}
