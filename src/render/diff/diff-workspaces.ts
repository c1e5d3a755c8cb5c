import { numberText } from '../../model/quantity.ts'
import type { DiffSeat, SnapshotDiff, WorkspaceDiff } from '../../snapshot/index.ts'
import type { Cell } from '../grid/grid.ts'
import { column, type DiffSection, gridOf } from './diff-section.ts'

const namesOf = (seats: readonly DiffSeat[]): string => seats.map(({ license }) => license).join(', ')

const rowOf = (workspace: WorkspaceDiff): readonly Cell[] => {
  const { provider, id, name = id, change, reason = '' } = workspace
  return [change, name, namesOf(workspace.in), namesOf(workspace.out), provider, reason]
}

/** The workspaces that came, went or hold other licenses, one by one. Only the first of very many are shown. */
export const workspaceSections = (
  { workspaces = [] }: SnapshotDiff,
  max: number,
  allIn: string,
): readonly DiffSection[] => {
  if (workspaces.length === 0) return []
  const columns = [
    column('Change'),
    column('Workspace', 'text', { minimum: 12 }),
    column('New licenses', 'text', { minimum: 12 }),
    column('Lost licenses', 'text', { minimum: 12 }),
    column('Provider', 'text', { minimum: 8 }),
    column('Why', 'text', { minimum: 12 }),
  ]
  return [
    {
      heading: 'Workspaces',
      lines:
        workspaces.length > max
          ? [`the first ${numberText(max)} of ${numberText(workspaces.length)} workspaces; ${allIn} has all`]
          : [],
      grid: gridOf(columns, workspaces.slice(0, max).map(rowOf)),
    },
  ]
}
