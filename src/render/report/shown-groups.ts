import { single } from '../../report/findings/finding-context.ts'
import { findingGroups } from '../../report/findings/finding-groups.ts'
import type { Finding, FindingGroup, LicenseReport, RemovableSeat } from '../../report/license-report.ts'

/** A group of findings with what is in it. */
export interface ShownGroup {
  readonly group: FindingGroup
  readonly findings: readonly Finding[]
  /** The seats of its open findings that can be given up, each once. */
  readonly removals: readonly RemovableSeat[]
}

/** The groups of a report. In one of version 0.1, each finding is a group. */
const groupsOf = ({ findings = [], findingGroups: groups }: LicenseReport): readonly FindingGroup[] =>
  groups ?? findingGroups(findings.map(single))

const keyOf = ({ provider, userId, licenseId }: RemovableSeat): string => JSON.stringify([provider, userId, licenseId])

const removalsOf = (findings: readonly Finding[]): readonly RemovableSeat[] => {
  const all = findings.flatMap(({ accepted, removals = [] }) => (accepted === undefined ? removals : []))
  return all.length < 2 ? all : [...new Map(all.map((seat) => [keyOf(seat), seat])).values()]
}

/** Findings as people see them, in the order of the report. */
export const shownGroups = (report: LicenseReport): readonly ShownGroup[] => {
  const byId = new Map((report.findings ?? []).map((finding) => [finding.id, finding]))
  return groupsOf(report).map((group) => {
    const findings = group.findings.flatMap((id) => byId.get(id) ?? [])
    return { group, findings, removals: removalsOf(findings) }
  })
}

export const isOpen = ({ group }: ShownGroup): boolean => group.accepted === undefined
