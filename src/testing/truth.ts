import {
  known,
  type License,
  type LicensedUser,
  type LicenseField,
  type NotStated,
  Purchases,
  type Support,
  supportOf,
  type UserField,
  type Workspace,
} from '../provider-kit/index.ts'
import { difference } from './difference.ts'
import { must } from './must.ts'
import type { Stage } from './stage.ts'
import { seatsIn, type WorldLicense, type WorldUser, type WorldWorkspace } from './world.ts'

/** How a field is compared: `told` must be right; `untold` must be right or unknown. */
type Telling = 'told' | 'untold'

/** Whether a field has to be right. A field that the capabilities do not state is not promised. */
export const isTold = ({ support }: Support | NotStated): boolean =>
  support === 'supported' || support === 'conditional'

const telling = (support: Support | NotStated, untold: string | undefined): Telling =>
  isTold(support) && untold === undefined ? 'told' : 'untold'

const licenseTelling = ({ provider, harness }: Stage, field: LicenseField): Telling =>
  telling(supportOf(provider.capabilities, 'licenseFields', field), harness.untold?.licenseFields?.[field])

const userTelling = ({ provider, harness }: Stage, field: UserField): Telling =>
  telling(supportOf(provider.capabilities, 'userFields', field), harness.untold?.userFields?.[field])

const sorted = (value: unknown): unknown => (Array.isArray(value) ? value.map(String).sort() : value)

const isCount = (value: unknown): value is { readonly kind: string } =>
  typeof value === 'object' && value !== null && 'kind' in value

/** Whether a value is unknown or absent. A number or a limit never is. */
const saysUnknown = (value: unknown): boolean =>
  value === undefined ||
  value === 'unknown' ||
  (Array.isArray(value) && value.length === 0) ||
  (isCount(value) && (value.kind === 'unknown' || value.kind === 'notApplicable'))

const compare = (actual: unknown, expected: unknown, how: Telling, what: string): void => {
  if (how === 'untold' && saysUnknown(actual)) return
  const found = difference(sorted(actual), sorted(expected), what)
  must(found === undefined, found ?? '')
}

const LICENSE_FIELDS = [
  'metric',
  'purchased',
  'consumed',
  'subscriptionId',
  'siteUrl',
  'includes',
  'requires',
] as const satisfies readonly LicenseField[]

const USER_FIELDS = [
  'kind',
  'status',
  'pendingLicenseIds',
  'displayName',
  'email',
  'lastActiveAt',
] as const satisfies readonly UserField[]

/** What no list names of its holders is told exactly of the licenses that have such holders. */
const compareOmissions = ({ omits }: License, expected: WorldLicense, what: string): void => {
  const [said, wanted] = [omits?.join('; ') ?? '', expected.omits?.join('; ') ?? '']
  must(
    wanted === '' || said !== '',
    `${what} has holders whom no list names (${wanted}), and does not say so: give it \`omits\``,
  )
  must(
    wanted !== '' || said === '',
    `${what}.omits is "${said}", and the lists name all of its holders: leave \`omits\` out, or have \`asInCatalog\` of the harness give it`,
  )
}

/** The license is the one of the world, as far as the vendor provides its fields. */
export const compareLicense = (stage: Stage, actual: License, expected: WorldLicense): void => {
  const what = `license ${expected.id}`
  must(actual.id === expected.id, `${what} has the id ${actual.id}`)
  must(actual.provider === stage.provider.id, `${what} carries the provider "${actual.provider}"`)
  const nameless = licenseTelling(stage, 'name') === 'untold' && actual.name === actual.id
  must(nameless || actual.name === expected.name, `${what}.name is "${actual.name}", not "${expected.name}"`)
  const truth = { ...expected, consumed: known(seatsIn(stage.world, expected.id)) }
  for (const field of LICENSE_FIELDS) {
    const right = field in truth ? truth[field] : undefined
    compare(actual[field], right, licenseTelling(stage, field), `${what}.${field}`)
  }
  compareOmissions(actual, expected, what)
}

