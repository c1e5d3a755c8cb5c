import type {
  AssignmentChange,
  CallingProperties,
  ChangeRemark,
  ChangeSurroundings,
  License,
  LicensedUser,
} from '../../src/provider-kit/index.ts'
import { type CallingProduct, callingProductOf, isCalling, offerCodeIn } from './calling-products.ts'
import { changesByUser, type UserChanges } from './changes-by-user.ts'
import { idKey } from './hydra-id.ts'
import { isAlreadySo } from './is-already-so.ts'

type Remark = Omit<ChangeRemark, 'change'>

const problem = (rule: string, message: string): Remark => ({ severity: 'problem', rule, message })
const warning = (rule: string, message: string): Remark => ({ severity: 'warning', rule, message })

const E164 = /^\+[1-9]\d{1,14}$/
const DIGITS = /^\d+$/

const malformed = ({ phoneNumber, extension }: CallingProperties): readonly Remark[] => [
  ...(phoneNumber === undefined || E164.test(phoneNumber)
    ? []
    : [problem('malformed-phone-number', 'the phone number is not in E.164 form, for example +15551234567')]),
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

const remarksOnRemoval = (product: CallingProduct | undefined, offerCode: string | undefined): readonly Remark[] => {
  if (offerCode === 'FSS') {
    return [problem('implicit-license', 'Screen Share is assigned implicitly and cannot be removed')]
  }
  if (offerCode === 'FMS' || offerCode === 'FTM') {
    const message = 'Webex refuses to remove this free license from whoever keeps paid ones that presuppose it'
    return [warning('presupposed-license', message)]
  }
  if (!isCalling(product)) return []
  const message =
    "removing a calling license wipes the user's calling settings and location; assigning it again does not bring them back"
  return [warning('removes-calling-settings', message)]
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

const sameProperties = (one: CallingProperties = {}, other: CallingProperties = {}): boolean =>
  one.locationId === other.locationId && one.phoneNumber === other.phoneNumber && one.extension === other.extension

/** The keys of licenses of which changes for one user say different things. */
const contradictionsIn = (changes: readonly AssignmentChange[]): ReadonlySet<string> => {
  const first = new Map<string, AssignmentChange>()
  const contradicted = new Set<string>()
  for (const change of changes) {
    const key = idKey(change.licenseId)
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, change)
    else if (earlier.action !== change.action || !sameProperties(earlier.calling, change.calling)) {
      contradicted.add(key)
    }
  }
  return contradicted
}

const CONTRADICTION = problem(
  'contradicting-changes',
  'another change of the same license for the same user says something else',
)

const reviewUser = (
  { changes }: UserChanges,
  user: LicensedUser | undefined,
  licenses: ReadonlyMap<string, License>,
): readonly ChangeRemark[] => {
  const licenseOf = (licenseId: string) => licenses.get(idKey(licenseId))
  const productOf = (licenseId: string) => callingProductOf(licenseId, licenseOf(licenseId))
  const productsOf = (licenseIds: Iterable<string>) => new Set([...licenseIds].map(productOf))
  const idsOf = (wanted: AssignmentChange['action']) =>
    changes.flatMap(({ action, licenseId }) => (action === wanted ? licenseId : []))
  const lost = new Set(idsOf('remove'))
  const lostKeys = new Set([...lost].map(idKey))
  const kept = (user?.licenseIds ?? []).filter((licenseId) => !lostKeys.has(idKey(licenseId)))
  const after = [...kept, ...idsOf('assign')]
  const holding = { isKnown: user !== undefined, after: productsOf(after), lost: productsOf(lost) }
  const contradicted = contradictionsIn(changes)

  const remarksOn = (change: AssignmentChange): readonly Remark[] => {
    const { action, licenseId, calling } = change
    if (contradicted.has(idKey(licenseId))) return [CONTRADICTION]
    if (isAlreadySo(change, user)) return []
    const product = productOf(licenseId)
    return action === 'assign'
      ? [...remarksOnAssignment(product, calling), ...remarksOnHolding(product, holding)]
      : remarksOnRemoval(product, offerCodeIn(licenseId, licenseOf(licenseId)))
  }
  return changes.flatMap((change) => remarksOn(change).map((remark) => ({ change, ...remark })))
}

/**
 * What Webex is known to refuse, or to do besides, told without a request. A `problem` is what is certain; where the
 * vendor's rules or what a license is are not, it is a `warning`. Nothing is said of changes that would change nothing.
 */
export const reviewChanges = (
  changes: readonly AssignmentChange[],
  surroundings: ChangeSurroundings,
): readonly ChangeRemark[] => {
  // By the keys of their ids.
  const licenses = new Map([...surroundings.licenses].map(([id, license]) => [idKey(id), license]))
  return changesByUser(changes).flatMap((user) => reviewUser(user, surroundings.users.get(user.userId), licenses))
}
