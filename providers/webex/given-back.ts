import {
  type AssignmentChange,
  type ChangeSurroundings,
  type LicenseProvider,
  oncePerLicense,
} from '../../src/provider-kit/index.ts'
import { idKey } from './hydra-id.ts'

type ReviewChanges = NonNullable<LicenseProvider['reviewChanges']>

/** Whether the user holds what is to be removed, as far as that is known. */
const takesSomething =
  ({ users }: ChangeSurroundings) =>
  ({ userId, licenseId }: AssignmentChange): boolean =>
    users.get(userId)?.licenseIds.some((id) => idKey(id) === idKey(licenseId)) ?? true

/**
 * A review that also warns of automatic license assignment: it gives new users, and existing ones where that is chosen, the
 * licenses of a template of the organisation or of a group (help.webex.com/article/n3ijtao). No documented API lists these
 * templates.
 */
export const withGivenBack =
  (review: ReviewChanges): ReviewChanges =>
  (changes, surroundings) => [
    ...review(changes, surroundings),
    ...oncePerLicense(changes.filter(takesSomething(surroundings)), 'remove', {
      severity: 'warning',
      rule: 'template-may-give-back',
      message:
        'it may come back: a license template in Control Hub, where one has this license, assigns it again; change the template too',
    }),
  ]
