/** Cisco Webex: a license provider, and the vendor's Licenses API as it is. */
export * from '../../src/provider-kit/for-callers.ts'
export { createWebexCredentials } from './access.ts'
export type {
  AssignLicenses,
  LicenseIssue,
  LicenseOperation,
  PatchUserLicenses,
  SiteOperation,
  UserLicenses,
  UserSite,
} from './assign-licenses.ts'
export { type WebexAssignmentRefusal, webexAssignmentRefusalOf } from './assignment-refusals.ts'
export {
  type AccountsPage,
  type AccountsQuery,
  type Answer,
  type CursorQuery,
  createWebexClient,
  type HoldersQuery,
  type LicenseDetails,
  type LicenseQuery,
  type MembershipsQuery,
  type PeopleQuery,
  type PersonQuery,
  type SizedQuery,
  type WebexClient,
  type WorkspacesQuery,
} from './client.ts'
export type {
  Account,
  Device,
  License as WebexLicense,
  LicenseUser,
  Membership,
  Person,
  Workspace as WebexWorkspace,
} from './codecs.ts'
export type { WebexConfig, WebexCredentials, WebexUserSource } from './config.ts'
export type { LinkedPage } from './list-reader.ts'
export { webexOrganizations } from './organizations.ts'
export { createWebexProvider } from './provider.ts'
