import { gapLines, isWhole } from '../model/ledger.ts'
import { findingId } from '../report/findings/finding-id.ts'
import type { Suppressor } from '../report/findings/suppression.ts'
import type { LicenseLabels } from '../report/license-labels.ts'
import type { LicenseReport, LicenseRow, ProviderReport } from '../report/license-report.ts'
import { type GeneralLimits, judgeLimits, type LimitJudgment, type LimitKind } from '../report/limits/judge-limits.ts'
import { LIST_NAMES } from '../report/report-problems.ts'
import type { CheckItem } from './check-result.ts'

const RULES = { maxUtilization: 'max-utilization', keepFree: 'min-available' } as const satisfies Record<
  LimitKind,
  CheckItem['rule']
>

interface Surroundings {
  readonly suppressor: Suppressor
  readonly labels: LicenseLabels
}

const itemOf = (
  { provider, id: licenseId }: LicenseRow,
  { kind, verdict, ...judged }: LimitJudgment,
  { suppressor, labels }: Surroundings,
): CheckItem => {
  const subject = { rule: RULES[kind], provider, licenseId }
  const item = { ...subject, name: labels.labelOf(provider, licenseId), ...judged }
  if (verdict !== 'breached') return { ...item, verdict }
  const id = findingId(subject)
  const accepted = suppressor.acceptanceOf({ ...subject, id })
  return accepted === undefined ? { ...item, id, verdict } : { ...item, id, verdict: 'accepted', accepted }
}

/** Whether licenses of the provider may have such a limit. */
const mayBeLimited = (provider: string, kind: LimitKind, general: GeneralLimits, { limits = [] }: LicenseReport) =>
  general[kind] !== undefined ||
  limits.some((entry) => entry[kind] !== undefined && (entry.provider ?? provider) === provider)

/** Licenses may be missing from the report; whether they keep the limit is unknown. */
const missingLicenses = (
  kind: LimitKind,
  { id: provider, displayName, ledgers, error }: ProviderReport,
): readonly CheckItem[] =>
  isWhole(ledgers.licenses)
    ? []
    : [
        {
          rule: RULES[kind],
          verdict: 'unknown',
          provider,
          name: displayName,
          message: `licenses may be missing: ${error?.message ?? gapLines(ledgers.licenses, undefined, LIST_NAMES.licenses).join('; ')}`,
        },
      ]

/** Whether each license keeps its limits of one kind. */
export const itemsOfLimit = (
  kind: LimitKind,
  general: GeneralLimits,
  report: LicenseReport,
  surroundings: Surroundings,
): readonly CheckItem[] => [
  ...report.providers
    .filter(({ id }) => mayBeLimited(id, kind, general, report))
    .flatMap((provider) => missingLicenses(kind, provider)),
  ...report.licenses.flatMap((row) =>
    judgeLimits(row, general)
      .filter((judgment) => judgment.kind === kind)
      .map((judgment) => itemOf(row, judgment, surroundings)),
  ),
]
