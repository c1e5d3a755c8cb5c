import { resolve } from 'node:path'
import { toPromise } from '../../contract/to-promise.ts'
import { describeError } from '../../model/license-error.ts'
import { numberText } from '../../model/quantity.ts'
import { problemsOfList } from '../../report/report-problems.ts'
import {
  MANIFEST_FILE,
  manifestText,
  type SnapshotContent,
  type SnapshotManifest,
  takeSnapshot,
} from '../../snapshot/index.ts'
import type { SnapshotOptions } from '../commands/snapshot.ts'
import { errorCodeOf } from '../error-code.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { nodeSha256 } from '../node-sha256.ts'
import { notify } from '../output/notify.ts'
import { problemOfFile } from '../problem-of-file.ts'
import { type NewFolder, openNewFolder } from '../snapshot/new-folder.ts'
import { readPseudonyms } from '../snapshot/pseudonym-key.ts'
import { withProviders } from './with-providers.ts'

type Kept = SnapshotManifest['providers'][number]

const errorOf = ({ status, licenses, users }: Kept) =>
  status === 'failed' ? (licenses.error ?? users.error) : undefined

const problemsOf = (kept: Kept): readonly string[] => {
  const { id, licenses, users } = kept
  const error = errorOf(kept)
  if (error !== undefined) return [describeError(error)]
  return [
    ...problemsOfList(id, 'licenses', licenses.ledger),
    ...problemsOfList(id, 'users', users.ledger),
    ...(users.directory === undefined ? [] : problemsOfList(id, 'people in the directory', users.directory)),
  ]
}

const summaryOf = ({ providers, pseudonyms, complete }: SnapshotManifest, output: string): string => {
  const counts = providers.map(
    ({ id, licenses, users }) =>
      `${id}: ${numberText(licenses.ledger.items)} licenses, ${numberText(users.ledger.items)} users`,
  )
  const how = [...(complete ? [] : ['partial']), ...(pseudonyms === undefined ? [] : ['pseudonymized'])]
  return `kept in ${output}${how.length === 0 ? '' : ` (${how.join(', ')})`}: ${counts.join('; ')}`
}

/** Why nothing must be kept, or undefined where something is worth it. */
const reasonToKeepNothing = ({ providers }: SnapshotManifest, signal: AbortSignal): string | undefined => {
  if (signal.aborted) return 'the run was interrupted'
  return providers.every(({ status }) => status === 'failed') ? 'every provider failed' : undefined
}

/** Writes the snapshot. Resolves to why it could not be written; then nothing is there. */
const problemOfKeeping = async (
  folder: NewFolder,
  manifest: SnapshotManifest,
  files: SnapshotContent['files'],
  signal: AbortSignal,
): Promise<string | undefined> => {
  const manifestFile = new TextEncoder().encode(manifestText(manifest))
  try {
    await folder.commit(new Map([...files, [MANIFEST_FILE, [manifestFile]]]), signal)
    return undefined
  } catch (error) {
    if (errorCodeOf(error) === undefined) throw error
    return problemOfFile(error)
  }
}

export const snapshot = async (
  invocation: Invocation,
  { output, provider, verify = false, ...key }: SnapshotOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal, bounds } = invocation
  const pseudonyms = await readPseudonyms(key, environment)
  return withProviders(invocation, provider, async (providers, progress) => {
    const folder = await openNewFolder(resolve(environment.workingDirectory, output), output)
    const { manifest, files } = await toPromise(
      takeSnapshot(providers, {
        ...bounds(),
        verify,
        pseudonyms,
        sha256: nodeSha256,
        onProgress: progress.onProgress,
      }),
    )
    progress.stop()
    const problem =
      reasonToKeepNothing(manifest, signal) === undefined
        ? await problemOfKeeping(folder, manifest, files, signal)
        : undefined
    // Once more, as it may have been interrupted while it was written.
    const nothing = reasonToKeepNothing(manifest, signal)
    for (const line of manifest.providers.flatMap(problemsOf)) notify(environment, line)
    if (nothing !== undefined) notify(environment, `nothing was kept: ${nothing}`)
    else if (problem !== undefined) environment.results.lose(`--output: cannot write ${output}: ${problem}`)
    else notify(environment, summaryOf(manifest, output))
    return manifest.providers.map((kept) => ({ status: kept.status, error: errorOf(kept) }))
  })
}
