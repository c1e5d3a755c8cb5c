import { isRawRecord } from '../../../src/simulator-kit/index.ts'
import { type CatalogEntry, catalog } from './catalog.ts'
import { offerCodeIn } from './hydra-id.ts'
import type { WebexOrganization } from './organization.ts'

const DAY_MS = 86_400_000

interface StoryLicense {
  /** Purchased seats for each member. */
  readonly seats: number
  /** Of a seat and a month, in cents. Made up. */
  readonly price: number
}

/** Too few of one license, far too many of some, and as many as are held of the rest. By the key of the catalog. */
const licenses: Readonly<Record<string, StoryLicense>> = {
  MS: { seats: 0.32, price: 400 },
  CJPPRM: { seats: 0.03, price: 11_000 },
  SD: { seats: 0.03, price: 2_200 },
  'EE-emea': { seats: 0.15, price: 1_350 },
  'EE-apac': { seats: 0.08, price: 1_350 },
  BCSTD: { seats: 0.073, price: 1_600 },
  BCCA: { seats: 0.02, price: 850 },
  CJPSTD: { seats: 0.024, price: 7_500 },
  RTT: { seats: 0.011, price: 900 },
  CF: { seats: 0.018, price: 600 },
}

/** When what a subscription has ends, and how long before that a renewal must be canceled, in days. */
const terms: Readonly<Record<string, { readonly endsIn: number; readonly noticeDays: number }>> = {
  collaboration: { endsIn: 190, noticeDays: 90 },
  'contact-center': { endsIn: 300, noticeDays: 60 },
}

/** The `limits` of a configuration for it: phones are ordered early. */
export const storyLimits = { BCSTD: { maxUtilization: 95, keepFree: 5 } }

/** What the company of a story has purchased, by the key of the catalog. */
export const storySeats = (users: number): ReadonlyMap<string, number> =>
  new Map(Object.entries(licenses).map(([key, { seats }]) => [key, Math.max(1, Math.round(users * seats))]))

const dayAfter = (today: number, days: number): string =>
  new Date(today + days * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length)

/** Whether another license has the same offer code, so that it names neither. */
const isShared = (offerCode: string): boolean => catalog.filter((entry) => entry.offerCode === offerCode).length > 1

/** The id of the license of a catalog entry, in an organization that has it. */
const idOf = ({ licenses }: Pick<WebexOrganization, 'licenses'>, { offerCode, site = '' }: CatalogEntry): string =>
  licenses.flatMap((license) => {
    if (isRawRecord(license) || offerCodeIn(license.id) !== offerCode) return []
    return license.siteUrl === undefined || license.siteUrl.startsWith(`${site}.`) ? [license.id] : []
  })[0] ?? offerCode

/** The `licenses` of a configuration for the company of a story: prices and terms, which Webex does not tell. */
export const storyLicenses = (
  organization: Pick<WebexOrganization, 'licenses'>,
  today: number,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    catalog.flatMap((entry) => {
      const { key, offerCode, subscription } = entry
      const license = licenses[key]
      const term = terms[subscription ?? '']
      if (license === undefined || term === undefined) return []
      const { endsIn, noticeDays } = term
      return [
        [
          isShared(offerCode) ? idOf(organization, entry) : offerCode,
          {
            price: { amount: license.price, currency: 'EUR', per: 'seat-month' },
            term: { end: dayAfter(today, endsIn), noticeDays },
          },
        ],
      ]
    }),
  )
