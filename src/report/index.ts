export { createLicenseReport, type LicenseReportOptions, type ReportProgress } from './create-license-report.ts'
export * from './license-report.ts'
