// biome-ignore-all assist/source/organizeImports: in the order in which a reader meets them.
/**
 * One lens over every vendor's license seats: the vocabulary, the provider contract, reports and changes over any provider.
 *
 * Begin with `createLicenseReport` for who holds what, and with `createPlan` and `applyPlan` for changes. Providers come from
 * `seatlens/genesys` and `seatlens/webex`; `seatlens/render` shows results, and `seatlens/node` keeps files.
 */
// The terms: License, LicensedUser, Count, Capacity, Ledger, LicenseError, and their codecs.
export * from './model/index.ts'
// Comparing names, addresses and moments: foldedText, hasAddress, matchLicenses, didYouMean.
export * from './model/comparing.ts'
// Lists that are read page by page.
export {
  type Clock,
  type Collected,
  collect,
  type Page,
  type Paged,
  type PageRequest,
  type ReadList,
  type RequestOptions,
  reduce,
  toReadonlyArray,
} from './paging/index.ts'
// LicenseProvider, which every vendor implements, and its capabilities; prices and what else is declared of licenses.
export * from './contract/index.ts'
// What was bought and billed, and when users were active, by each source that tells.
export * from './contract/purchases.ts'
// createLicenseReport: who holds what, what it costs, and what is worth looking at.
export * from './report/index.ts'
// checkReport: limits and rules for a report, compared with an earlier check.
export * from './check/index.ts'
// createPlan, applyPlan, createUndo: changes with a journal, and taking them back.
export * from './plan/index.ts'
// takeSnapshot, readSnapshot, diffSnapshots, createTrend: what was read, kept and compared.
export * from './snapshot/index.ts'
// parseFilter: the language of filters, for any rows.
export * from './filter/index.ts'
// httpStatusOf: what a server answers for any of their failures.
export { httpStatusOf } from './http-status.ts'
