export { type Baseline, type BaselineNumbers, type CheckFailure, readBaseline } from './baseline.ts'
export {
  type CheckOptions,
  checkReport,
  type ItemFilter,
  suppressionsFor,
  suppressionsOfFindings,
} from './check-report.ts'
export * from './check-result.ts'
