/** The permissions of the vendor, by what they are for here; of each list one is enough. Each operation names those that it needs. */
export const LICENSE_VIEW = ['authorization:license:view', 'authorization:grant:add']
export const GRANT_ADD = ['authorization:grant:add']
export const USER_VIEW = ['directory:user:view']
export const BILLING_VIEW = ['billing:subscription:view']
/** Of the partner's client. */
export const CLIENT_BILLING_VIEW = ['affiliateOrganization:clientBilling:view']
export const AGGREGATE_VIEW = ['analytics:userAggregate:view']
