import type { ListVerdict } from '../../model/ledger.ts'
import { numberText } from '../../model/quantity.ts'
import { timeText } from '../../model/time-text.ts'
import type { Finding, FindingRule, LinkRule } from '../../report/license-report.ts'
import { dayText } from '../../report/purchase-words.ts'
import { noLaterThan } from '../text/user-text.ts'

/** What people read in place of the codes of a report, in every format. JSON and CSV have the codes. */

export const verdictWords: Readonly<Record<ListVerdict, string>> = {
  complete: 'complete',
  unverifiable: 'read to its end; the vendor gives no total to compare with',
  partial: 'partial',
  mismatch: 'changed while it was read',
}

/** By what the users of one person were put together. */
export const linkWords: Readonly<Record<LinkRule, string>> = {
  email: 'e-mail',
  mapping: 'people file',
  none: 'not linked',
}

/** What each rule looks for. */
export const ruleTitles: Readonly<Record<FindingRule, string>> = {
  'unassigned-seats': 'Purchased and not assigned',
  'over-assigned': 'More in use than purchased',
  'inactive-holder': 'Held by an inactive or deleted user',
  'dormant-holder': 'Held by a user who has not been active',
  'included-license': 'Already included in another license held',
  'undefined-license': 'Held, but not defined',
  'several-providers': 'Paid for the same service in several providers',
  'never-active': 'Held by a user who has never been active',
  'waiting-for-seat': 'Waiting for a seat, and none is free',
  'renewal-due': 'To be renewed or canceled soon',
  'billed-not-held': 'Billed, and not held',
  'bought-not-mapped': 'Bought, and mapped to no license',
  'idle-workspace': 'Held by a workspace that is not in use',
}

/** A time as machines write it, anywhere in a text. */
const MACHINE_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*Z/g

type LabelOf = (provider: string, licenseId: string) => string

const isLink = (value: unknown): value is LinkRule => typeof value === 'string' && Object.hasOwn(linkWords, value)

/** `inUseAtLeast` becomes `in use at least`. */
const words = (key: string): string => key.replace(/(?<=[a-z\d])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** What a finding rests on, one text a fact: `in use: 128`, `last active: 2026-08-01 10:00 UTC`. */
export const evidenceTexts = ({ provider, evidence }: Finding, labelOf: LabelOf): readonly string[] =>
  Object.entries(evidence).map(([key, value]) => {
    const text = typeof value === 'number' ? numberText(value) : String(value)
    switch (key) {
      case 'lastActiveAt':
        return `last active: ${timeText(text)}`
      case 'assignedAt':
        return `held since: ${dayText(text)}`
      case 'firstSeenAt':
        return `held since: ${noLaterThan(text)}`
      case 'days':
        return `days without activity: ${text}`
      case 'dormantAfterDays':
        return `days allowed without activity: ${text}`
      case 'includedIn':
        return `included in: ${labelOf(provider, text)}`
      case 'link':
        return `linked by: ${isLink(value) ? linkWords[value] : text}`
      default:
        return `${words(key)}: ${text.replace(MACHINE_TIME, (time) => timeText(time))}`
    }
  })
