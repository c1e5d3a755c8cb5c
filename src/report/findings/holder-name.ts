import type { UserRow } from '../license-report.ts'

/** What a holder is called for people. */
export const holderName = ({ displayName, email, id }: UserRow): string => {
  if (displayName === undefined) return email ?? id
  return email === undefined ? displayName : `${displayName} <${email}>`
}
