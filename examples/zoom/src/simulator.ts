import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import * as kit from 'seatlens/simulator-kit'

/** A plan of the account. `id` as in this provider: `plan_base:2`, `plan_zoom_one:16`, `phone:200`. */
export interface SimulatedPlan {
  readonly id: string
  readonly name?: string | undefined
  readonly hosts: number
  /** What the answer has as its type, in place of the second part of the id. */
  readonly type?: string | undefined
}

export interface SimulatedUser {
  /** Absent while the user is pending. */
  readonly id?: string | undefined
  readonly email: string
  readonly name?: string | undefined
  readonly status: 'active' | 'inactive' | 'pending'
  readonly lastLogin?: string | undefined
  readonly licenseIds: readonly string[]
  /** The type of a user without a license. Default: 1, a basic user. */
  readonly basicType?: 1 | 99 | undefined
}

export interface SimulatedAccount {
  readonly plans: readonly SimulatedPlan[]
  readonly users: readonly SimulatedUser[]
  /** Other members of the plan usage, as they are. */
  readonly otherPlans?: Readonly<Record<string, unknown>> | undefined
}

export interface ZoomSimulator extends kit.RunningServer {
  readonly credentials: { readonly accountId: string; readonly clientId: string; readonly clientSecret: string }
  /** How changes misbehave. */
  readonly writes: kit.WriteProgram
  readonly clock: kit.SimulatorClock
  /** Every token that was given out is worth nothing any more. */
  readonly expireTokens: () => void
  /** What a user holds now, by id or address. */
  readonly licensesOf: (user: string) => readonly string[]
  readonly tokens: () => readonly string[]
  /** The records of users, as they are listed. */
  readonly recordsWith: (status: SimulatedUser['status']) => readonly unknown[]
}

const TOKEN_MS = 3_600_000
const FEATURES_EVERY_MS = 10_000
const USERS_PER_REQUEST = 30
/** Lists may have several of these; the others are one object. */
const LISTED = new Set(['plan_zoom_one', 'plan_webinar', 'plan_large_meeting', 'plan_zoom_events'])
const credentials = {
  accountId: 'simulated-account',
  clientId: 'simulated-client',
  clientSecret: 'simulated-secret-4711',
}

const error =
  (status: number, code: number, message: string, headers = {}) =>
  (): kit.Answer =>
    kit.json({ code, message }, status, headers)

const noSuchPath = error(404, 2300, 'This API endpoint is not recognized.')
const invalidToken = error(401, 124, 'Invalid access token.')
const noSuchUser = error(404, 1001, 'User does not exist.')
const invalid = error(400, 300, 'Validation Failed.')
const failed = error(500, 500, 'Internal error.')
const tooMany = (seconds: number) =>
  error(429, 429, 'You have reached the maximum per-second rate limit for this API.', {
    'retry-after': String(seconds),
  })

const Features = t.intersection([
  t.type({ feature_type: t.string, feature_value: t.string, users: t.array(t.UnknownRecord) }),
  t.partial({
    license_info_list: t.array(t.type({ license_type: t.string, license_option: t.union([t.number, t.string]) })),
  }),
])
const GivenPlans = t.type({
  calling_plans: t.array(
    t.intersection([t.type({ type: t.number }), t.partial({ billing_subscription_id: t.string })]),
  ),
})
const Swap = t.type({ source_type: t.number, target_type: t.number })

const bodyOf = <A>(codec: t.Type<A>, request: kit.SimulatedRequest): A | undefined => {
  const body = kit.jsonBodyOf(request)
  return E.isRight(body) && codec.is(body.right) ? body.right : undefined
}

const keyOf = (licenseId: string) => licenseId.split(':')[0] ?? ''
const optionOf = (licenseId: string) => licenseId.split(':')[1] ?? ''
const isPhone = (licenseId: string) => keyOf(licenseId) === 'phone'
const digits = (text: string): bigint | string => (/^\d+$/.test(text) ? BigInt(text) : text)

