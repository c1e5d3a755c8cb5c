import { type Capabilities, supported, unsupported } from 'seatlens/provider-kit'

const notTold = unsupported('not part of GET /products')

export const capabilities: Capabilities = {
  operations: {
    listLicenses: supported,
    getLicense: supported,
    listUsers: supported,
    resumeUsers: supported,
    getUser: supported,
    listWorkspaces: unsupported('Acme sells seats for people only'),
    listHolders: unsupported('Acme lists people with their products, not products with their people'),
    changeAssignments: supported,
  },
  licenseFields: {
    name: supported,
    productCode: unsupported('the id is the stable key'),
    metric: supported,
    services: notTold,
    purchased: supported,
    consumed: supported,
    subscriptionId: notTold,
    siteUrl: notTold,
    includes: notTold,
    requires: notTold,
  },
  userFields: {
    kind: supported,
    status: supported,
    pendingLicenseIds: unsupported('seats take effect at once'),
    displayName: supported,
    email: supported,
    department: unsupported('not part of GET /seats'),
    lastActiveAt: unsupported('not part of GET /seats'),
  },
}
