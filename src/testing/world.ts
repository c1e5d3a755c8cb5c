import {
  type Capacity,
  type Given,
  known,
  type LicensedUser,
  type LicenseMetric,
  notApplicable,
  Values,
  type Workspace,
} from '../provider-kit/index.ts'

/** A license of the organization that scenarios play with. */
export interface WorldLicense {
  readonly id: string
  readonly name: string
  readonly metric: LicenseMetric
  /** `notApplicable`: comes free with the organization, and has no subscription. */
  readonly purchased: Capacity
  readonly subscriptionId?: string | undefined
  readonly siteUrl?: string | undefined
  readonly includes: readonly string[]
  readonly requires: readonly string[]
  /** What no list of the vendor names of its holders. The provider's license then has `omits` too. Default: nothing. */
  readonly omits?: readonly string[] | undefined
}

/** A user of that organization. */
export interface WorldUser extends Omit<LicensedUser, 'provider' | 'raw'> {
  /** False: the vendor's license listing names the user, and its directory does not know them. */
  readonly inDirectory: boolean
}

/** A workspace of that organization. */
export type WorldWorkspace = Pick<Workspace, 'id' | 'displayName' | 'licenseIds'>

/**
 * The organization that a harness has its vendor serve. What a license's own counter says is the number of its holders,
 * workspaces included. A license that a user holds need not be among `licenses`.
 */
export interface World {
  readonly licenses: readonly WorldLicense[]
  readonly users: readonly WorldUser[]
  /** Enough for three pages of the suite's page size; none where the feature is left out. */
  readonly workspaces: readonly WorldWorkspace[]
  /** Held by enough users for four pages of the suite's page size, and defined. */
  readonly busiestLicenseId: string
  /** The user that cannot be changed under `refusedUser`; otherwise a user like any other. */
  readonly refusedUserId: string
}

/** Something in the world that not every vendor can have. */
export type WorldFeature = keyof typeof worldFeatures

/** What an organization of a scenario may contain, for harnesses whose vendor lacks it. */
export const worldFeatures = {
  /** A license that is held and that the vendor does not define. */
  licenseNotDefined: 'a license that is held but not defined',
  /** A holder whom the vendor's directory does not know. */
  userNotInDirectory: 'a holder without a directory record',
  inactiveUser: 'a holder who is inactive',
  deletedUser: 'a holder who was deleted',
  externalUser: 'a holder from outside of the organization',
  /** A user whom the license listing names although they hold nothing. */
  userWithoutLicense: 'a listed user who holds nothing',
  pendingLicense: 'a license that is granted but not yet in force',
  /** Ids that are names of properties of every object: `__proto__`, `constructor`. */
  prototypeIds: 'ids that are names of object properties',
  sharedEmail: 'an e-mail address of two users',
  /**
   * Workspaces that hold licenses, by `listWorkspaces`. To be declared unsupported exactly where the provider's capabilities
   * call it so.
   */
  workspaces: 'workspaces that hold licenses',
} as const satisfies Readonly<Record<string, string>>

/** What the organization of a scenario is like. */
export interface WorldOptions {
  /** Which features to leave out. */
  readonly without?: ReadonlySet<WorldFeature> | undefined
  /** For vendors whose ids have a form. Default: the ids as they are. Must keep distinct ids distinct. */
  readonly licenseId?: ((id: string) => string) | undefined
  /** The same for ids of users. */
  readonly userId?: ((id: string) => string) | undefined
  /** The same for ids of workspaces. */
  readonly workspaceId?: ((id: string) => string) | undefined
  /**
   * For vendors whose catalog is fixed, so that the suite cannot invent licenses: the vendor's own license, which has the id
   * that `licenseId` gives. What it gives replaces what the suite has invented, which has no `omits`. Default: any license can
   * be invented.
   */
  readonly asInCatalog?: ((invented: WorldLicense) => Given<Omit<WorldLicense, 'id'>>) | undefined
}

/** Where the features of the world are to be found, before {@link WorldOptions} change the ids. */
export const worldIds = {
  unheldLicense: 'license-unheld',
  overAssignedLicense: 'license-over',
  freeLicense: 'license-free',
  undefinedLicense: 'license-retired',
  prototypeLicense: 'constructor',
  severalLicenses: 'user-02',
  refused: 'user-05',
  notInDirectory: 'user-ghost',
  inactive: 'user-inactive',
  deleted: 'user-deleted',
  external: 'user-external',
  withoutLicense: 'user-nothing',
  pending: 'user-pending',
  /** Has the address of the deleted user. */
  successor: 'user-09',
  prototype: '__proto__',
} as const

