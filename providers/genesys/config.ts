import type { ProviderConfig, TokenConfig } from '../../src/provider-kit/index.ts'

/** Client credentials of an OAuth client whose roles allow reading licenses, or tokens from elsewhere. */
export type GenesysCredentials = { readonly clientId: string; readonly clientSecret: string } | TokenConfig

/** Where the organization lives: its region (`mypurecloud.ie`, or the AWS name `eu-west-1`), or the addresses themselves. */
export type GenesysPlace =
  | { readonly region: string; readonly apiUrl?: string | undefined; readonly loginUrl?: string | undefined }
  | { readonly apiUrl: string; readonly loginUrl: string }

/** `id`: default `genesys`. `displayName`: default `Genesys Cloud`. */
export type GenesysConfig = ProviderConfig &
  GenesysCredentials &
  GenesysPlace & {
    /** Rows to ask for on a page, 500 at the most. Default: 100 of users with licenses, 500 of the directory. */
    readonly pageSize?: number | undefined
  }
