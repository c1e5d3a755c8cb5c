import {
  type AssignmentChange,
  type CallingProperties,
  type ChangeRemark,
  type ChangeSurroundings,
  changesByUser,
  isAlreadySo,
  type License,
  type LicensedUser,
  type UserChanges,
} from '../../src/provider-kit/index.ts'
import {
  type CallingProduct,
  callingProductOf,
  isCalling,
  offerCodeIn,
  takesCallingSettings,
} from './calling-products.ts'
import { idKey } from './hydra-id.ts'

type Remark = Omit<ChangeRemark, 'change'>

const problem = (rule: string, message: string): Remark => ({ severity: 'problem', rule, message })
const warning = (rule: string, message: string): Remark => ({ severity: 'warning', rule, message })

const E164 = /^\+[1-9]\d{1,14}$/
/** As the vendor's own example of a phone number has it. */
const WITHOUT_PLUS = /^[1-9]\d{1,14}$/
const DIGITS = /^\d+$/

const malformedNumber = (phoneNumber: string | undefined): readonly Remark[] => {
  if (phoneNumber === undefined || E164.test(phoneNumber)) return []
  const example = 'the phone number is not in E.164 form, for example +15551234567'
  return WITHOUT_PLUS.test(phoneNumber)
    ? [warning('malformed-phone-number', `${example}; it is sent without a +, as an example of Webex has it`)]
    : [problem('malformed-phone-number', example)]
}

const malformed = ({ phoneNumber, extension }: CallingProperties): readonly Remark[] => [
  ...malformedNumber(phoneNumber),
  ...(extension === undefined || DIGITS.test(extension)
    ? []
    : [problem('malformed-extension', 'the extension has something else than digits')]),
]

/** What is certain of Professional and Standard is likely of the other licenses for calling. */
const missing = (product: CallingProduct | undefined, calling: CallingProperties): readonly Remark[] => {
  if (!isCalling(product)) return []
  const remark = product === 'otherCalling' ? warning : problem
  const { locationId, phoneNumber, extension } = calling
  if (phoneNumber !== undefined) return []
  if (extension === undefined) {
    return [remark('missing-calling-properties', 'a calling license needs a phone number or an extension')]
  }
  return locationId === undefined
    ? [remark('missing-location', 'a calling license without a phone number needs a location')]
    : []
}

const PEOPLE_READ = 'spark-admin:people_read'

/** What one change says, whatever else the user holds. */
const remarksOnAssignment = (product: CallingProduct | undefined, calling: CallingProperties = {}) => {
  const unused = product === undefined || product === 'unifiedCM'
  return [
    ...missing(product, calling),
    ...malformed(calling),
    ...(unused && Object.keys(calling).length > 0
      ? [warning('unused-calling-properties', 'calling properties are given for a license that is not for calling')]
      : []),
  ]
}

const remarksOnRemoval = (
  product: CallingProduct | undefined,
  offerCode: string | undefined,
  isHidden: boolean,
): readonly Remark[] => {
  if (offerCode === 'FSS') {
    return [problem('implicit-license', 'Screen Share is assigned implicitly and cannot be removed')]
  }
  if (offerCode === 'FMS' || offerCode === 'FTM') {
    const message = 'Webex refuses to remove this free license from whoever keeps paid ones that presuppose it'
    return [warning('presupposed-license', message)]
  }
  if (!takesCallingSettings(product)) return []
  const lost =
    'removing a calling license wipes forwarding rules, voicemail and other calling settings; nothing restores them'
  const hidden = `undo cannot restore number, extension and location: these credentials do not show them (${PEOPLE_READ} is needed, and no external user has them)`
  return [warning('calling-settings-lost', lost), ...(isHidden ? [warning('cannot-restore-calling', hidden)] : [])]
}

/** Products that Webex does not let anybody hold together, or most likely not. */
const EXCLUSIVE: readonly (readonly [CallingProduct, CallingProduct])[] = [
  ['standard', 'attendantConsole'],
  ['standard', 'customerExperience'],
  ['professional', 'unifiedCM'],
  ['standard', 'unifiedCM'],
]