interface Invented<A> {
  readonly feature?: WorldFeature
  /** A further feature without which it cannot be either. */
  readonly andFeature?: WorldFeature
  readonly it: A
}

const license = (id: string, name: string, details: Partial<WorldLicense> = {}): WorldLicense => ({
  id,
  name,
  metric: 'named',
  purchased: known(50),
  subscriptionId: 'subscription-1',
  includes: [],
  requires: [],
  ...details,
})

const freeLicense: WorldLicense = {
  id: worldIds.freeLicense,
  name: 'Free, "basic"; for all',
  metric: 'named',
  purchased: notApplicable,
  includes: [],
  requires: [],
}

const user = (id: string, licenseIds: readonly string[], details: Partial<WorldUser> = {}): WorldUser => ({
  id,
  kind: 'internal',
  status: 'active',
  licenseIds,
  pendingLicenseIds: [],
  displayName: `Person of ${id}`,
  email: `${id.replaceAll('_', '')}@example.com`,
  inDirectory: true,
  ...details,
})

const stranger = (id: string, licenseIds: readonly string[], details: Partial<WorldUser> = {}): WorldUser => ({
  id,
  kind: 'internal',
  status: 'unknown',
  licenseIds,
  pendingLicenseIds: [],
  inDirectory: false,
  ...details,
})

const inventedLicenses: readonly Invented<WorldLicense>[] = [
  { it: license('license-main', 'Main') },
  { it: license('license-second', 'Second', { siteUrl: 'meet.example.com', requires: ['license-main'] }) },
  { it: license('license-bundle', 'Second', { subscriptionId: 'subscription-2', includes: ['license-second'] }) },
  { it: license(worldIds.unheldLicense, 'Unheld', { purchased: known(10) }) },
  { it: license(worldIds.overAssignedLicense, 'Over-assigned', { purchased: known(1) }) },
  { it: freeLicense },
  { feature: 'prototypeIds', it: license(worldIds.prototypeLicense, 'Named like a property') },
]

const severalLicenses: Partial<WorldUser> = {
  licenseIds: ['license-main', 'license-second', 'license-bundle', 'license-over'],
  // With letters that Unicode folds others to: see `lookalikesOf`.
  email: 'kim.smith@example.com',
}

/** Addresses of no user in the world. A provider that folds more letters than A to Z takes them for the given address. */
export const lookalikesOf = (email: string): readonly string[] => [
  email.replace('k', '\u212a'),
  email.replace('s', 'ſ'),
  email.replace('i', 'ı'),
  email.replace('i', 'İ'),
]

const plainUsers = Array.from({ length: 9 }, (_, index) =>
  user(`user-0${index + 1}`, ['license-main', worldIds.freeLicense], {
    ...(index === 0 ? { displayName: 'Zoë "Ångström", 🦉', lastActiveAt: '2026-10-01T08:00:00.000Z' } : {}),
    ...(index === 1 ? severalLicenses : {}),
    ...(index === 2 ? { licenseIds: ['license-main', 'license-over'] } : {}),
  }),
)

const inventedUsers: readonly Invented<WorldUser>[] = [
  ...plainUsers.map((it) => ({ it })),
  { feature: 'licenseNotDefined', it: user('user-retired', ['license-main', worldIds.undefinedLicense]) },
  { feature: 'userNotInDirectory', it: stranger(worldIds.notInDirectory, ['license-second']) },
  { feature: 'inactiveUser', it: user(worldIds.inactive, ['license-second'], { status: 'inactive' }) },
  {
    feature: 'deletedUser',
    it: user(worldIds.deleted, ['license-main'], { status: 'deleted', email: 'user-09@example.com' }),
  },
  {
    feature: 'externalUser',
    it: stranger(worldIds.external, ['license-second'], {
      kind: 'external',
      displayName: 'Guest',
      email: 'guest@partner.example',
    }),
  },
  { feature: 'userWithoutLicense', it: user(worldIds.withoutLicense, []) },
  {
    feature: 'pendingLicense',
    it: user(worldIds.pending, ['license-main'], { pendingLicenseIds: ['license-second'] }),
  },
  { feature: 'prototypeIds', it: user(worldIds.prototype, ['license-main', worldIds.prototypeLicense]) },
  // Shares the address of a holder.
  {
    feature: 'sharedEmail',
    andFeature: 'userWithoutLicense',
    it: user('user-namesake', [], { email: 'user-08@example.com' }),
  },
  { feature: 'sharedEmail', it: user('user-shared-1', ['license-main'], { email: 'shared@example.com' }) },
  { feature: 'sharedEmail', it: user('user-shared-2', ['license-second'], { email: 'shared@example.com' }) },
]