/** The license that a value of a feature gives; undefined where it takes one. */
const givenBy = ({ feature_type, feature_value, license_info_list: list = [] }: t.TypeOf<typeof Features>) => {
  if (feature_type === 'user_type') return feature_value === '2' ? 'plan_base:2' : undefined
  if (feature_type === 'plan_united_type') return feature_value === 'none' ? undefined : `plan_united:${feature_value}`
  // The digits of the list must be those of the value: a client that has lost some is told so.
  const isSound = feature_value === '0' || list.every(({ license_option }) => String(license_option) === feature_value)
  return isSound && feature_value !== '0'
    ? `plan_zoom_one:${feature_value}`
    : feature_value === '0'
      ? undefined
      : 'unsound'
}
const KEYS: Readonly<Record<string, string>> = {
  user_type: 'plan_base',
  plan_united_type: 'plan_united',
  zoom_one_type: 'plan_zoom_one',
}

/** A real HTTP server on loopback that behaves as Zoom documents. */
export const startZoomSimulator = async (
  { plans, users, otherPlans = {} }: SimulatedAccount,
  { port = 0, latencyMs = 0, now = Date.now as () => number, mayReadPlans = true } = {},
): Promise<ZoomSimulator> => {
  const clock = kit.createSimulatorClock(now)
  const writes = kit.createWriteScript()
  const book = kit.createLicenseBook(kit.listedHoldings(users.map(({ licenseIds }) => licenseIds)), clock.now)
  const tokens = new Map<string, number>()
  let lastFeatures = Number.NEGATIVE_INFINITY
  const idOf = ({ id, email }: SimulatedUser) => id ?? email
  const places = new Map(
    users.flatMap((user, place) => [[user.email.toLowerCase(), place] as const, [idOf(user), place] as const]),
  )
  const placeOf = (id = '') => places.get(id) ?? places.get(id.toLowerCase())
  const usedOf = (licenseId: string) => book.holdersOf(licenseId).size

  const recordOf = (place: number) => {
    const user = users[place]
    if (user === undefined) return undefined
    const held = book.licensesOf(place)
    const bundles = held.filter((id) => keyOf(id) === 'plan_zoom_one')
    const united = held.find((id) => keyOf(id) === 'plan_united')
    const meetings = held.includes('plan_base:2') ? [{ license_type: 'MEETING', license_option: 16 }] : []
    const list = bundles.map((id) => ({ license_type: 'ZOOM_WORKPLACE_BUNDLE', license_option: digits(optionOf(id)) }))
    const isLicensed = meetings.length + list.length > 0 || united !== undefined
    return {
      ...(user.id === undefined ? {} : { id: user.id }),
      email: user.email,
      display_name: user.name ?? null,
      type: isLicensed ? 2 : (user.basicType ?? 1),
      status: user.status,
      dept: '',
      last_login_time: user.lastLogin ?? null,
      ...(united === undefined ? {} : { plan_united_type: optionOf(united) }),
      ...(list.length === 0 ? {} : { license_info_list: [...meetings, ...list] }),
    }
  }

  /** A pending user has no phone. */
  const phoneRecordOf = (place: number) => {
    if (users[place]?.id === undefined) return undefined
    const plansOf = book.licensesOf(place).filter(isPhone)
    const calling_plans = plansOf.map((id) => {
      const [, type = '', billing_subscription_id] = id.split(':')
      return {
        name: id,
        type: digits(type),
        ...(billing_subscription_id === undefined ? {} : { billing_subscription_id }),
      }
    })
    return { id: users[place]?.id, email: users[place]?.email, calling_plans }
  }

  const page = (rows: readonly unknown[], token: string, { query }: kit.SimulatedRequest): kit.Answer => {
    const size = Number(query.get('page_size') ?? 30)
    const [, name = token, from = '0'] = /^(\w+)-(\d+)$/.exec(query.get('next_page_token') || `${token}-0`) ?? []
    if (!(size >= 1 && size <= 300) || name !== token) return invalid()
    const end = Number(from) + size
    const next_page_token = end < rows.length ? `${token}-${end}` : ''
    return kit.json({
      next_page_token,
      page_size: size,
      total_records: rows.length,
      users: rows.slice(Number(from), end),
    })
  }
  const withStatus = (status: string) => [...users.keys()].filter((place) => users[place]?.status === status)

  const usage = () => {
    const members: Record<string, unknown> = { ...otherPlans }
    for (const plan of plans.filter(({ id }) => !isPhone(id))) {
      const { id, hosts, name, type = optionOf(id) } = plan
      const key = keyOf(id)
      const one = { type: digits(type), hosts, usage: usedOf(id), pending: 0, ...(name === undefined ? {} : { name }) }
      members[key] = LISTED.has(key) ? [...[members[key] ?? []].flat(), one] : one
    }
    return members
  }

  const callingPlans = () =>
    plans.flatMap(({ id, name, hosts }) => {
      const [key, type = '', billing_subscription_id] = id.split(':')
      const assigned = usedOf(id)
      const one = {
        name,
        type: digits(type),
        subscribed: hosts,
        assigned,
        available: hosts - assigned,
        billing_subscription_id,
      }
      return key === 'phone' ? [one] : []
    })

  const isFull = (licenseId: string) => {
    const plan = plans.find(({ id }) => id === licenseId)
    return plan === undefined || usedOf(licenseId) >= plan.hosts
  }

  /** Does one write as its misbehavior demands. `takes` goes with it. Returns why it was not done. */
  const carryOut = (place: number, write: kit.LicenseWrite, verdict: kit.WriteVerdict, takes: readonly string[]) => {
    if (verdict.kind === 'refuse') return verdict.message ?? 'Have upcoming events'
    if (verdict.kind === 'seatsOut') return verdict.message ?? 'Not enough seats'
    if (verdict.kind !== 'do') return undefined
    const gone = new Set([...takes, ...verdict.takes, ...(write.action === 'remove' ? [write.licenseId] : [])])
    const come = [...verdict.gives, ...(write.action === 'assign' ? [write.licenseId] : [])]
    const act = () =>
      book.assign(place, [...new Set([...book.licensesOf(place).filter((id) => !gone.has(id)), ...come])])
    if (verdict.afterMs > 0) book.later(verdict.afterMs, act)
    else act()
    return undefined
  }

  const refused = (verdict: kit.RequestVerdict): kit.Answer | undefined => {
    if (verdict.kind === 'throttle') return tooMany(verdict.afterSeconds)()
    return verdict.kind === 'refuse' ? error(verdict.status, 300, verdict.message ?? 'not this user')() : undefined
  }

  const updateFeatures = (request: kit.SimulatedRequest): kit.Answer => {
    const waitMs = lastFeatures + FEATURES_EVERY_MS - clock.now()
    if (waitMs > 0) return tooMany(Math.ceil(waitMs / 1000))()
    lastFeatures = clock.now()
    const body = bodyOf(Features, request)
    const key = body === undefined ? undefined : KEYS[body.feature_type]
    const given = body === undefined ? undefined : givenBy(body)
    if (body === undefined || key === undefined || given === 'unsound' || body.users.length > USERS_PER_REQUEST)
      return invalid()
    const writesOf = body.users.map((user) => {
      const userId = String(user.id ?? user.email)
      const place = placeOf(userId)
      const held = place === undefined ? [] : book.licensesOf(place).filter((id) => keyOf(id) === key)
      const write: kit.LicenseWrite = {
        userId,
        licenseId: given ?? held[0] ?? key,
        action: given === undefined ? 'remove' : 'assign',
      }
      return { userId, place, held, write }
    })
    const verdict = kit.judgeRequest(
      writes,
      writesOf.map(({ write }) => write),
    )
    const refusal = refused(verdict)
    if (refusal !== undefined || verdict.kind !== 'take') return refusal ?? failed()
    const success_user_ids: string[] = []
    const failures = new Map<string, string[]>()
    for (const [index, { userId, place, held, write }] of writesOf.entries()) {
      const one = verdict.verdicts[index] ?? { kind: 'leaveOut' }
      if (one.kind === 'leaveOut') continue
      const reason = (() => {
        if (place === undefined) return 'Users not found'
        if (given === undefined ? held.length === 0 : held.includes(given)) return 'No need to update'
        if (given !== undefined && isFull(given)) return 'Not enough seats'
        return carryOut(place, write, one, held)
      })()
      if (reason === undefined) success_user_ids.push(userId)
      else failures.set(reason, [...(failures.get(reason) ?? []), userId])
    }
    const fail_details = [...failures].map(([reason, user_ids]) => ({ reason, user_ids }))
    return verdict.fails ? failed() : kit.json({ success_user_ids, fail_details }, 201)
  }

  /** What Zoom says without free calling plans is not documented: they are given. */
  const changePhone = (
    request: kit.SimulatedRequest,
    gives: readonly string[],
    takes: readonly string[],
  ): kit.Answer => {
    const userId = request.params.userId ?? ''
    const place = placeOf(userId)
    if (place === undefined) return noSuchUser()
    if (!gives.every((id) => plans.some((plan) => plan.id === id))) return invalid()
    const all: readonly kit.LicenseWrite[] = [
      ...gives.map((licenseId) => ({ userId, licenseId, action: 'assign' as const })),
      ...takes.map((licenseId) => ({ userId, licenseId, action: 'remove' as const })),
    ]
    const verdict = kit.judgeRequest(writes, all)
    const refusal = refused(verdict)
    if (refusal !== undefined || verdict.kind !== 'take') return refusal ?? failed()
    for (const [index, write] of all.entries()) {
      const reason = carryOut(place, write, verdict.verdicts[index] ?? { kind: 'leaveOut' }, [])
      if (reason !== undefined) return error(400, 300, reason)()
    }
    return verdict.fails ? failed() : { status: 204, headers: {}, body: '' }
  }

  const login = (request: kit.SimulatedRequest): kit.Answer => {
    const basic = btoa(`${credentials.clientId}:${credentials.clientSecret}`)
    if (request.header('authorization') !== `Basic ${basic}`)
      return kit.json({ reason: 'Invalid client_id or client_secret', error: 'invalid_client' }, 400)
    if (
      request.query.get('account_id') !== credentials.accountId ||
      request.query.get('grant_type') !== 'account_credentials'
    )
      return kit.json({ reason: 'Bad Request', error: 'invalid_request' }, 400)
    const access_token = `simulated-token-${tokens.size + 1}`
    tokens.set(access_token, clock.now() + TOKEN_MS)
    return kit.json({ access_token, token_type: 'bearer', expires_in: TOKEN_MS / 1000, scope: 'user:read:admin' })
  }

  const route = (method: string, path: string, handle: (request: kit.SimulatedRequest) => kit.Answer): kit.Route => ({
    method,
    path: `/v2${path}`,
    handle: (request) =>
      clock.now() < (tokens.get(kit.bearerTokenOf(request) ?? '') ?? 0) ? handle(request) : invalidToken(),
  })
  const userWith = (record: (place: number) => unknown) => (request: kit.SimulatedRequest) => {
    const place = placeOf(request.params.userId)
    const found = place === undefined ? undefined : record(place)
    return found === undefined ? noSuchUser() : kit.json(found)
  }
  const phonePath = '/phone/users/:userId/calling_plans'
  const phoneId = (type: number, subscription?: string) =>
    subscription === undefined ? `phone:${type}` : `phone:${type}:${subscription}`
  const server = await kit.startServer({
    vendor: 'Zoom',
    port,
    latencyMs,
    clock,
    routes: () => [
      { method: 'POST', path: '/oauth/token', handle: login },
      route('GET', '/accounts/me/plans/usage', () =>
        mayReadPlans
          ? kit.json(usage())
          : error(400, 4711, 'Invalid access token, does not contain scopes:[account:read:admin].')(),
      ),
      route('GET', '/users/summary', () => kit.json({ licensed_users_count: usedOf('plan_base:2') })),
      route('GET', '/users', (request) => {
        const status = request.query.get('status') ?? 'active'
        return page(withStatus(status).map(recordOf), status, request)
      }),
      route('POST', '/users/features', updateFeatures),
      route('GET', '/users/:userId', userWith(recordOf)),
      route('GET', '/phone/calling_plans', () => kit.json({ calling_plans: callingPlans() })),
      route('GET', '/phone/users', (request) =>
        page(withStatus('active').concat(withStatus('inactive')).map(phoneRecordOf), 'phone', request),
      ),
      route('GET', '/phone/users/:userId', userWith(phoneRecordOf)),
      route('POST', phonePath, (request) => {
        const body = bodyOf(GivenPlans, request)
        return body === undefined
          ? invalid()
          : changePhone(
              request,
              body.calling_plans.map((one) => phoneId(one.type, one.billing_subscription_id)),
              [],
            )
      }),
      route('PUT', phonePath, (request) => {
        const body = bodyOf(Swap, request)
        return body === undefined
          ? invalid()
          : changePhone(request, [phoneId(body.target_type)], [phoneId(body.source_type)])
      }),
      route('DELETE', `${phonePath}/:planType`, (request) => {
        const held = book.licensesOf(placeOf(request.params.userId) ?? -1)
        const taken = held.find((id) => isPhone(id) && optionOf(id) === request.params.planType)
        return taken === undefined ? noSuchUser() : changePhone(request, [], [taken])
      }),
    ],
    refusals: { unknownPath: noSuchPath, methodNotAllowed: noSuchPath, bodyTooLarge: invalid },
  })
  return {
    ...server,
    credentials,
    writes,
    clock,
    expireTokens: () => {
      for (const token of tokens.keys()) tokens.set(token, 0)
    },
    licensesOf: (user) => book.licensesOf(placeOf(user) ?? -1),
    tokens: () => [...tokens.keys()],
    recordsWith: (status) => withStatus(status).map(recordOf),
  }
}

