import {
  createLicenseReport,
  known,
  type LicenseProvider,
  type LicenseReport,
  unlimited,
  withDeclaredLicenses,
} from 'seatlens'
import { createGenesysProvider } from 'seatlens/genesys'
import { createFileTokenStore } from 'seatlens/node'
import { createWebexProvider } from 'seatlens/webex'
import type { ProviderSettings, TenantSettings } from './settings.ts'

export interface Tenant {
  readonly id: string
  readonly name: string
  readonly providers: readonly LicenseProvider[]
  /** Everything that its providers tell, with users and findings. Read at most once a minute, unless `fresh`. */
  readonly report: (fresh?: boolean) => Promise<LicenseReport>
  /** After changes: the next report is a new one. */
  readonly forget: () => void
}

const createProvider = (settings: ProviderSettings): LicenseProvider => {
  if (settings.type === 'genesys') return createGenesysProvider(settings)
  return createWebexProvider(
    'accessToken' in settings ? settings : { ...settings, tokens: createFileTokenStore(settings.tokenFile) },
  )
}

/** With what the configuration says of its licenses. */
const withLicenses = (provider: LicenseProvider, { licenses = {} }: ProviderSettings): LicenseProvider =>
  withDeclaredLicenses(
    provider,
    new Map(
      Object.entries(licenses).map(([license, { purchased, price }]) => [
        license,
        {
          ...(purchased === undefined ? {} : { purchased: purchased === 'unlimited' ? unlimited : known(purchased) }),
          ...(price === undefined ? {} : { prices: [price] }),
        },
      ]),
    ),
  )

const KEPT_MS = 60_000
const REPORT_WITHIN_MS = 5 * 60_000

/** A tenant with providers of its own: tenants share nothing. */
export const createTenant = ({ id, name, providers: settings }: TenantSettings): Tenant => {
  const providers = settings.map((one) => withLicenses(createProvider(one), one))
  const read = createLicenseReport({ detail: true, findings: {}, deadlineMs: REPORT_WITHIN_MS })
  let latest: { readonly report: Promise<LicenseReport>; readonly until: number } | undefined
  return {
    id,
    name,
    providers,
    report: (fresh = false) => {
      if (latest === undefined || fresh || latest.until < performance.now()) {
        // Requests that come while it is read get the same one.
        latest = { report: read(providers)(), until: performance.now() + KEPT_MS }
      }
      return latest.report
    },
    forget: () => {
      latest = undefined
    },
  }
}
