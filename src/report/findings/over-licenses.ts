import type { FindingRule, LicenseRow } from '../license-report.ts'
import { abstain } from './abstain.ts'
import {
  type FindingContext,
  type KnownLicense,
  mergeResults,
  overProviders,
  type Rule,
  type RuleResult,
} from './finding-context.ts'

export const NOTHING: RuleResult = { groups: [], abstentions: [] }

/** A rule that judges one license after the other, and abstains from those of a provider that could not be read. */
export const overLicenses =
  (
    rule: FindingRule,
    concerns: (license: KnownLicense) => boolean,
    judge: (row: LicenseRow, context: FindingContext) => RuleResult,
  ): Rule =>
  (context) =>
    overProviders(context, ({ id: provider, licenses, licensesGap }) =>
      mergeResults([
        { groups: [], abstentions: abstain(rule, { provider }, licensesGap) },
        ...licenses.filter(concerns).map(({ row }) => judge(row, context)),
      ]),
    )
