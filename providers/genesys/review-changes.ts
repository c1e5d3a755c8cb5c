import { type AssignmentChange, type ChangeRemark, oncePerLicense } from '../../src/provider-kit/index.ts'

/**
 * Automatic license assignment is the default at Genesys Cloud: the permissions of a user's roles decide, and the most
 * expensive one wins (help.mypurecloud.com/articles/assign-roles). No API tells whether it is on.
 */
export const reviewChanges = (changes: readonly AssignmentChange[]): readonly ChangeRemark[] =>
  oncePerLicense(changes, 'remove', {
    severity: 'warning',
    rule: 'roles-may-give-back',
    message:
      'it may come back: automatic license assignment, where it is on, gives it to users whose roles need it; change those roles too',
  })
