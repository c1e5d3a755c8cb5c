export { type CostOfSeat, costOfSeatIn } from './cost/cost-of-seat.ts'
export type { PriceTable } from './cost/pricing.ts'
export { createLicenseReport, type LicenseReportOptions, type ReportProgress } from './create-license-report.ts'
export { adviceFor } from './failure-advice.ts'
export { Exemption } from './findings/exemption-codec.ts'
export type { FindingOptions } from './findings/report-findings.ts'
export { Suppression } from './findings/suppression-codec.ts'
export { idleDeclarationsAmong } from './idle-declarations.ts'
export * from './license-report.ts'
export { type GeneralLimits, judgeLimits, type LimitJudgment, type LimitKind } from './limits/judge-limits.ts'
export { type PersonMapping, personMapping } from './link-people.ts'
export {
  type OrganizationProduct,
  type ProductAcrossOrganizations,
  type ProductSeats,
  productsAcrossOrganizations,
} from './organization-products.ts'
export type { ProviderProgress, ReadingProgress, ReadingWatchers } from './provider-reading.ts'
export { LicenseReport } from './report-codec.ts'
export { failuresOfReport, type ReportFailure } from './report-failures.ts'
export { problemOfEnd, problemsOfList, problemsOfReport } from './report-problems.ts'
export { remarksOfReport, remarksToTell } from './report-remarks.ts'
export { type HeldSeats, seatsInUse } from './seats.ts'
export { soundProvider } from './sound/sound-provider.ts'
