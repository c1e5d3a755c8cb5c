import { resolve } from 'node:path'
import { withDeclaredLicenses } from '../../contract/declared-licenses.ts'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import { createRequestBudget } from '../../provider-kit/transport/request-budget.ts'
import type { TransportEvent } from '../../provider-kit/transport/runtime.ts'
import { UsageError } from '../usage-error.ts'
import type { ConfiguredProvider } from './check-configuration.ts'
import { createFileTokenStore } from './file-token-store.ts'
import type { Configuration } from './load-configuration.ts'

const budgetOf = ({ budget }: ConfiguredProvider) =>
  budget.concurrency === undefined && budget.requestsPerMinute === undefined
    ? {}
    : { budget: createRequestBudget(budget) }

const create = (
  configured: ConfiguredProvider,
  folder: string,
  onEvent: (event: TransportEvent) => void,
): LicenseProvider => {
  const provider = configured.create({
    ...budgetOf(configured),
    onEvent,
    openTokenStore: (path = `.seatlens/${configured.id}.token`) => createFileTokenStore(resolve(folder, path)),
  })
  const named = configured.displayName === undefined ? provider : { ...provider, displayName: configured.displayName }
  return configured.declared.size === 0 ? named : withDeclaredLicenses(named, configured.declared)
}

/** The providers of a configuration in its order: all of them, or those asked for. */
export const createProviders = (
  { folder, providers }: Configuration,
  only: readonly string[] | undefined,
  onEvent: (event: TransportEvent) => void,
): readonly LicenseProvider[] => {
  const ids = providers.map(({ id }) => id)
  const unknown = (only ?? []).filter((id) => !ids.includes(id))
  if (unknown.length > 0) {
    throw new UsageError(
      unknown.map((id) => `--provider: expected one of ${ids.join(', ')}, found ${JSON.stringify(id)}`),
    )
  }
  return providers
    .filter(({ id }) => only === undefined || only.includes(id))
    .map((configured) => create(configured, folder, onEvent))
}
