import { type AssignmentChange, Changes, type LicenseProvider } from '../../src/provider-kit/index.ts'
import { ATTENDANT_CONSOLE, PROFESSIONAL_AND_STANDARD, SCREEN_SHARE } from './assignment-refusals.ts'
import {
  type CallingProduct,
  callingProductOf,
  isCalling,
  offerCodeIn,
  takesCallingSettings,
} from './calling-products.ts'
import { idKey } from './hydra-id.ts'

/** What is certain. */
const problem = (rule: string, message: string): Changes.Remark => ({ severity: 'problem', rule, message })
/** Where the vendor's rules, or what a license is, are not certain. */
const warning = (rule: string, message: string): Changes.Remark => ({ severity: 'warning', rule, message })

const E164 = /^\+[1-9]\d{1,14}$/
/** As the vendor's own example of a phone number has it. */
const WITHOUT_PLUS = /^[1-9]\d{1,14}$/
const DIGITS = /^\d+$/

const NO_E164 = 'the phone number is not in E.164 form, for example +15551234567'

const remarksOnProperties = (
  product: CallingProduct | undefined,
  { calling = {} }: AssignmentChange,
): readonly (Changes.Remark | false)[] => {
  const { locationId, phoneNumber, extension } = calling
  // What is certain of Professional and Standard is likely of the other licenses for calling.
  const missing = product === 'otherCalling' ? warning : problem
  const needsExtension = isCalling(product) && phoneNumber === undefined
  const isOfNoUse = product === undefined || product === 'unifiedCM'
  return [
    needsExtension &&
      extension === undefined &&
      missing('missing-calling-properties', 'a calling license needs a phone number, or an extension and a location'),
    needsExtension &&
      extension !== undefined &&
      locationId === undefined &&
      missing('missing-location', 'a calling license without a phone number needs a location'),
    phoneNumber !== undefined &&
      !E164.test(phoneNumber) &&
      (WITHOUT_PLUS.test(phoneNumber)
        ? warning(
            'malformed-phone-number',
            `${NO_E164}; it is sent without the +, as in an example of the Webex documentation`,
          )
        : problem('malformed-phone-number', NO_E164)),
    extension !== undefined &&
      !DIGITS.test(extension) &&
      problem('malformed-extension', 'the extension must have digits only'),
    isOfNoUse &&
      Object.values(calling).some((property) => property !== undefined) &&
      warning('unused-calling-properties', 'calling properties are given for a license that is not for calling'),
  ]
}

/** Products that Webex most likely does not let one user hold together. */
const EXCLUSIVE: readonly (readonly [CallingProduct, CallingProduct])[] = [
  ['standard', 'attendantConsole'],
  ['standard', 'customerExperience'],
  ['professional', 'unifiedCM'],
  ['standard', 'unifiedCM'],
]

type Products = ReadonlySet<CallingProduct | undefined>

/** What an assignment does beside all else that the user would hold, and in place of what they would lose. */
const remarksOnHolding = (
  product: CallingProduct | undefined,
  after: Products,
  lost: Products,
  isUserKnown: boolean,
): readonly (Changes.Remark | false)[] => {
  const areBoth = after.has('professional') && after.has('standard')
  const isExclusive = EXCLUSIVE.some(
    (pair) => pair.some((one) => one === product) && pair.every((one) => after.has(one)),
  )
  return [
    areBoth &&
      (product === 'professional' || product === 'standard') &&
      problem('professional-and-standard-calling', PROFESSIONAL_AND_STANDARD),
    product === 'standard' &&
      lost.has('professional') &&
      warning('calling-downgrade', 'Webex documents that it refuses to change Professional to Standard calling'),
    isExclusive &&
      warning('exclusive-licenses', 'Webex may refuse this license together with another one that the user would hold'),
    product === 'attendantConsole' &&
      isUserKnown &&
      !after.has('professional') &&
      warning('presupposed-license', ATTENDANT_CONSOLE),
  ]
}

const NOT_REMOVED = problem('implicit-license', SCREEN_SHARE)
const PRESUPPOSED = warning(
  'presupposed-license',
  'Webex refuses to remove this free license from a user who keeps paid ones that require it',
)
const SETTINGS_LOST: Changes.Remark = {
  ...warning(
    'calling-settings-lost',
    'Webex deletes forwarding rules, voicemail and other calling settings with a calling license; they do not come back',
  ),
  lostForGood: true,
}
const NOT_RESTORED: Changes.Remark = {
  ...warning(
    'cannot-restore-calling',
    'undo cannot restore number, extension and location: these credentials do not show them (spark-admin:people_read is needed, and no external user has them)',
  ),
  lostForGood: true,
}
/**
 * Automatic license assignment gives new users, and existing ones where that is chosen, the licenses of a template of the
 * organization or of a group (help.webex.com/article/n3ijtao). No documented API lists these templates.
 */
const TEMPLATE_MAY_GIVE_BACK: Changes.Remark = {
  ...warning(
    'template-may-give-back',
    'it may come back: a license template in Control Hub that has this license assigns it again; change the template too',
  ),
  about: 'license',
}

/**
 * What Webex is known to refuse or to change implicitly, found without a request. `arePeopleHidden`: whether the last
 * answer about people was that these credentials are not shown any. Default: they are shown.
 */
export const createReview = (
  arePeopleHidden: () => boolean = () => false,
): NonNullable<LicenseProvider['reviewChanges']> =>
  Changes.reviewUserByUser((change, { user, licenseIds, lostLicenseIds, licenseOf }) => {
    const { action, licenseId } = change
    const productOf = (id: string) => callingProductOf(id, licenseOf(id))
    const productsOf = (ids: readonly string[]) => new Set(ids.map(productOf))
    const product = productOf(licenseId)
    const offerCode = offerCodeIn(licenseId, licenseOf(licenseId))
    const isHidden = arePeopleHidden() || user?.kind === 'external'
    const remarks =
      action === 'assign'
        ? [
            ...remarksOnProperties(product, change),
            ...remarksOnHolding(product, productsOf(licenseIds), productsOf(lostLicenseIds), user !== undefined),
          ]
        : [
            offerCode === 'FSS' && NOT_REMOVED,
            (offerCode === 'FMS' || offerCode === 'FTM') && PRESUPPOSED,
            takesCallingSettings(product) && SETTINGS_LOST,
            takesCallingSettings(product) && isHidden && NOT_RESTORED,
            TEMPLATE_MAY_GIVE_BACK,
          ]
    return remarks.filter((remark) => remark !== false)
  }, idKey)