const inventedWorkspaces: readonly WorldWorkspace[] = [
  { id: 'workspace-1', displayName: 'Lobby', licenseIds: ['license-main'] },
  { id: 'workspace-2', displayName: 'Zoë "Ångström", 🦉', licenseIds: ['license-main', 'license-second'] },
  { id: 'workspace-3', displayName: 'Without a license', licenseIds: [] },
  ...[4, 5, 6, 7].map((number) => ({
    id: `workspace-${number}`,
    displayName: `Room ${number}`,
    licenseIds: ['license-second'],
  })),
]

/** Two users with one id would fail scenarios that are about something else. */
const distinctly = (option: string, formOf: (id: string) => string = (id) => id) => {
  const origins = new Map<string, string>()
  return (id: string): string => {
    const form: unknown = formOf(id)
    // An object without the id as its own member still has `constructor`.
    if (typeof form !== 'string') throw new Error(`${option} of the harness gives a ${typeof form} as the id for ${id}`)
    const origin = origins.get(form) ?? id
    if (origin !== id) throw new Error(`${option} of the harness gives ${origin} and ${id} the same id: ${form}`)
    origins.set(form, id)
    return form
  }
}

/** What a catalog does not give stays as it was invented. */
const asListed = (invented: WorldLicense, listed: Given<Omit<WorldLicense, 'id'>>): WorldLicense =>
  Values.withoutUndefined(
    Values.withDefaults<WorldLicense>(
      { subscriptionId: undefined, siteUrl: undefined, omits: undefined, ...invented },
      listed,
    ),
  )

/** The organization of the suite, as far as a vendor can have it. Throws if its ids do not stay distinct. */
export const createConformanceWorld = (options: WorldOptions = {}): World => {
  const { without = new Set<WorldFeature>(), asInCatalog = () => ({}) } = options
  const licenseId = distinctly('licenseId', options.licenseId)
  const userId = distinctly('userId', options.userId)
  const workspaceId = distinctly('workspaceId', options.workspaceId)
  const possible = <A>(invented: readonly Invented<A>[]): A[] =>
    invented.flatMap(({ feature, andFeature = feature, it }) =>
      [feature, andFeature].some((one) => one !== undefined && without.has(one)) ? [] : [it],
    )
  return {
    licenses: possible(inventedLicenses)
      .map((one) => ({
        ...one,
        id: licenseId(one.id),
        includes: one.includes.map(licenseId),
        requires: one.requires.map(licenseId),
      }))
      .map((one) => asListed(one, asInCatalog(one))),
    users: possible(inventedUsers).map((one) => ({
      ...one,
      id: userId(one.id),
      licenseIds: one.licenseIds.map(licenseId),
      pendingLicenseIds: one.pendingLicenseIds.map(licenseId),
    })),
    workspaces: (without.has('workspaces') ? [] : inventedWorkspaces).map((one) => ({
      ...one,
      id: workspaceId(one.id),
      licenseIds: one.licenseIds.map(licenseId),
    })),
    busiestLicenseId: licenseId('license-main'),
    refusedUserId: userId(worldIds.refused),
  }
}

/** The holders of a license in a world. */
export const holdersIn = (world: World, licenseId: string): readonly WorldUser[] =>
  world.users.filter((one) => one.licenseIds.includes(licenseId))

/** How many hold a license in a world, workspaces included: what the vendor counts. */
export const seatsIn = (world: World, licenseId: string): number =>
  holdersIn(world, licenseId).length +
  world.workspaces.filter(({ licenseIds }) => licenseIds.includes(licenseId)).length
