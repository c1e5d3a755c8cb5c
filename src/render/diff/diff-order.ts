import type { SnapshotDiff } from '../../snapshot/index.ts'

/** One line where the snapshots are the other way round than they usually are, which is no mistake by itself. */
export const orderHint = ({ before, after }: SnapshotDiff): string | undefined =>
  // Beside the times of both, which may be of one minute.
  before.generatedAt > after.generatedAt ? 'the first snapshot is the later one' : undefined
