import type { WebexLicenseDefinition, WebexUnits } from './world.ts'

/** How many seats a license of a seeded organization has. */
type Seats =
  | { readonly kind: 'fixed'; readonly units: number }
  /** As many as there are members: what comes free moves with the organization. */
  | { readonly kind: 'perMember' }
  /** In proportion to those who hold it, workspaces included: 0.9 is over-assigned. */
  | { readonly kind: 'perHolder'; readonly factor: number }

/** One license of every seeded organization. */
export interface CatalogEntry {
  /** Names it within the catalog; the offer code alone is not unique. */
  readonly key: string
  readonly offerCode: string
  readonly name: string
  readonly seats: Seats
  readonly subscription?: 'collaboration' | 'contact-center'
  /** The first label of the site's name. */
  readonly site?: string
  /** For a hundred members, how many workspaces hold it. */
  readonly workspacesPercent?: number
  /** No listing names the workspaces that hold it. */
  readonly workspacesAreUnlisted?: true
  readonly counters?: WebexLicenseDefinition['counters']
}

const fixed = (units: number): Seats => ({ kind: 'fixed', units })
const perHolder = (factor: number): Seats => ({ kind: 'perHolder', factor })
const perMember: Seats = { kind: 'perMember' }

/** Hybrid licenses have counters of 0, however many users hold them. */
export const hybrid: WebexUnits = { consumedUnits: 0, consumedByUsers: 0, consumedByWorkspaces: 0 }

const collaboration = { subscription: 'collaboration' } as const
const contactCenter = { subscription: 'contact-center' } as const

/**
 * Names, offer codes and numbers as a live organization has them, oddities included: two licenses of one name on two sites,
 * counters that are `null`, free licenses at 100 %, one that is over-assigned
 * (`CJPSTD`) and purchased ones without holders.
 */
export const catalog: readonly CatalogEntry[] = [
  {
    key: 'EPC',
    offerCode: 'EPC',
    name: 'Epic Desktop Connector for Webex Contact Center',
    seats: fixed(10),
    ...contactCenter,
  },
  { key: 'MS', offerCode: 'MS', name: 'Advanced Messaging', seats: perHolder(1.25), ...collaboration },
  { key: 'SFDSK', offerCode: 'SFDSK', name: 'Salesforce Desktop Connector', seats: fixed(10), ...contactCenter },
  {
    key: 'BCRLC',
    offerCode: 'BCRLC',
    name: 'Webex Calling - Route List Calls',
    seats: fixed(10),
    counters: { consumedUnits: 0, consumedByUsers: null, consumedByWorkspaces: null },
    ...collaboration,
  },
  { key: 'CJPPRM', offerCode: 'CJPPRM', name: 'Contact Center Premium Agent', seats: perHolder(1.5), ...contactCenter },
  {
    key: 'SD',
    offerCode: 'SD',
    name: 'Webex Room Kit',
    seats: perHolder(1.3),
    workspacesPercent: 3,
    workspacesAreUnlisted: true,
    ...collaboration,
  },
  {
    key: 'EE-emea',
    offerCode: 'EE',
    name: 'Webex Meetings Suite',
    seats: perHolder(1.1),
    site: 'example-emea',
    ...collaboration,
  },
  {
    key: 'EE-apac',
    offerCode: 'EE',
    name: 'Webex Meetings Suite',
    seats: perHolder(2),
    site: 'example-apac',
    ...collaboration,
  },
  {
    key: 'BCSTD',
    offerCode: 'BCSTD',
    name: 'Webex Calling - Professional',
    seats: perHolder(1.05),
    workspacesPercent: 1,
    ...collaboration,
  },
  {
    key: 'BCCA',
    offerCode: 'BCCA',
    name: 'Webex Calling - Workspaces',
    seats: perHolder(1.2),
    workspacesPercent: 4,
    ...collaboration,
  },
  {
    key: 'CJPSTD',
    offerCode: 'CJPSTD',
    name: 'Contact center Standard Agent',
    seats: perHolder(0.9),
    ...contactCenter,
  },
  {
    key: 'RTT',
    offerCode: 'RTT',
    name: 'Real-Time Translations',
    seats: perHolder(1.4),
    ...collaboration,
  },
  { key: 'CF', offerCode: 'CF', name: 'Advanced Space Meetings', seats: perHolder(1.6), ...collaboration },
  { key: 'BCHDO', offerCode: 'BCHDO', name: 'Webex Calling - Hot desk only', seats: fixed(9) },
  { key: 'CE', offerCode: 'CE', name: 'Hybrid - Exchange Calendar', seats: perMember, counters: hybrid },
  { key: 'CG', offerCode: 'CG', name: 'Hybrid - Google Calendar', seats: perMember, counters: hybrid },
  { key: 'FMS', offerCode: 'FMS', name: 'Basic Messaging', seats: perMember },
  { key: 'FSS', offerCode: 'FSS', name: 'Free screen share', seats: perMember },
  { key: 'FTC', offerCode: 'FTC', name: 'Call on Webex (1:1 call, non-PSTN)', seats: perMember },
  { key: 'FTM', offerCode: 'FTM', name: 'Basic Space Meetings', seats: perMember },
  { key: 'HM', offerCode: 'HM', name: 'Hybrid - Message', seats: perMember, counters: hybrid },
  {
    key: 'UCPREM',
    offerCode: 'UCPREM',
    name: 'Unified Communication Manager (UCM)',
    seats: perMember,
    counters: hybrid,
  },
]
