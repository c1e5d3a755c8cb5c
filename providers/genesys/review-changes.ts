import { Changes } from '../../src/provider-kit/index.ts'

/**
 * Automatic license assignment is the default at Genesys Cloud: the permissions of a user's roles decide, and the most
 * expensive one wins (help.mypurecloud.com/articles/assign-roles). No API shows whether it is on.
 */
const ROLES_MAY_GIVE_BACK =
  'it may come back: automatic license assignment, where it is on, gives it to users whose roles need it; change those roles too'

export const reviewChanges = Changes.reviewUserByUser(({ action }) =>
  action === 'remove'
    ? [{ severity: 'warning', rule: 'roles-may-give-back', about: 'license', message: ROLES_MAY_GIVE_BACK }]
    : [],
)
