import type { Task } from 'fp-ts/lib/Task.js'
import type { Http, ProviderRuntime, RequestScope } from '../../../src/provider-kit/index.ts'
import { openGenesysAccess } from '../access.ts'
import { clientOf, type GenesysClient } from '../client.ts'
import type { GenesysConfig } from '../config.ts'
import type { Bought } from './bought.ts'
import { readContracts } from './read-contracts.ts'
import { readOverview } from './read-overview.ts'

/** Reads what was bought and billed. Undefined: the configuration does not ask for it. */
export type ReadBought = ((scope: RequestScope) => Task<Bought>) | undefined

/** A way into the API with a partner's own client, whose credentials go to the login host of the same region only. */
export const openPartner = (
  config: GenesysConfig,
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
  runtime: ProviderRuntime,
): Http.ApiAccess => {
  const { id, retry, apiUrl, loginUrl } = config
  const place =
    'region' in config
      ? { region: config.region, apiUrl, loginUrl }
      : { apiUrl: config.apiUrl, loginUrl: config.loginUrl }
  // Credentials and budget of the runtime are those of the customer's client.
  const own = { ...runtime, credentials: undefined, budget: undefined }
  return openGenesysAccess({ id, retry, ...place, clientId, clientSecret }, own)
}

export const openBilling = (
  config: GenesysConfig,
  { provider, clock, events, runtime }: Pick<Http.ApiAccess, 'provider' | 'clock' | 'events' | 'runtime'>,
  client: GenesysClient,
): ReadBought => {
  const { billing } = config
  if (billing === undefined || billing.source === 'off') return undefined
  const reader = { provider, clock, events, client, priceUnit: billing.priceUnit }
  if (billing.source !== 'trustee') return (scope) => readContracts(reader, scope)
  const { organizationId } = billing
  const partner = clientOf(openPartner(config, billing, runtime))
  return (scope) => readOverview({ ...reader, partner, organizationId }, scope)
}
