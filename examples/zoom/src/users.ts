import { identity, pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as kit from 'seatlens/provider-kit'
import type { ZoomConfig } from './api.ts'
import { type CallingPlan, PhoneUser, User, UserPage } from './codecs.ts'

/** The seat of licensed users, who are of type 2. */
export const BASE = 'plan_base:2'

export const phoneSeat = ({ type, billing_subscription_id: subscription }: CallingPlan): string =>
  subscription ? `phone:${type}:${subscription}` : `phone:${type}`

const phoneSeatsOf = ({ calling_plans }: PhoneUser): readonly string[] => (calling_plans ?? []).map(phoneSeat)

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

const statusOf = (status: User['status']): kit.UserStatus => {
  if (status === 'pending') return 'inactive'
  return status === 'active' || status === 'inactive' ? status : 'unknown'
}

const userOf = (provider: string, user: User, phoneSeats: readonly string[] = []): kit.LicensedUser =>
  kit.Values.withoutUndefined({
    ...{ provider, id: user.id || user.email, kind: 'internal', email: user.email },
    ...{ status: statusOf(user.status), invitePending: user.status === 'pending' },
    ...{ licenseIds: [...new Set([...seatsOf(user), ...phoneSeats])], pendingLicenseIds: [] },
    ...{ displayName: user.display_name || undefined, department: user.dept || null },
    createdAt: kit.Values.toldMomentOf(user.user_created_at),
    lastActiveAt: kit.Values.toldMomentOf(user.last_login_time),
    neverActive: user.last_login_time === null ? true : undefined,
  })

const [USERS, PHONES] = [{ needs: ['user:read:admin'] }, { needs: ['phone:read:admin'] }]

const readPage = <A>(
  api: kit.Http.ApiAccess,
  asked: Pick<kit.Http.ApiRequest, 'path' | 'query' | 'needs'>,
  codec: kit.Answers.Decoder<A>,
  scope: kit.RequestScope,
) =>
  pipe(
    api.call({ method: 'GET', divisible: true, exactNumbers: true, ...asked }, UserPage, scope),
    TE.map(({ users, next_page_token, total_records }) => ({
      ...kit.Lists.pageOf(kit.Answers.decodeRecords(codec, users), `a page of ${asked.path}`, identity),
      next: next_page_token || undefined,
      total: total_records ?? undefined,
    })),
  )

/** The calling plans of all users, by id: the list of users does not have them. */
const readPhones = (api: kit.Http.ApiAccess, scope: kit.RequestScope) => {
  const fetch = ({ cursor: next_page_token }: kit.Lists.TokenPageAsk) =>
    readPage(api, { path: '/phone/users', query: { page_size: 100, next_page_token }, ...PHONES }, PhoneUser, scope)
  const list = { operation: 'GET /phone/users', keyOf: ({ id }: PhoneUser) => id, fetch: () => fetch }
  const users = kit.toReadonlyArray(kit.Lists.byToken(api, list, kit.Calls.within(scope, api.clock)))
  const seatsIn = (all: readonly PhoneUser[]) => new Map(all.map((user) => [user.id, phoneSeatsOf(user)]))
  return TE.map(({ items, ledger }: { items: readonly PhoneUser[]; ledger: kit.Ledger }) => ({ seats: seatsIn(items), gaps: ledger.gaps }))(users)
}

/** The users of each status, one status after the other. */
export const listUsers = (api: kit.Http.ApiAccess, config: ZoomConfig, request: kit.PageRequest) =>
  kit.Lists.byTokenInParts<kit.LicensedUser>(
    api,
    {
      ...{ operation: 'GET /users', parts: ['active', 'inactive', 'pending'] },
      ...{ keyOf: ({ id }) => id, contentOf: kit.Values.holdingWords },
      pageSize: { configured: config.pageSize, most: 300 },
      notResumable: config.phone ? 'with Zoom Phone, a list of users begins with the phones of all' : undefined,
      fetch: ({ scope }) => {
        const none = TE.right({ gaps: [], seats: new Map<string, readonly string[]>() })
        const phones = kit.Calls.once(config.phone ? readPhones(api, scope) : none)
        return (status, { cursor: next_page_token, pageSize: page_size }) => {
          const asked = { path: '/users', query: { status, page_size, next_page_token }, ...USERS }
          const isFirst = status === 'active' && next_page_token === undefined
          const rowOf = (user: User, seats: ReadonlyMap<string, readonly string[]>) => ({
            ...userOf(api.provider, user, seats.get(user.id ?? '')),
            ...(request.includeRaw ? { raw: user } : {}),
          })
          return pipe(
            TE.Do,
            TE.bind('page', () => readPage(api, asked, User, scope)),
            TE.bind('phones', () => phones),
            TE.map(({ page, phones: { seats, gaps } }) => ({
              ...page,
              items: page.items.map((user) => rowOf(user, seats)),
              gaps: isFirst ? [...page.gaps, ...gaps] : page.gaps,
            })),
          )
        }
      },
    },
    request,
  )

/** One user. Zoom takes an address for an id too, and `me` for the owner of the app. */
export const readUser =
  ({ provider, call }: kit.Http.ApiAccess, { phone }: ZoomConfig) =>
  (asked: kit.UserReference, scope: kit.RequestScope): TaskEither<kit.LicenseError, kit.LicensedUser> => {
    const id = 'id' in asked ? asked.id : asked.email
    const one = { method: 'GET', id, exactNumbers: true } as const
    const readSeats = pipe(
      call({ ...one, path: '/phone/users/{userId}', ...PHONES }, PhoneUser, scope),
      TE.map(phoneSeatsOf),
      TE.orElse((error) => (error._tag === 'NotFound' ? TE.right([]) : TE.left(error))),
    )
    const none = { _tag: 'NotFound', provider, operation: 'GET /users/{userId}', message: 'there is no such user' } as const
    return pipe(
      call({ ...one, path: '/users/{userId}', ...USERS }, User, scope),
      TE.flatMap((user) => TE.map((seats: readonly string[]) => userOf(provider, user, seats))(phone ? readSeats : TE.right([]))),
      TE.filterOrElse<kit.LicenseError, kit.LicensedUser>(
        (user) => ('id' in asked ? user.id === id : kit.Values.hasAddress(user, id)),
        () => none,
      ),
    )
  }
