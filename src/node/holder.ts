import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { decode } from '../model/decoder.ts'
import { errorCodeOf } from './error-code.ts'

/** A process that has something to itself: a lock, or a folder. Version 0.1 wrote the first two only. */
export const Holder = t.intersection(
  [
    t.type({ host: t.string, pid: t.number }),
    t.partial({
      /** When the process began: a number is used again, also for the first process of a container that is restarted. */
      started: t.string,
      /** One run of one kernel, where the system tells: containers on one machine share it. */
      boot: t.string,
      /** Within which a number means one process. */
      namespace: t.string,
      /** Of this very thing. */
      token: t.string,
    }),
  ],
  'Holder',
)
export type Holder = t.TypeOf<typeof Holder>

const orUndefined = (text: Promise<string>): Promise<string | undefined> =>
  text.then(
    (found) => found.trim(),
    () => undefined,
  )

/** When a process began, in ticks since the kernel did: the 22nd field; the second one is a name that may have anything in it. */
const startOf = async (pid: number): Promise<string | undefined> => {
  const stat = await orUndefined(readFile(`/proc/${pid}/stat`, 'utf8'))
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

/** This process as the holder of one thing. `token`: what stands for that. */
export const thisProcess = async (token: string): Promise<Holder> => {
  const boot = await orUndefined(readFile('/proc/sys/kernel/random/boot_id', 'utf8'))
  const namespace = await orUndefined(readlink('/proc/self/ns/pid'))
  return {
    host: hostname(),
    pid: process.pid,
    started: (await startOf(process.pid)) ?? String(performance.timeOrigin),
    ...(boot === undefined ? {} : { boot }),
    ...(namespace === undefined ? {} : { namespace }),
    token,
  }
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCodeOf(error) === 'EPERM'
  }
}

/**
 * Whether a holder is still at work, as far as that can be seen from here.
 *
 * Known: of a process that this one can see, by its number and when it began. Of what has the name of this machine and
 * cannot be seen: that it was before a restart, of the machine or of the container. Unknown: what goes on elsewhere, on
 * other machines and in containers of other names. Two containers that share a folder and are given one name at the same
 * time look like one that was restarted; the one whose lock is taken notices before it sends anything more.
 */
export const fateOf = async (holder: Holder, own: Holder): Promise<'at work' | 'gone' | 'unknown'> => {
  const { host, pid, started, boot, namespace } = holder
  const hasSameKernel = boot !== undefined && boot === own.boot
  if (host !== own.host && !(hasSameKernel && namespace === own.namespace)) return 'unknown'
  if (boot !== undefined && own.boot !== undefined && !hasSameKernel) return 'gone'
  const isOwnNumber = pid === own.pid
  const now = isOwnNumber ? own.started : await startOf(pid)
  if (started !== undefined && now !== undefined) return started === now ? 'at work' : 'gone'
  // What this process has says when it began.
  return !isOwnNumber && isRunning(pid) ? 'at work' : 'gone'
}

/** Who has written a file of its own into it; undefined where it is none, or not whole. */
export const readHolder = async (file: string): Promise<Holder | undefined> => {
  try {
    const holder = decode(Holder, JSON.parse(await readFile(file, 'utf8')))
    return E.isRight(holder) ? holder.right : undefined
  } catch {
    return undefined
  }
}
