import type { AssignmentChange, ChangeRemark } from './assignment-change.ts'

/** A remark that is as true of every user: with the first change of each license, and told of the license alone. */
export const oncePerLicense = (
  changes: readonly AssignmentChange[],
  action: AssignmentChange['action'],
  remark: Omit<ChangeRemark, 'change' | 'about'>,
): readonly ChangeRemark[] => {
  const told = new Set<string>()
  return changes.flatMap((change) => {
    if (change.action !== action || told.has(change.licenseId)) return []
    told.add(change.licenseId)
    return [{ ...remark, change, about: 'license' as const }]
  })
}
