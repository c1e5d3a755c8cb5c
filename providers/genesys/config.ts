import type { ProviderConfig, TokenConfig } from '../../src/provider-kit/index.ts'

/** Client credentials of an OAuth client whose roles allow reading licenses, or tokens from elsewhere. */
export type GenesysCredentials = { readonly clientId: string; readonly clientSecret: string } | TokenConfig

/** Where the organization lives: its region (`mypurecloud.ie`, or the AWS name `eu-west-1`), or the addresses themselves. */
export type GenesysPlace =
  | { readonly region: string; readonly apiUrl?: string | undefined; readonly loginUrl?: string | undefined }
  | { readonly apiUrl: string; readonly loginUrl: string }

/**
 * One organization of Genesys Cloud: credentials, region, and how it is read. `id`: default `genesys`. `displayName`:
 * default `Genesys Cloud`.
 */
export type GenesysConfig = ProviderConfig &
  GenesysCredentials &
  GenesysPlace & {
    /** Rows per page, at most 500. Default: 100 users with licenses, 500 people of the directory. */
    readonly pageSize?: number | undefined
    /**
     * `extended`: the directory is asked for employee numbers and locations too. The vendor answers such requests as far as it
     * can, and may refuse them. Default: `standard`.
     */
    readonly directory?: 'standard' | 'extended' | undefined
    /**
     * `presence`: lists of users also tell when users were last online, whatever they signed in with. It takes the permission
     * `analytics:userAggregate:view`, and further requests. Default: `directory`, sign-ins alone.
     */
    readonly activity?: 'directory' | 'presence' | undefined
  }
