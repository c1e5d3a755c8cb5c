import type { LicenseReport } from '../report/license-report.ts'
import type { Baseline } from './baseline.ts'
import type { CheckItem } from './check-result.ts'

/**
 * How many breaches of the baseline are no more, as people count: all findings of one group are one. Only what is certain: of
 * rules that are checked today and lack no data, in a report without gaps.
 */
export const resolvedSince = (
  baseline: Baseline,
  { complete, providers }: Pick<LicenseReport, 'complete' | 'providers'>,
  items: readonly CheckItem[],
): number => {
  if (!complete) return 0
  const present = new Set(items.flatMap(({ id }) => id ?? []))
  const checked: ReadonlySet<string> = new Set(items.map(({ rule }) => rule))
  const lacking = items.filter(({ verdict, notJudged }) => verdict === 'unknown' || notJudged)
  const read = new Set(providers.map(({ id }) => id))
  const isRead = (provider: string | undefined): boolean => provider === undefined || read.has(provider)
  const isLacking = (rule: string, provider: string | undefined): boolean =>
    lacking.some((item) => item.rule === rule && (item.provider === undefined || item.provider === provider))
  const gone = new Set<string>()
  const left = new Set<string>()
  for (const [id, { rule, provider, findingGroup = id }] of baseline) {
    if (present.has(id)) left.add(findingGroup)
    // An older version has not written which rule it was.
    else if (rule !== undefined && checked.has(rule) && isRead(provider) && !isLacking(rule, provider)) {
      gone.add(findingGroup)
    }
  }
  return [...gone].filter((group) => !left.has(group)).length
}