/** The products that a user would hold, as far as it is known what they hold now, and those that they would lose. */
interface Holding {
  readonly isKnown: boolean
  readonly after: ReadonlySet<CallingProduct | undefined>
  readonly lost: ReadonlySet<CallingProduct | undefined>
}

/** What an assignment does beside all else that the user would hold. */
const remarksOnHolding = (
  product: CallingProduct | undefined,
  { isKnown, after, lost }: Holding,
): readonly Remark[] => {
  if (product === undefined) return []
  const isOneOf = (kinds: readonly CallingProduct[]) => kinds.includes(product)
  const both = after.has('professional') && after.has('standard')
  return [
    ...(both && isOneOf(['professional', 'standard'])
      ? [problem('professional-and-standard-calling', 'nobody can hold Professional and Standard calling together')]
      : []),
    ...(product === 'standard' && lost.has('professional')
      ? [warning('calling-downgrade', 'Webex documents that it refuses to change Professional to Standard calling')]
      : []),
    ...(EXCLUSIVE.some((pair) => isOneOf(pair) && pair.every((kind) => after.has(kind)))
      ? [warning('exclusive-licenses', 'Webex may refuse this license beside another one that the user would hold')]
      : []),
    ...(product === 'attendantConsole' && isKnown && !after.has('professional')
      ? [warning('presupposed-license', 'Attendant Console presupposes Professional calling')]
      : []),
  ]
}

const CONTRADICTION = problem(
  'contradicting-changes',
  'another change of the same license for the same user says something else',
)

/** What is known of the credentials. */
export interface ReviewConditions {
  /** Whether People were asked for and these credentials were not shown them. Default: false, they are or may be. */
  readonly arePeopleHidden?: boolean
}

const reviewUser = (
  { wanted, contradictory }: UserChanges,
  user: LicensedUser | undefined,
  licenses: ReadonlyMap<string, License>,
  { arePeopleHidden = false }: ReviewConditions,
): readonly ChangeRemark[] => {
  const licenseOf = (licenseId: string) => licenses.get(idKey(licenseId))
  const productOf = (licenseId: string) => callingProductOf(licenseId, licenseOf(licenseId))
  const productsOf = (licenseIds: Iterable<string>) => new Set([...licenseIds].map(productOf))
  const idsOf = (action: AssignmentChange['action']) =>
    [...wanted.map(({ change }) => change), ...contradictory].flatMap((change) =>
      change.action === action ? change.licenseId : [],
    )
  const lost = idsOf('remove')
  const lostKeys = new Set(lost.map(idKey))
  const kept = (user?.licenseIds ?? []).filter((licenseId) => !lostKeys.has(idKey(licenseId)))
  const after = [...kept, ...idsOf('assign')]
  const holding = { isKnown: user !== undefined, after: productsOf(after), lost: productsOf(lost) }
  const isHidden = arePeopleHidden || user?.kind === 'external'

  const remarksOn = (change: AssignmentChange): readonly Remark[] => {
    if (isAlreadySo(change, user, idKey)) return []
    const { action, licenseId, calling } = change
    const product = productOf(licenseId)
    return action === 'assign'
      ? [...remarksOnAssignment(product, calling), ...remarksOnHolding(product, holding)]
      : remarksOnRemoval(product, offerCodeIn(licenseId, licenseOf(licenseId)), isHidden)
  }
  return [
    ...contradictory.map((change) => ({ change, ...CONTRADICTION })),
    ...wanted.flatMap(({ change, copies }) => {
      const remarks = remarksOn(change)
      return copies.flatMap((copy) => remarks.map((remark) => ({ change: copy, ...remark })))
    }),
  ]
}

/**
 * What Webex is known to refuse, or to do besides, told without a request. A `problem` is what is certain; where the
 * vendor's rules or what a license is are not, it is a `warning`. Nothing is said of changes that would change nothing.
 */
export const reviewChanges = (
  changes: readonly AssignmentChange[],
  surroundings: ChangeSurroundings,
  conditions: ReviewConditions = {},
): readonly ChangeRemark[] => {
  // By the keys of their ids.
  const licenses = new Map([...surroundings.licenses].map(([id, license]) => [idKey(id), license]))
  return [...changesByUser(changes, idKey)].flatMap((user) =>
    reviewUser(user, surroundings.users.get(user.userId), licenses, conditions),
  )
}