/** The user is the one of the world, as far as the vendor provides its fields; the licenses are exact. */
export const compareUser = (stage: Stage, actual: LicensedUser, expected: WorldUser): void => {
  const what = `user ${expected.id}`
  must(actual.id === expected.id, `${what} has the id ${actual.id}`)
  must(actual.provider === stage.provider.id, `${what} carries the provider "${actual.provider}"`)
  must(new Set(actual.licenseIds).size === actual.licenseIds.length, `${what} holds a license twice`)
  compare(actual.licenseIds, expected.licenseIds, 'told', `${what}.licenseIds`)
  for (const field of USER_FIELDS) {
    // The license listing itself may describe a user without a directory record.
    const how = expected.inDirectory ? userTelling(stage, field) : 'untold'
    compare(actual[field], expected[field], how, `${what}.${field}`)
  }
  const { activity, lastActiveAt } = actual
  const newest = activity && Purchases.lastActiveOf(activity)
  must(
    activity === undefined || newest === lastActiveAt,
    `${what}.lastActiveAt is ${lastActiveAt}, and the newest time in its activity ${newest}`,
  )
}

const byId = <A extends { readonly id: string }>(items: readonly A[], what: string): ReadonlyMap<string, A> => {
  const found = new Map<string, A>()
  for (const item of items) {
    must(!found.has(item.id), `${what} ${item.id} was delivered twice`)
    found.set(item.id, item)
  }
  return found
}

const compareAll = <A extends { readonly id: string }, B extends { readonly id: string }>(
  actual: readonly A[],
  expected: readonly B[],
  what: string,
  compareOne: (actual: A, expected: B) => void,
): void => {
  const found = byId(actual, what)
  for (const one of expected) {
    const match = found.get(one.id)
    must(match !== undefined, `${what} ${one.id} is missing`)
    compareOne(match, one)
  }
  const right = new Set(expected.map(({ id }) => id))
  for (const id of found.keys()) must(right.has(id), `${what} ${id} does not exist at the vendor`)
}

/** What is told of a user in one way is told in another one too; more may be told there. */
export const compareFacts = (actual: LicensedUser, listed: LicensedUser): void => {
  const { raw: _, ...facts } = listed
  const found = new Map<string, unknown>(Object.entries(actual))
  for (const [field, told] of Object.entries(facts)) {
    if (saysUnknown(told)) continue
    const other = difference(sorted(found.get(field)), sorted(told), `user ${listed.id}.${field}`)
    must(other === undefined, `${other} as in the list`)
  }
}

/** Every license of the world is there, once, and nothing else. */
export const compareLicenses = (stage: Stage, actual: readonly License[]): void =>
  compareAll(actual, stage.world.licenses, 'license', (one, expected) => compareLicense(stage, one, expected))

/** Every user of the world is there, once, and no other. */
export const compareUsers = (stage: Stage, actual: readonly LicensedUser[]): void =>
  compareAll(actual, stage.world.users, 'user', (one, expected) => compareUser(stage, one, expected))

const compareWorkspace = (stage: Stage, actual: Workspace, expected: WorldWorkspace): void => {
  const what = `workspace ${expected.id}`
  must(actual.provider === stage.provider.id, `${what} carries the provider "${actual.provider}"`)
  must(new Set(actual.licenseIds).size === actual.licenseIds.length, `${what} holds a license twice`)
  compare(actual.licenseIds, expected.licenseIds, 'told', `${what}.licenseIds`)
  compare(actual.displayName, expected.displayName, 'told', `${what}.displayName`)
}

/** Every workspace of the world is there, once, with all of its licenses, and no other. */
export const compareWorkspaces = (stage: Stage, actual: readonly Workspace[]): void =>
  compareAll(actual, stage.world.workspaces, 'workspace', (one, expected) => compareWorkspace(stage, one, expected))

/** Every user who is there is of the world and is there once; others may be missing. */
export const compareSomeUsers = (stage: Stage, actual: readonly LicensedUser[]): void => {
  const right = new Set(stage.world.users.map(({ id }) => id))
  for (const id of byId(actual, 'user').keys()) must(right.has(id), `user ${id} does not exist at the vendor`)
}
