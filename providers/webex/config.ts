import type { ProviderConfig, TokenConfig, TokenStore } from '../../src/provider-kit/index.ts'

/** An access token, or what a new one is obtained with. */
export type WebexCredentials =
  | TokenConfig
  | {
      /** Of the integration or the service app. */
      readonly clientId: string
      readonly clientSecret: string
      /**
       * The first one. The one that the vendor rotated it to, in `tokens`, is used in its place, until you configure another
       * one. Default: that of the person who has signed in, from `tokens`.
       */
      readonly refreshToken?: string | undefined
      /**
       * Keeps rotated tokens from one run to the next, such as `createFileTokenStore` of `seatlens/node`. Default: nothing is
       * kept, and the next run starts with `refreshToken` again.
       */
      readonly tokens?: TokenStore | undefined
    }

/**
 * Where the users come from. `licenses`: the holders of every license, one request for 300 of them; the only route that
 * names external holders. `people`: the list of all people of the organization, 1,000 a request; also names people
 * without a license. `both`: the holders of every license, and what the list of people tells of them: status, department,
 * all addresses, last activity.
 */
export type WebexUserSource = 'both' | 'licenses' | 'people'

/** One organization of Cisco Webex: credentials, and how it is read. `id`: default `webex`. `displayName`: default `Webex`. */
export type WebexConfig = ProviderConfig &
  WebexCredentials & {
    /** A managed organization, for partners. Default: the organization of the token. */
    readonly orgId?: string | undefined
    /** Default: `https://webexapis.com/v1`. FedRAMP: `https://api-usgov.webex.com/v1`. */
    readonly apiUrl?: string | undefined
    /** Default: `both`. */
    readonly userSource?: WebexUserSource | undefined
    /**
     * Reads the accounts of the identity service (SCIM 2) too: cost center, division, manager, employee number and the
     * status of the account, one request for 100 accounts. Needs the scope `identity:people_read`, and `userSource` `both`.
     * Default: false.
     */
    readonly scim?: boolean | undefined
    /**
     * Reads the devices too, for how many each workspace has, and when the last of them was seen. Costs the requests of
     * another list, and needs the scope `spark-admin:devices_read`. Default: false.
     */
    readonly devices?: boolean | undefined
    /**
     * Reads who holds hybrid licenses from the memberships of resource groups too: Webex counts nothing of these licenses.
     * Costs the requests of another list, for users and for workspaces each, and needs the scope
     * `spark-admin:resource_group_memberships_read`. Not with `userSource` `people`. Default: false.
     */
    readonly hybridMemberships?: boolean | undefined
    /**
     * Rows per page. Default and maximum: 300 holders of a license, 1,000 people. Of workspaces and devices: default what
     * Webex gives, maximum 1,000.
     */
    readonly pageSize?: number | undefined
  }