/** The same people as in other simulators with this seed. */
export const startSeededZoom = async (options: kit.SimulatorOptions): Promise<kit.RunningSimulator> => {
  const { person } = kit.createPopulation({ seed: options.seed, idSpace: 'zoom' })
  const bundle = `plan_zoom_one:${2n ** 57n}`
  const users = Array.from({ length: options.users }, (_, index): SimulatedUser => {
    const { id, displayName: name, email } = person(index)
    const lastLogin = new Date(kit.startOfDay(Date.now()) - (index % 120) * 86_400_000).toISOString()
    const licenseIds = [
      ...(index % 3 === 0 ? [] : index % 5 === 0 ? [bundle] : ['plan_base:2']),
      ...(index % 4 === 0 ? ['phone:200'] : []),
    ]
    if (index % 50 === 49) return { email, name, status: 'pending', licenseIds: ['plan_base:2'] }
    return { id, email, name, status: index % 20 === 19 ? 'inactive' : 'active', lastLogin, licenseIds }
  })
  const hosts = Math.ceil(options.users * 0.8)
  const plans: readonly SimulatedPlan[] = [
    { id: 'plan_base:2', type: 'yearly', hosts },
    { id: bundle, hosts: Math.ceil(hosts / 4) },
    { id: 'plan_webinar:webinar500_yearly', hosts: 5 },
    { id: 'phone:200', name: 'US/CA Unlimited Calling Plan', hosts: Math.ceil(options.users / 3) },
  ]
  const otherPlans = { plan_recording: { free_storage: '1 GB', plan_storage: '0' } }
  const { url, stop } = await startZoomSimulator(
    { plans, users, otherPlans },
    options.now ? { ...options, now: options.now } : { port: options.port, latencyMs: options.latencyMs },
  )
  return { url, configuration: { ...credentials, apiUrl: `${url}/v2`, loginUrl: url, phone: true }, stop }
}
