import { createHash } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { decode } from '../model/decoder.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { AnswerKeeper, KeptAnswer, ReadingRequest } from '../provider-kit/transport/kept-answers.ts'
import {
  answerLine,
  type CheckpointHead,
  forgetLine,
  headLine,
  type Place,
  readCheckpoint,
} from './checkpoint-lines.ts'
import { evenWhileInUse } from './even-while-in-use.ts'
import { checkedPath, type FileFailure, failureAt, failureOfWriting } from './file-failure.ts'
import { type FileLock, heldText, lockFile } from './file-lock.ts'
import { problemOfFile } from './problem-of-file.ts'

/** What a run that keeps its answers does with those of an earlier one. */
export interface OpenCheckpointOptions {
  /** What the run is configured with, without secrets. Answers of a run that was configured otherwise are not used. */
  readonly configuration: unknown
  /** Older answers are not used: in milliseconds. Default: 24 hours. */
  readonly maxAgeMs?: number | undefined
  /** Further answers are not kept once the file has so many bytes. Default: 4 GiB. */
  readonly maxBytes?: number | undefined
  /**
   * Told, in one line for people, what happens to the answers of the earlier run, and why an answer is not kept. What it throws
   * is not caught. Default: nothing is said.
   */
  readonly onRemark?: ((line: string) => void) | undefined
  /** Milliseconds since the epoch. Default: the system's clock. */
  readonly now?: (() => number) | undefined
}

/** The answers of a run in a file, from which a run that was stopped goes on. */
export interface Checkpoint {
  /** For `answers` of the runtime of all providers of the run. */
  readonly answers: AnswerKeeper
  /** How many answers of the earlier run were used. */
  readonly used: () => number
  /** Whether a request has failed in a way in which it may succeed later, so that going on is of use. */
  readonly isUnfinished: () => boolean
  /** Closes the file. `isDone`: nothing is to be gone on with, and the file goes. A second call does nothing more. */
  readonly close: (isDone: boolean) => Promise<void>
}

const Head: t.Type<CheckpointHead> = t.type(
  {
    format: t.literal('seatlens-checkpoint'),
    schemaVersion: t.literal(1),
    startedAt: t.string,
    configuration: t.string,
  },
  'CheckpointHead',
)

const Answer: t.Type<KeptAnswer> = t.type(
  { status: t.number, headers: t.record(t.string, t.string), body: t.unknown },
  'KeptAnswer',
)

const DAY_MS = 24 * 60 * 60 * 1_000
const MAX_BYTES = 4 * 1_024 ** 3

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')

/** What is asked, without showing it: addresses of requests may have names of people in them. */
const keyOf = ({ provider, method, url, json }: ReadingRequest): string => hashOf([provider, method, url, json ?? null])

const mayComeLater = ({ _tag }: LicenseError): boolean =>
  _tag === 'DeadlineExceeded' || _tag === 'RateLimited' || _tag === 'Unavailable' || _tag === 'AuthenticationFailed'

const headIn = (text: string): CheckpointHead | undefined => {
  try {
    const head = decode(Head, JSON.parse(text))
    return E.isRight(head) ? head.right : undefined
  } catch {
    return undefined
  }
}

/**
 * The kept answers of one provider. The first of them that is asked for is asked for anew, to see that they are of the same
 * organization and that it has not changed since.
 */
interface Kept {
  readonly places: Map<string, Place[]>
  state: 'unchecked' | 'same'
  /** While it is compared. */
  checking?: { readonly key: string; readonly done: Promise<void>; readonly end: () => void } | undefined
}

const openCheck = (key: string): NonNullable<Kept['checking']> => {
  let end = () => {}
  const done = new Promise<void>((resolve) => {
    end = resolve
  })
  return { key, done, end }
}

const openKeeper = (
  handle: FileHandle,
  kept: Map<string, Kept>,
  begin: number,
  { maxBytes = MAX_BYTES, onRemark = () => {} }: OpenCheckpointOptions,
) => {
  let size = begin
  let used = 0
  let isUnfinished = false
  let isFull = false
  let writing: Promise<unknown> = Promise.resolve()

  /** One after the other, and each as a whole: what is half written by a run that is killed is at the end. */
  const append = (line: string): Promise<void> => {
    const write = async () => {
      const bytes = Buffer.from(line)
      if (isFull) return
      try {
        if (size + bytes.length > maxBytes) throw new Error(`it has ${maxBytes} bytes`)
        for (let at = 0; at < bytes.length; ) {
          const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, size + at)
          at += bytesWritten
        }
        size += bytes.length
      } catch (error) {
        isFull = true
        await handle.truncate(size).catch(() => {})
        onRemark(`further answers are not kept: ${problemOfFile(error)}`)
      }
    }
    const written = writing.then(write)
    writing = written
    return written
  }

  const readAt = async ({ at, length }: Place): Promise<KeptAnswer | undefined> => {
    try {
      const { buffer } = await handle.read(Buffer.alloc(length), 0, length, at)
      const answer = decode(Answer, JSON.parse(buffer.toString('utf8')))
      return E.isRight(answer) ? answer.right : undefined
    } catch {
      return undefined
    }
  }

  const find: AnswerKeeper['find'] = async (request) => {
    const key = keyOf(request)
    for (;;) {
      const own = kept.get(request.provider)
      const [place] = own?.places.get(key) ?? []
      if (own === undefined || place === undefined) return undefined
      if (own.checking !== undefined) {
        await own.checking.done
        continue
      }
      if (own.state === 'unchecked') {
        own.checking = openCheck(key)
        return undefined
      }
      own.places.get(key)?.shift()
      const answer = await readAt(place)
      if (answer !== undefined) used += 1
      return answer
    }
  }

  /** Whether what came now is what is kept. */
  const compare = async (
    { provider }: ReadingRequest,
    own: Kept,
    key: string,
    answer: KeptAnswer,
  ): Promise<boolean> => {
    const [place] = own.places.get(key) ?? []
    const before = place === undefined ? undefined : await readAt(place)
    if (before !== undefined && isDeepStrictEqual(before.body, answer.body)) {
      own.state = 'same'
      own.places.get(key)?.shift()
      return true
    }
    kept.delete(provider)
    onRemark(`${provider}: the organization is another one or has changed since; it is read from its beginning`)
    await append(forgetLine(provider))
    return false
  }

  const enter: AnswerKeeper['enter'] = async (request, answer) => {
    const key = keyOf(request)
    const own = kept.get(request.provider)
    const { checking } = own ?? {}
    const came = E.isRight(answer) ? answer.right : undefined
    if (E.isLeft(answer) && mayComeLater(answer.left)) isUnfinished = true
    const isCheck = own !== undefined && checking?.key === key
    const isSame = isCheck && came !== undefined && (await compare(request, own, key, came))
    if (came !== undefined && !isSame) await append(answerLine(request.provider, key, JSON.stringify(came)))
    if (isCheck) {
      own.checking = undefined
      checking?.end()
    }
  }

  return {
    answers: { find, enter },
    used: () => used,
    isUnfinished: () => isUnfinished,
    written: () => writing,
  }
}

