import type pg from 'pg'
import type { LicenseProvider } from 'seatlens'
import { createGenesysProvider } from 'seatlens/genesys'
import type { TokenStore } from 'seatlens/node'
import {
  createWebexCredentials,
  createWebexProvider,
  type ProviderRuntime,
  type TransportEvent,
  type WebexConfig,
} from 'seatlens/webex'
import type { Log } from './log.ts'
import { createSharedBudget } from './rates.ts'
import type { Renewals } from './renewals.ts'
import type { Sealing } from './sealing.ts'
import type { Credential, Organization, Settings } from './settings.ts'
import { createTokenStore } from './tokens.ts'

type WebexCredential = Extract<Credential, { readonly type: 'webex' }>
type WebexCredentials =
  | { readonly accessToken: string }
  | {
      readonly clientId: string
      readonly clientSecret: string
      readonly refreshToken: string
      readonly tokens?: TokenStore
    }

type Make = (organization: Organization, fetch: ProviderRuntime['fetch']) => LicenseProvider

export interface ProviderSurroundings {
  /** The name of this worker. Vendors get it with each request, for their logs and their support. */
  readonly worker: string
  readonly pool: pg.Pool
  /** Absent where no credential has a refresh token. */
  readonly rotating?:
    | { readonly databaseUrl: string; readonly sealing: Sealing; readonly renewals: Renewals; readonly log: Log }
    | undefined
  readonly onEvent?: ((event: TransportEvent) => void) | undefined
}

const fetchAs =
  (userAgent: string): ProviderRuntime['fetch'] =>
  (url, init) =>
    fetch(url, { ...init, headers: { ...init.headers, 'user-agent': userAgent } })

/** Organizations of one credential share its rate and its tokens. Organizations of different ones share nothing. */
export const createProviders = ({ credentials, organizations }: Settings, around: ProviderSurroundings) => {
  const { pool, worker, rotating, onEvent } = around
  const settingsOf = new Map(credentials.map((credential) => [credential.id, credential]))
  const opened = new Map<string, Make>()
  let snapshots = 0

  const secretsOf = (credential: WebexCredential): WebexCredentials => {
    if (!('refreshToken' in credential)) return { accessToken: credential.accessToken }
    const { id, clientId, clientSecret, refreshToken } = credential
    if (rotating === undefined) return { clientId, clientSecret, refreshToken }
    const { databaseUrl, sealing, renewals, log: say } = rotating
    const store = createTokenStore({ pool, databaseUrl, credential: id, sealing, worker, say })
    const tokens = renewals.storeOf(credential, store)
    return { clientId, clientSecret, refreshToken, tokens }
  }

  const open = (credential: Credential): Make => {
    const { id, requestsPerMinute, concurrency, apiUrl, retry } = credential
    const runtime: ProviderRuntime = {
      onEvent,
      budget: createSharedBudget(pool, id, { requestsPerMinute, concurrency }),
    }
    if (credential.type === 'genesys') {
      const { clientId, clientSecret, region, loginUrl } = credential
      return ({ id, name: displayName }, fetch) =>
        createGenesysProvider(
          { id, displayName, clientId, clientSecret, region, apiUrl, loginUrl, retry },
          { ...runtime, fetch },
        )
    }
    const config: WebexConfig = { apiUrl, retry, ...secretsOf(credential) }
    const shared = { ...runtime, credentials: createWebexCredentials({ ...config, id }, runtime) }
    return ({ id, name: displayName, orgId }, fetch) =>
      createWebexProvider({ ...config, id, displayName, orgId }, { ...shared, fetch })
  }

  const byId = new Map(organizations.map((organization) => [organization.id, organization]))
  return (id: string): LicenseProvider | undefined => {
    const organization = byId.get(id)
    const credential = organization === undefined ? undefined : settingsOf.get(organization.credential)
    if (organization === undefined || credential === undefined) return undefined
    const make = opened.get(credential.id) ?? open(credential)
    opened.set(credential.id, make)
    return make(organization, fetchAs(`seatlens-fleet (${worker}; snapshot ${++snapshots})`))
  }
}
