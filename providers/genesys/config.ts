import type { ProviderConfig, TokenConfig, TokenStore } from '../../src/provider-kit/index.ts'

/**
 * Client credentials of an OAuth client whose roles allow reading licenses; tokens from elsewhere; or the token of a person who
 * has signed in, which the command line keeps in `tokens`.
 */
export type GenesysCredentials =
  | { readonly clientId: string; readonly clientSecret: string }
  | TokenConfig
  | { readonly signIn: true; readonly clientId: string; readonly tokens: TokenStore }

/** Where the organization lives: its region (`mypurecloud.ie`, or the AWS name `eu-west-1`), or the addresses themselves. */
export type GenesysPlace =
  | { readonly region: string; readonly apiUrl?: string | undefined; readonly loginUrl?: string | undefined }
  | { readonly apiUrl: string; readonly loginUrl: string }

/**
 * Where what was bought and billed is read. `contracts`: the organization's own contracts, a preview of the vendor, with
 * `billing:subscription:view`. `trustee`: the overview of the partner who sold it, with the partner's own client. `off`
 * (default): nowhere.
 */
export type GenesysBilling = (
  | { readonly source: 'contracts' | 'off' }
  | {
      readonly source: 'trustee'
      /** Of an OAuth client in the partner's organization, with `affiliateOrganization:clientBilling:view`. */
      readonly clientId: string
      readonly clientSecret: string
      /** The id of this organization, the customer's. */
      readonly organizationId: string
    }
) & {
  /**
   * What prices are for, where you know it: the vendor does not say it. With it, costs are made of the prices of products that
   * are counted in users. Default: prices are only shown.
   */
  readonly priceUnit?: 'seat-month' | undefined
}

/**
 * One organization of Genesys Cloud: credentials, region, and how it is read. `id`: default `genesys`. `displayName`:
 * default `Genesys Cloud`.
 */
export type GenesysConfig = ProviderConfig &
  GenesysCredentials &
  GenesysPlace & {
    /** Rows per page, at most 500. Default: 100 users with licenses, 500 people of the directory. */
    readonly pageSize?: number | undefined
    /** Default: off. */
    readonly billing?: GenesysBilling | undefined
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
