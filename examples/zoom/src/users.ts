import { identity, pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as kit from 'seatlens/provider-kit'
import type { ZoomConfig } from './api.ts'
import { type CallingPlan, PhoneUser, User, UserPage } from './codecs.ts'

const [USERS, PHONES] = [['user:read:admin'], ['phone:read:admin']]
export const NOT_RESUMABLE = 'with Zoom Phone, a list of users begins with the phones of all'
/** The seat of licensed users, who are of type 2. */
export const BASE = 'plan_base:2'
export const phoneSeat = ({ type, billing_subscription_id: subscription }: CallingPlan): string =>
  subscription ? `phone:${type}:${subscription}` : `phone:${type}`
const phoneSeatsOf = ({ calling_plans }: PhoneUser) => (calling_plans ?? []).map(phoneSeat)
/** The seats that a record shows. If it lists licenses without meetings, or a united plan, meetings come with those. */
const seatsOf = ({ type, plan_united_type, license_info_list }: User): readonly string[] => {
  const list = license_info_list ?? []
  const united = plan_united_type && plan_united_type !== 'none' ? [`plan_united:${plan_united_type}`] : []
  const others = list.filter(({ license_type }) => license_type !== 'MEETING')
  const hasBase = type === 2 && (list.length > 0 ? others.length < list.length : united.length === 0)
  const keyOf = (licenseType: string) => (licenseType === 'ZOOM_WORKPLACE_BUNDLE' ? 'plan_zoom_one' : licenseType)
  const options = others.map(({ license_type, license_option }) => `${keyOf(license_type)}:${license_option}`)
  return [...(hasBase ? [BASE] : []), ...united, ...options]
}

const userOf = (provider: string, user: User, phoneSeats: readonly string[] = []): kit.LicensedUser => {
  const known = user.status === 'active' || user.status === 'inactive' ? user.status : 'unknown'
  return kit.Values.withoutUndefined({
    provider,
    id: user.id || user.email,
    kind: 'internal',
    status: user.status === 'pending' ? 'inactive' : known,
    invitePending: user.status === 'pending',
    licenseIds: [...new Set([...seatsOf(user), ...phoneSeats])],
    pendingLicenseIds: [],
    displayName: user.display_name || undefined,
    email: user.email,
    department: user.dept || null,
    lastActiveAt: kit.Values.toldMomentOf(user.last_login_time),
    neverActive: user.last_login_time === null ? true : undefined,
    raw: user,
  })
}
const fetchPage = (api: kit.Http.ApiAccess, request: Omit<kit.Http.ApiRequest, 'method'>, scope: kit.RequestScope) =>
  pipe(
    api.call({ method: 'GET', divisible: true, exactNumbers: true, ...request }, UserPage, scope),
    TE.map(({ users: rows, next_page_token: next, total_records: total }) => ({ rows, next, total })),
  )
type Phones = Pick<kit.Ledger, 'gaps'> & { readonly seats: ReadonlyMap<string, readonly string[]> }
const NO_PHONES: Phones = { gaps: [], seats: new Map() }
/** The calling plans of all users, by id: the list of users does not have them. */
const readPhones = (api: kit.Http.ApiAccess, scope: kit.RequestScope) => {
  const fetch = ({ cursor: next_page_token }: kit.Lists.TokenPageAsk) =>
    pipe(
      fetchPage(api, { path: '/phone/users', query: { page_size: 100, next_page_token }, needs: PHONES }, scope),
      TE.map((page) => kit.Lists.tokenPageOf(PhoneUser, page, 'the phone users', identity)),
    )
  const list = { operation: 'GET /phone/users', keyOf: ({ id }: PhoneUser) => id, fetch: () => fetch }
  const phonesIn = (users: readonly PhoneUser[]) => new Map(users.map((user) => [user.id, phoneSeatsOf(user)]))
  const users = kit.toReadonlyArray(kit.Lists.byToken<PhoneUser>(api, list, scope))
  return pipe(
    users,
    TE.map(({ items, ledger: { gaps } }): Phones => ({ gaps, seats: phonesIn(items) })),
  )
}

/** The users of each status, one status after the other. */
export const listUsers = (api: kit.Http.ApiAccess, { pageSize, phone }: ZoomConfig, request: kit.PageRequest) => {
  const fetch = ({ scope }: kit.Lists.ListStart) => {
    const phones = kit.Calls.once(phone ? readPhones(api, scope) : TE.right(NO_PHONES))
    return (status: string, { cursor, pageSize: page_size }: kit.Lists.TokenPageAsk) => {
      const asked = { path: '/users', query: { status, page_size, next_page_token: cursor }, needs: USERS }
      return pipe(
        phones,
        TE.bindTo('phones'),
        TE.bind('page', () => fetchPage(api, asked, scope)),
        TE.map(({ page, phones: { seats, gaps } }) => {
          const itemOf = (user: User) => userOf(api.provider, user, seats.get(user.id ?? ''))
          const users = kit.Lists.tokenPageOf(User, page, `a page of ${status} users`, itemOf)
          return cursor === undefined ? { ...users, gaps: [...(users.gaps ?? []), ...gaps] } : users
        }),
      )
    }
  }
  const keyOf = ({ id }: kit.LicensedUser) => id
  const pages = { pageSize: { configured: pageSize, most: 300 }, notResumable: phone ? NOT_RESUMABLE : undefined }
  const parts = ['active', 'inactive', 'pending'] as const
  return kit.Lists.byTokenInParts(api, { operation: 'GET /users', parts, keyOf, ...pages, fetch }, request)
}

/** One user. Zoom takes an address for an id too, and `me` for the owner of the app. */
export const readUser =
  ({ provider, call }: kit.Http.ApiAccess, { phone }: ZoomConfig) =>
  (asked: kit.UserReference, scope: kit.RequestScope): TE.TaskEither<kit.LicenseError, kit.LicensedUser> => {
    const id = 'id' in asked ? asked.id : asked.email
    const one = { method: 'GET', id, exactNumbers: true } as const
    const readSeats = pipe(
      call({ ...one, path: '/phone/users/{userId}', needs: PHONES }, PhoneUser, scope),
      TE.map(phoneSeatsOf),
      TE.orElse((error) => (error._tag === 'NotFound' ? TE.right([]) : TE.left(error))),
    )
    const none = { _tag: 'NotFound', provider, operation: 'GET /users/{userId}', message: 'no such user' } as const
    const isMeant = (user: kit.LicensedUser) => ('id' in asked ? user.id === id : kit.Values.hasAddress(user, id))
    return pipe(
      call({ ...one, path: '/users/{userId}', needs: USERS }, User, scope),
      TE.bindTo('user'),
      TE.bind('seats', () => (phone ? readSeats : TE.right([]))),
      TE.map(({ user, seats }) => userOf(provider, user, seats)),
      TE.flatMap((user) => (isMeant(user) ? TE.right(user) : TE.left(none))),
    )
  }
