import {
  type Capabilities,
  everythingSupported,
  type FindingOptions,
  type FindingRule,
  type Ledger,
  type LicenseProvider,
} from '../../src/index.ts'
import { priceTable, reportOn, seatPrice } from './priced.ts'
import { failure } from './reported-organization.ts'

export const prices = priceTable({ one: { a: seatPrice(100), b: seatPrice(30) }, two: { x: seatPrice(1) } })

export const applied = async (
  rule: FindingRule,
  providers: readonly LicenseProvider[],
  findings: FindingOptions = {},
) => {
  const report = await reportOn(providers, { prices, findings })
  return {
    findings: (report.findings ?? []).filter((finding) => finding.rule === rule),
    abstentions: (report.abstentions ?? []).filter((abstention) => abstention.rule === rule),
    idle: report.idleSuppressions,
  }
}

export const withFields = (fields: Partial<Capabilities['userFields']>): Capabilities => ({
  ...everythingSupported,
  userFields: { ...everythingSupported.userFields, ...fields },
})

export const gap: Ledger = {
  pages: 1,
  items: 1,
  repeated: 0,
  undecodable: 0,
  gaps: [{ what: 'page 2', reason: 'refused' }],
  omits: [],
  verdict: 'partial',
}

/** The users' list breaks off after its first page. */
export const brokenOff = { pageSize: 1, onRequest: endsAfterFirstPage() }

function endsAfterFirstPage() {
  return ({ operation, continuation }: { readonly operation: string; readonly continuation?: string | undefined }) =>
    operation === 'listUsers' && continuation !== undefined ? failure('one', 'GET /users') : undefined
}

/** The licenses cannot be listed. */
export const noDefinitions = {
  onRequest: ({ operation }: { readonly operation: string }) =>
    operation === 'listLicenses' ? failure('one', 'GET /licenses') : undefined,
}
