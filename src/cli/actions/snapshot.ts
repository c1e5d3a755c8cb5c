import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { accountKept, isWhole, remarksToTell, type SnapshotManifest, takeSnapshot, toPromise } from '../../index.ts'
import { createFileSpool, nodeSha256, openSnapshotFolder, removeOldSnapshots } from '../../node/index.ts'
import { numberText } from '../../render/index.ts'
import type { SnapshotOptions } from '../commands/snapshot.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { type Missing, tellGaps, tellRemarks } from '../output/is-seen.ts'
import { complain, notify } from '../output/notify.ts'
import { readPseudonyms } from '../snapshot/pseudonym-key.ts'
import { UsageError } from '../usage-error.ts'
import { callsOfReport } from './planned-calls.ts'
import { reasonToKeepOld } from './reason-to-keep-old.ts'
import { withReading } from './with-reading.ts'

type Kept = SnapshotManifest['providers'][number]

const errorOf = ({ status, licenses, users }: Kept) =>
  status === 'failed' ? (licenses.error ?? users.error) : undefined

const gapsOf = (kept: Kept): readonly Missing[] =>
  accountKept(kept).problems.map((line) => ({
    provider: kept.id,
    error: errorOf(kept),
    message: `${kept.id}: ${line}`,
  }))

/** What else is to be said of the lists that were kept. */
const remarksOf = ({ id, licenses, users, workspaces }: Kept): readonly string[] => {
  const { directory } = users
  const ledgers = { licenses: licenses.ledger, assignments: users.ledger, directory, workspaces: workspaces?.ledger }
  return remarksToTell({ providers: [{ id, ledgers }] })
}

/** How much of a list is kept. Zero is known, and a list with a gap may have more than was read. */
const keptText = ({ ledger }: Kept['licenses'], what: string): string => {
  const count = `${numberText(ledger.items)} ${what}`
  if (isWhole(ledger)) return count
  // Rows may be missing, and rows may be there that are no more.
  if (ledger.verdict === 'mismatch') return `${count} (the list changed)`
  return ledger.items === 0 ? `${what} unknown` : `at least ${count}`
}

const countsOf = ({ id, status, licenses, users }: Kept): string => {
  const failed = status === 'failed' ? 'failed, ' : ''
  return `${id}: ${failed}${keptText(licenses, 'licenses')}, ${keptText(users, 'users')}`
}

const summaryOf = ({ providers, pseudonyms, complete }: SnapshotManifest, output: string): string => {
  const counts = providers.map(countsOf)
  const how = [...(complete ? [] : ['partial']), ...(pseudonyms === undefined ? [] : ['pseudonymized'])]
  return `kept in ${output}${how.length === 0 ? '' : ` (${how.join(', ')})`}: ${counts.join('; ')}`
}

/** Removes older snapshots, and tells of them. Resolves to what that means for the exit code. */
const removeOlder = async (
  { environment, signal }: Invocation,
  path: string,
  keep: number,
): Promise<readonly ProviderOutcome[]> => {
  const result = await removeOldSnapshots(path, { keep, signal })()
  if (E.isLeft(result)) {
    complain(environment, `--keep: nothing was removed: ${result.left.message}`)
    return [{ status: 'partial' }]
  }
  const { removed, left } = result.right
  if (removed.length > 0) notify(environment, `--keep ${keep}: removed ${removed.join(', ')}`)
  for (const { name, problem, failed } of left) {
    const tell = failed ? complain : notify
    tell(environment, `--keep ${keep}: left ${name}: ${problem}`)
  }
  return left.some(({ failed }) => failed) ? [{ status: 'partial' }] : []
}

export const snapshot = async (
  invocation: Invocation,
  { output, keep, provider, verify = false, ...key }: SnapshotOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal, bounds } = invocation
  const pseudonyms = await readPseudonyms(key, environment)
  return withReading(invocation, { only: provider, calls: callsOfReport({ verify }) }, async (providers, progress) => {
    const path = resolve(environment.workingDirectory, output)
    const folder = await openSnapshotFolder(path, { platform: environment.platform })()
    const cannotKeep = (problem: string) => `--output: cannot write ${output}: ${problem}`
    if (E.isLeft(folder)) throw new UsageError([cannotKeep(folder.left.problem)])
    environment.files.writes(path, output, '--output')
    progress.begin(providers)
    const spool = createFileSpool(path)
    try {
      const taken = await takeSnapshot(providers, {
        ...bounds(),
        verify,
        pseudonyms,
        sha256: nodeSha256,
        spool,
        onProgress: progress.onProgress,
        onProvider: progress.onProvider,
      })()
      progress.stop()
      if (E.isLeft(taken) && taken.left._tag === 'SnapshotNotMade' && taken.left.function === 'spool') {
        environment.results.lose(cannotKeep(spool.problem() ?? taken.left.message))
        return []
      }
      const content = await toPromise(TE.fromEither(taken))
      const { manifest } = content
      const isKept = reasonToKeepOld(manifest, signal) === undefined
      const written = isKept ? await folder.right.write(content, { signal })() : undefined
      // Once more, as it may have been interrupted while it was written.
      const nothing = reasonToKeepOld(manifest, signal)
      tellGaps(environment, manifest.providers.flatMap(gapsOf), false)
      tellRemarks(environment, manifest.providers.flatMap(remarksOf))
      if (nothing !== undefined) complain(environment, `nothing was kept: ${nothing}`)
      else if (written !== undefined && E.isLeft(written)) environment.results.lose(cannotKeep(written.left.problem))
      else notify(environment, summaryOf(manifest, output))
      const isThere = written !== undefined && E.isRight(written)
      const others = isThere && keep !== undefined ? await removeOlder(invocation, path, keep) : []
      return [...manifest.providers.map((kept) => ({ status: kept.status, error: errorOf(kept) })), ...others]
    } finally {
      spool.close()
    }
  })
}
