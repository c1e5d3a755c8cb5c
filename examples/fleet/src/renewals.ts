import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TokenStore } from 'seatlens/node'
import type { Credential } from './settings.ts'
import type { AloneStore } from './tokens.ts'

export type RefreshCredential = Extract<Credential, { readonly refreshToken: string }>

/** What the process gets on its standard input: no other one can see it there. */
export interface Renewal {
  readonly databaseUrl: string
  readonly tokenKeys: string
  readonly worker: string
  readonly credential: RefreshCredential
  /** What its messages must not have. */
  readonly secrets: readonly string[]
}

const program = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/src/renew.js' : './renew.js', import.meta.url),
)

/**
 * Renews tokens in processes that outlive the worker. A vendor that rotates refresh tokens has used up the old one when it
 * answers: a worker that is killed just then would take the only copy of the new one with it.
 */
export const createRenewals = ({ databaseUrl, tokenKeys, worker, secrets }: Omit<Renewal, 'credential'>) => {
  const processes = new Set<ChildProcess>()
  const underWay = new Set<Promise<unknown>>()
  let isStopped = false

  const tracked = <A>(work: Promise<A>): Promise<A> => {
    const settled: Promise<unknown> = work.catch(() => {}).then(() => underWay.delete(settled))
    underWay.add(settled)
    return work
  }

  const renew = (credential: RefreshCredential): Promise<void> => {
    // What it says on stderr is for the administrator of the worker.
    const child = spawn(process.execPath, [program], { detached: true, stdio: ['pipe', 'ignore', 'inherit'] })
    processes.add(child)
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', () => resolve())
    })
    child.stdin.on('error', () => {})
    child.stdin.end(JSON.stringify({ databaseUrl, tokenKeys, worker, credential, secrets } satisfies Renewal))
    return tracked(ended).then(() => void processes.delete(child))
  }

  return {
    /**
     * The store of a worker: its renewals are the other process's. What is left to the worker afterwards is to read the new
     * tokens, or to learn from the vendor why there are none.
     */
    storeOf: (credential: RefreshCredential, store: AloneStore): TokenStore => ({
      ...store,
      alone: async (renewal) => {
        await renew(credential)
        return store.alone(() => {
          if (isStopped) throw new Error('the worker was stopped')
          return tracked(renewal())
        })
      },
    }),
    /**
     * Begins no more renewals, and ends those that have spent nothing. Resolves when no process has new tokens that are not in
     * the database, however long that takes.
     */
    stop: async (): Promise<void> => {
      isStopped = true
      for (const child of processes) child.kill('SIGTERM')
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

export type Renewals = ReturnType<typeof createRenewals>
