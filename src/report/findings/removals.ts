import type { Finding, RemovableSeat } from '../license-report.ts'

/** A seat that can be given up, and the finding that says so. */
export interface Removal {
  readonly seat: RemovableSeat
  readonly finding: Finding
}

/** Equal for findings about one seat. */
export const keyOfRemoval = ({ provider, userId, licenseId }: RemovableSeat): string =>
  JSON.stringify([provider, userId, licenseId])

/** All seats that findings say can be given up, one entry for each finding. */
export const removalsOf = (findings: readonly Finding[]): readonly Removal[] =>
  findings.flatMap((finding) => (finding.removals ?? []).map((seat) => ({ seat, finding })))

/** Of a seat that another license includes: the seat of that license. */
const containerOf = ({ seat, finding }: Removal): RemovableSeat | undefined => {
  const { includedIn } = finding.evidence
  return finding.rule === 'included-license' && typeof includedIn === 'string'
    ? { ...seat, licenseId: includedIn }
    : undefined
}

/** Without seats that can go only as long as another one stays, which is to go as well. */
export const withoutLostContainers = <A extends Removal>(removals: readonly A[]): readonly A[] => {
  const lost = new Set(removals.filter((one) => containerOf(one) === undefined).map(({ seat }) => keyOfRemoval(seat)))
  return removals.filter((one) => {
    const container = containerOf(one)
    return container === undefined || !lost.has(keyOfRemoval(container))
  })
}

/** Whether a suppression that names the very user or finding keeps a seat, whatever the rule. */
export type IsKept = (seat: RemovableSeat) => boolean

/**
 * Findings that leave alone what an administrator wants to stay: a seat that is accepted under one rule is no removal of
 * another one either, but is among `kept` there.
 */
export const withoutAccepted = (findings: readonly Finding[], isKept: IsKept): readonly Finding[] => {
  const accepted = removalsOf(findings.filter((finding) => finding.accepted !== undefined))
  const stays = new Set(accepted.map(({ seat }) => keyOfRemoval(seat)))
  return findings.map((finding) => {
    const { removals = [], accepted: isAccepted, ...others } = finding
    if (isAccepted !== undefined) return finding
    const kept = removals.filter((seat) => stays.has(keyOfRemoval(seat)) || isKept(seat))
    if (kept.length === 0) return finding
    const left = removals.filter((seat) => !kept.includes(seat))
    return { ...others, ...(left.length === 0 ? {} : { removals: left }), kept }
  })
}
