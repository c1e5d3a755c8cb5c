import { numberText } from '../../../model/quantity.ts'
import { type Finding, type FindingRule, findingRules, type LicenseReport } from '../../../report/license-report.ts'
import { costText } from '../../text/cost-text.ts'
import { countText } from '../../text/count-text.ts'
import { visibleText } from '../../text/visible-text.ts'
import type { Names } from './names.ts'
import type { FindingData } from './page-data.ts'

/** What each rule looks for, for people. */
export const ruleTitles: Readonly<Record<FindingRule, string>> = {
  'unassigned-seats': 'Purchased and not assigned',
  'over-assigned': 'More in use than purchased',
  'inactive-holder': 'Held by an inactive or deleted user',
  'dormant-holder': 'Held by a user who has not been active',
  'included-license': 'Already included in another license held',
  'undefined-license': 'Held, but not defined',
  'several-providers': 'Paid for in several providers',
}

/** The open or the accepted findings of one rule. */
export interface FindingList {
  readonly elementId: string
  readonly rule: FindingRule
  readonly findings: readonly Finding[]
}

export const findingLists = ({ findings = [] }: LicenseReport, accepted: boolean): readonly FindingList[] =>
  findingRules
    .map((rule) => ({
      elementId: `${accepted ? 'accepted' : 'open'}-${rule}`,
      rule,
      findings: findings.filter((finding) => finding.rule === rule && (finding.accepted !== undefined) === accepted),
    }))
    .filter((list) => list.findings.length > 0)

/** `lastActiveAt` becomes `last active at`. */
const words = (key: string): string => key.replace(/(?<=[a-z\d])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** Only where the message does not have it: two licenses may have one name. */
const licenseOf = ({ provider, licenseId, message }: Finding, names: Names): readonly string[] => {
  if (licenseId === undefined) return []
  const license = names.license(provider, licenseId)
  return message.includes(license) ? [] : [license]
}

const factsOf = (finding: Finding, names: Names): string =>
  [
    names.provider(finding.provider),
    ...licenseOf(finding, names),
    ...Object.entries(finding.evidence).map(
      ([key, value]) => `${words(key)}: ${typeof value === 'number' ? numberText(value) : value}`,
    ),
    ...(finding.seats.kind === 'notApplicable' ? [] : [`seats: ${countText(finding.seats)}`]),
    ...(finding.cost.kind === 'notApplicable' ? [] : [`a month: ${costText(finding.cost)}`]),
    ...(finding.accepted === undefined ? [] : [`accepted: ${finding.accepted.reason}`]),
    ...(finding.accepted?.until === undefined ? [] : [`until ${finding.accepted.until}`]),
    finding.id,
  ].join(' · ')

/** What the script of the page lists, made one by one. */
export function* findingData({ findings }: FindingList, names: Names): Generator<FindingData> {
  for (const finding of findings) yield [visibleText(finding.message), visibleText(factsOf(finding, names))]
}
