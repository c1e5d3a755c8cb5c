import type { Ledger } from '../../model/ledger.ts'
import type { Workspace } from '../../model/workspace.ts'
import { LIST_NAMES } from '../../report/report-problems.ts'
import { gapOf } from '../../report/uncertainty.ts'
import type { DiffSeat, WorkspaceDiff } from './snapshot-diff.ts'

/** The workspaces of one provider in one snapshot, and how completely they were read. */
export interface ListedWorkspaces {
  readonly ledger: Ledger
  /** By id. */
  readonly workspaces: ReadonlyMap<string, Workspace>
}

/** What `one` holds and `other` does not. */
const more = (one: Workspace | undefined, other: Workspace | undefined): readonly string[] => {
  const held = new Set(other?.licenseIds)
  return (one?.licenseIds ?? []).filter((id) => !held.has(id))
}

const changeOf = (old: Workspace | undefined, now: Workspace | undefined): WorkspaceDiff['change'] => {
  if (old === undefined) return 'added'
  return now === undefined ? 'removed' : 'changed'
}

/** Nothing is compared where one of the snapshots has no list of them. `nameOf`: what a license is called. */
export const compareWorkspaces = (
  before: ListedWorkspaces | undefined,
  after: ListedWorkspaces | undefined,
  nameOf: (licenseId: string) => string,
): readonly WorkspaceDiff[] => {
  if (before === undefined || after === undefined) return []
  const [gapBefore, gapAfter] = [
    gapOf(before.ledger, LIST_NAMES.workspaces),
    gapOf(after.ledger, LIST_NAMES.workspaces),
  ]
  const seatOf = (licenseId: string): DiffSeat => ({ licenseId, license: nameOf(licenseId) })
  const all = new Map([...after.workspaces, ...before.workspaces])
  return [...all.keys()].flatMap((id): readonly WorkspaceDiff[] => {
    const [old, now] = [before.workspaces.get(id), after.workspaces.get(id)]
    const known = now ?? old
    const [gained, lost] = [more(now, old), more(old, now)]
    const isSame = old !== undefined && now !== undefined && gained.length + lost.length === 0
    if (known === undefined || isSame) return []
    const gap = old === undefined ? gapBefore : now === undefined ? gapAfter : undefined
    const { provider, displayName } = known
    return [
      {
        provider,
        id,
        ...(displayName === undefined ? {} : { name: displayName }),
        change: gap === undefined ? changeOf(old, now) : 'unknown',
        ...(gap === undefined ? {} : { reason: gap }),
        in: gained.map(seatOf),
        out: lost.map(seatOf),
      },
    ]
  })
}
