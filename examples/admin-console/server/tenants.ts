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
import { createListProgress, type ListProgress } from './list-progress.ts'
import type { ProviderSettings, TenantSettings } from './settings.ts'

export interface Tenant {
  readonly id: string
  readonly name: string
  readonly providers: readonly LicenseProvider[]
  /** Does some work, and hears how far the lists are that it reads. */
  readonly hearing: ListProgress['hearing']
  /**
   * Everything that its providers tell, with users and findings. It is kept for a minute. `fresh`: read again. All who ask while
   * it is read get the same one.
   */
  readonly report: (fresh?: boolean) => Promise<LicenseReport>
  /** After changes: the next report is a new one. */
  readonly forget: () => void
}

const createProvider = (settings: ProviderSettings, { onEvent }: Pick<ListProgress, 'onEvent'>): LicenseProvider => {
  if (settings.type === 'genesys') return createGenesysProvider(settings, { onEvent })
  return createWebexProvider(
    'accessToken' in settings ? settings : { ...settings, tokens: createFileTokenStore(settings.tokenFile) },
    { onEvent },
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
  const { onEvent, hearing } = createListProgress()
  const providers = settings.map((one) => withLicenses(createProvider(one, { onEvent }), one))
  const read = createLicenseReport({ detail: true, findings: {}, deadlineMs: REPORT_WITHIN_MS })
  let reading: Promise<LicenseReport> | undefined
  let kept: LicenseReport | undefined
  /** Kept from its end on, as a large organization takes longer to read than a report is kept. */
  const keep = (report: LicenseReport): void => {
    kept = report
    setTimeout(() => {
      if (kept === report) kept = undefined
    }, KEPT_MS).unref()
  }
  const begin = (): Promise<LicenseReport> => {
    const begun = read(providers)().then((report) => {
      // Changes may have come between: then this one is for those alone who have asked for it.
      if (reading === begun) {
        reading = undefined
        keep(report)
      }
      return report
    })
    reading = begun
    return begun
  }
  return {
    id,
    name,
    providers,
    hearing,
    report: async (fresh = false) => reading ?? (fresh ? undefined : kept) ?? begin(),
    forget: () => {
      reading = undefined
      kept = undefined
    },
  }
}
