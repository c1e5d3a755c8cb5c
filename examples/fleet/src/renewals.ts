import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TokenStore } from 'seatlens/node'
import type { Credential } from './settings.ts'

export type RefreshCredential = Extract<Credential, { readonly refreshToken: string }>

/** What the process gets on its standard input: no other one can see it there. */
export interface Renewal {
  readonly databaseUrl: string
  readonly tokenKeys: string
  readonly worker: string
  readonly credential: RefreshCredential
}

const program = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/src/renew.js' : './renew.js', import.meta.url),
)

/**
 * Renews tokens in processes that outlive the worker. A vendor that rotates refresh tokens has used up the old one when it
 * answers: a worker that is killed just then would take the only copy of the new one with it.
 */
export const createRenewals = ({ databaseUrl, tokenKeys, worker }: Omit<Renewal, 'credential'>) => {
  const underWay = new Set<Promise<void>>()

  const renew = async (credential: RefreshCredential): Promise<void> => {
    const child = spawn(process.execPath, [program], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', () => resolve())
    })
    child.stdin.on('error', () => {})
    child.stdin.end(JSON.stringify({ databaseUrl, tokenKeys, worker, credential } satisfies Renewal))
    underWay.add(ended)
    await ended
    underWay.delete(ended)
  }

  return {
    /**
     * The store of a worker: its renewals are the other process's. What is left to the worker afterwards is to read the new
     * tokens, or to learn from the vendor why there are none.
     */
    storeOf: (credential: RefreshCredential, store: TokenStore): TokenStore => ({
      ...store,
      alone: async (renewal) => {
        await renew(credential)
        return store.alone === undefined ? renewal() : store.alone(renewal)
      },
    }),
    /** Resolves when none is under way. */
    settled: async (): Promise<void> => {
      await Promise.all(underWay)
    },
  }
}

export type Renewals = ReturnType<typeof createRenewals>
