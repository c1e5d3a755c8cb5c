import { type Finding, type FindingRule, findingRules, type LicenseReport } from '../../../report/license-report.ts'
import { costText } from '../../text/cost-text.ts'
import { countText } from '../../text/count-text.ts'
import { visibleText } from '../../text/visible-text.ts'
import { evidenceTexts } from '../report-words.ts'
import type { Names } from './names.ts'
import type { FindingData } from './page-data.ts'

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
    ...evidenceTexts(finding, names.license),
    ...(finding.seats.kind === 'notApplicable' ? [] : [`seats: ${countText(finding.seats)}`]),
    ...(finding.cost.kind === 'notApplicable' ? [] : [`cost per month: ${costText(finding.cost)}`]),
    ...(finding.accepted === undefined ? [] : [`accepted: ${finding.accepted.reason}`]),
    ...(finding.accepted?.until === undefined ? [] : [`until ${finding.accepted.until}`]),
    finding.id,
  ].join(' · ')

/** What the script of the page lists, made one by one. */
export function* findingData({ findings }: FindingList, names: Names): Generator<FindingData> {
  for (const finding of findings) yield [visibleText(finding.message), visibleText(factsOf(finding, names))]
}
