import { hash64 } from '../../model/hash64.ts'

/** What a finding is about, which does not change from report to report. */
export interface FindingSubject {
  readonly rule: string
  readonly provider: string
  readonly licenseId?: string | undefined
  readonly userId?: string | undefined
}

/** With its length, so that no two subjects have one text. */
const part = (id: string | undefined): string => (id === undefined ? '-' : `${id.length}:${id}`)

/** `f` and 16 hexadecimal digits; never what a spreadsheet takes for a number. */
export const findingId = ({ rule, provider, licenseId, userId }: FindingSubject): string =>
  `f${hash64(`${part(rule)}${part(provider)}${part(licenseId)}${part(userId)}`)}`

/** `g` and 16 hexadecimal digits: all findings of one rule about one user, or a single finding. */
export const groupIdOf = ({ rule, provider, licenseId, userId }: FindingSubject): string =>
  `g${hash64(`${part(rule)}${part(provider)}${part(userId === undefined ? licenseId : undefined)}${part(userId)}`)}`
