export type { PriceTable } from './cost/pricing.ts'
export { createLicenseReport, type LicenseReportOptions, type ReportProgress } from './create-license-report.ts'
export type { FindingOptions } from './findings/report-findings.ts'
export * from './license-report.ts'