const damaged = (path: string, problem: string): FileFailure => failureAt('FileUnusable', path, problem)

/** Why the answers of an earlier run are not used; undefined where they are. */
const whyNot = (
  head: CheckpointHead,
  configuration: string,
  { maxAgeMs = DAY_MS, now = Date.now }: OpenCheckpointOptions,
): string | undefined => {
  if (head.configuration !== configuration) return 'what was kept was read with another configuration'
  const age = now() - Date.parse(head.startedAt)
  return age >= 0 && age <= maxAgeMs ? undefined : 'what was kept is too old'
}

const openFile = async (path: string): Promise<FileHandle> => {
  const handle = await open(path, 'a', 0o600)
  await handle.close()
  const both = await open(path, 'r+')
  await both.chmod(0o600)
  return both
}

const openLocked = async (
  path: string,
  lock: FileLock,
  options: OpenCheckpointOptions,
): Promise<E.Either<FileFailure, Checkpoint>> => {
  const { onRemark = () => {}, now = Date.now } = options
  const handle = await openFile(path)
  const leave = async () => {
    await handle.close()
    await lock.release()
  }
  const refuse = async (problem: string) => {
    await leave()
    return E.left(damaged(path, problem))
  }
  const found = await readCheckpoint(handle)
  const before = found === undefined || 'damaged' in found ? undefined : headIn(found.head)
  const { size } = await handle.stat()
  if (found !== undefined && 'damaged' in found) {
    return refuse(`line ${found.damaged} is not as it was written; delete the file to read everything again`)
  }
  if (before === undefined && size > 0) return refuse('it is no checkpoint of this version')

  const configuration = hashOf(options.configuration)
  const why = before === undefined ? undefined : whyNot(before, configuration, options)
  const kept = new Map<string, Kept>()
  let end = 0
  if (found !== undefined && before !== undefined && why === undefined) {
    for (const line of found.lines) {
      if (line.kind === 'forget') kept.delete(line.provider)
      else {
        const own = kept.get(line.provider) ?? { places: new Map<string, Place[]>(), state: 'unchecked' as const }
        kept.set(line.provider, own)
        own.places.set(line.key, [...(own.places.get(line.key) ?? []), line.place])
      }
    }
    end = found.end
    onRemark(`goes on from what was kept since ${before.startedAt}`)
  } else if (why !== undefined) onRemark(`${why}; everything is read again`)
  await handle.truncate(end)
  if (end === 0) {
    const head: CheckpointHead = {
      format: 'seatlens-checkpoint',
      schemaVersion: 1,
      startedAt: new Date(now()).toISOString(),
      configuration,
    }
    const { bytesWritten } = await handle.write(headLine(head), 0)
    end = bytesWritten
  }
  const { written, ...keeper } = openKeeper(handle, kept, end, options)
  let isClosed = false
  return E.right({
    ...keeper,
    close: async (isDone) => {
      if (isClosed) return
      isClosed = true
      await written()
      await handle.close()
      if (isDone) await evenWhileInUse(() => rm(path, { force: true }))
      await lock.release()
    },
  })
}

/**
 * Opens the checkpoint of a run, or makes one: a file for its owner alone (mode 0600), with the answers to all requests that
 * read something, and neither credentials nor tokens. Each answer is written before it is used, so that a run that is killed
 * loses no more than the requests under way; a machine that loses power may lose more. Fails where the file is something
 * else, damaged, or of a run that is at work.
 */
export const openCheckpoint =
  (path: string, options: OpenCheckpointOptions): TaskEither<FileFailure, Checkpoint> =>
  async () => {
    try {
      const lockName = `${checkedPath(path)}.lock`
      const lock = await lockFile(lockName)
      if (E.isLeft(lock)) return E.left(damaged(path, heldText('it', lock.left, lockName)))
      try {
        return await openLocked(path, lock.right, options)
      } catch (error) {
        await lock.right.release()
        throw error
      }
    } catch (error) {
      return E.left(failureOfWriting(error, path))
    }
  }
