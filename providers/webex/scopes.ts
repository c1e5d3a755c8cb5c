/** The scopes of the vendor, by what they are for here. Each operation names those that it needs. */
export const LICENSES_READ = ['spark-admin:licenses_read']
export const PEOPLE_READ = ['spark-admin:people_read']
/** Licenses are changed with the scope for changing people. */
export const PEOPLE_WRITE = ['spark-admin:people_write']
export const WORKSPACES_READ = ['spark-admin:workspaces_read']
export const DEVICES_READ = ['spark-admin:devices_read']
/** The name follows that of the scope for changing them, which alone is documented. */
export const MEMBERSHIPS_READ = ['spark-admin:resource_group_memberships_read']
export const ACCOUNTS_READ = ['identity:people_read']
