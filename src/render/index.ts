/**
 * Every result in every format that the command line prints, as text or in pieces, in Node and in browsers: reports and
 * their layouts, checks, plans, what became of changes, differences, trends, lists of licenses and users, a person.
 *
 * One function a result, with options last: `await renderReport(report, { format: 'html' })`. It resolves to
 * {@link Content}, whose text {@link textOf} has, its bytes {@link bytesOf}, and its pieces, one after the other as they are
 * made, {@link piecesOf}. A content is read once: reading it again throws. What a format needs is loaded with its first use.
 *
 * Names and other foreign text never become markup or a formula. Where people read it (table, Markdown, pages, and all that
 * is made for `columns`, a terminal), a character that a terminal would act on is shown instead. CSV for programs and files
 * has every character as it is.
 */
export { type Bytes, type Content, piecesOf } from '../model/content.ts'
export { didYouMean } from '../model/did-you-mean.ts'
export { numberText, quantity } from '../model/quantity.ts'
export { shownName, shownText } from '../model/shown-text.ts'
export { timeText } from '../model/time-text.ts'
export {
  type CheckFormat,
  type CheckRows,
  checkFormats,
  checkRowFormats,
  filterOfItems,
  itemsLeftOut,
  type RenderCheckOptions,
  renderCheck,
} from './check/render-check.ts'
export { renderDiagnoses } from './diagnosis/render-diagnoses.ts'
export { type DiffFormat, diffFormats, renderDiff } from './diff/render-diff.ts'
export type { ListWriter } from './lists/list-format.ts'
export type { HeldLicense, PersonInProvider } from './lists/person.ts'
export {
  createLicenseWriter,
  createOrganizationWriter,
  createUserWriter,
  type LicenseFormat,
  type ListOptions,
  licenseFormats,
  type NamingOptions,
  type OrganizationFormat,
  type OrganizationRow,
  organizationFormats,
  type PersonFormat,
  personFormats,
  renderPerson,
  type UserFormat,
  userFormats,
} from './lists/render-lists.ts'
export { type Noticed, noticesOf, noticesOfDiff } from './notices.ts'
export {
  type ChangesFormat,
  changesFormats,
  type PlanFormat,
  planFormats,
  type RenderPlanOptions,
  renderChanges,
  renderPlan,
} from './plan/render-plan.ts'
export {
  loadProse,
  type Prose,
  type ProseTarget,
  type RenderOptions,
  type RenderTarget,
} from './rendering.ts'
export { type FailureFormat, failureFormats, renderFailures } from './report/render-failures.ts'
export {
  problemOfLogo,
  type RenderReportOptions,
  type ReportFormat,
  type ReportLayout,
  renderReport,
  reportFormats,
  reportLayouts,
  rowsLeftOut,
  seatsOfFindings,
  showsDetail,
} from './report/render-report.ts'
export type { FoundSeat, FoundSeats } from './report/rows/finding-seats.ts'
export { type RowKind, rowFields, rowKinds, rowMistakesIn } from './rows/row-fields.ts'
export type { RowAccount, RowMistake, RowOptions } from './rows/row-options.ts'
export { bytesOf, textOf } from './text/content.ts'
export { costText, monthlyText } from './text/cost-text.ts'
export { countText } from './text/count-text.ts'
export { unguardFormula } from './text/formula.ts'
export type { Paint } from './text/surface.ts'
export { visibleText } from './text/visible-text.ts'
export { renderTrend, type TrendFormat, trendFormats } from './trend/render-trend.ts'
export { createValueWriter, type ValueFormat, type ValueWriter, valueFormats } from './values/render-values.ts'
export type { TableValue, ValueColumn } from './values/value-text.ts'
export { SheetTooLarge } from './workbook/sheet-too-large.ts'
