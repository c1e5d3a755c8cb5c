import {
  type AssignmentChange,
  known,
  type Ledger,
  type LicenseError,
  type Lists,
} from '../../src/provider-kit/index.ts'
import {
  type ChangeFate,
  type ConformanceHarness,
  conformancePageSize,
  createInMemoryProvider,
  type Disturbance,
  hastyClock,
  type InMemoryOptions,
  type InMemoryRequest,
  lateChangeMs,
  seatsIn,
  smallerPageSize,
  undecodablePageCount,
  type World,
} from '../../src/testing/index.ts'

const id = 'memory'

const unreadableDirectory: Ledger = {
  pages: 0,
  items: 0,
  repeated: 0,
  undecodable: 0,
  gaps: [{ what: 'the directory', reason: 'made to fail' }],
  omits: [],
  verdict: 'partial',
}

const rowsOf = (
  world: World,
  directoryIsReadable: boolean,
): Pick<InMemoryOptions, 'licenses' | 'users' | 'workspaces'> => ({
  licenses: world.licenses.map((license) => ({
    ...license,
    consumed: known(seatsIn(world, license.id)),
  })),
  workspaces: world.workspaces,
  users: world.users.map(({ inDirectory: _, displayName, email, lastActiveAt, ...user }) =>
    directoryIsReadable
      ? {
          ...user,
          ...(displayName === undefined ? {} : { displayName }),
          ...(email === undefined ? {} : { email }),
          ...(lastActiveAt === undefined ? {} : { lastActiveAt }),
        }
      : { ...user, status: 'unknown' },
  ),
})

const after = (ms: number) => new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ms))

/** The second page takes several times as long as the others. */
const slowly = ({ continuation }: InMemoryRequest) => after(continuation === '3' ? 40 : 10)

/** What a request is answered with in place of what it asks for. */
const errorFor = (
  disturbance: Disturbance | undefined,
  world: World,
  request: InMemoryRequest,
  isFirst: boolean,
): LicenseError | Promise<undefined> | undefined => {
  const { operation, continuation, change } = request
  const details = { provider: id, operation, message: 'made to fail' }
  const secondPage = operation === 'listUsers' && continuation !== undefined
  switch (disturbance) {
    case 'badCredentials':
      return { _tag: 'AuthenticationFailed', ...details }
    case 'refusedUser':
      return change?.userId === world.refusedUserId ? { _tag: 'RequestRejected', ...details } : undefined
    case 'changesDenied':
      return change === undefined ? undefined : { _tag: 'PermissionDenied', ...details, missing: ['seats:write'] }
    case 'permissionDenied':
      return { _tag: 'PermissionDenied', ...details, message: 'needed: seats:read', missing: ['seats:read'] }
    // For a provider that is wrapped into something that waits; this one alone does not.
    case 'rateLimitedOnce':
      return isFirst ? { _tag: 'RateLimited', ...details, retryAfterMs: 1_000 } : undefined
    case 'rateLimitedForAnHour':
      return { _tag: 'RateLimited', ...details, retryAfterMs: 3_600_000 }
    case 'unreadablePage':
      return secondPage ? { _tag: 'InvalidResponse', ...details, issues: [] } : undefined
    case 'failingPage':
      return secondPage ? { _tag: 'Unavailable', ...details, attempts: 5 } : undefined
    case 'goneAfterPageOne':
      return secondPage ? { _tag: 'NotFound', ...details } : undefined
    case 'slowPages':
      return operation === 'listUsers' ? slowly(request) : undefined
    case 'hangingPage':
      return secondPage ? new Promise<never>(() => {}) : undefined
    default:
      return undefined
  }
}

const fateUnder = (
  disturbance: Disturbance | undefined,
  { busiestLicenseId }: World,
  { action }: AssignmentChange,
): ChangeFate => {
  switch (disturbance) {
    case 'lostAnswer':
      return 'unanswered'
    case 'ignoredChange':
      return 'ignored'
    case 'lateChange':
      return { kind: 'late', afterMs: lateChangeMs }
    case 'implicitChange':
      return action === 'assign' ? { kind: 'implicit', takes: [busiestLicenseId] } : 'done'
    default:
      return 'done'
  }
}

const spoilt = { undecodable: 1, gaps: [{ what: '1 record of a page', reason: 'bad id' }] }

/** Short pages in the middle, no total, and an empty page after the last one with rows. */
const withoutPageCount = <A>({ total = 0, ...page }: Lists.TokenPage<A>, continuation = '0'): Lists.TokenPage<A> => {
  const start = Number(continuation)
  if (start >= total) return page
  const items = start === 3 ? page.items.slice(0, 1) : page.items
  return { ...page, items, next: String(start + items.length) }
}

const SECOND_PAGE_WITH_A_ROW_OF_THE_FIRST = String(conformancePageSize - 1)

const holdingOtherwise = <A>(item: A): A => ({ ...item, licenseIds: ['license-otherwise'] })

const disturb =
  (disturbance: Disturbance | undefined) =>
  <A>({ operation, continuation }: InMemoryRequest, page: Lists.TokenPage<A>): Lists.TokenPage<A> => {
    if (operation !== 'listUsers') return page
    const first = continuation === undefined
    const { next, ...rest } = page
    switch (disturbance) {
      // A place with one more zero before it is the same place by another name.
      case 'emptyPageInTheMiddle':
        if (first) return { ...rest, next: `0${next}` }
        return continuation.startsWith('0') ? { ...rest, items: [], next: continuation.slice(1) } : page
      case 'endlessEmptyPages':
        return first ? page : { ...rest, items: [], next: `0${continuation}` }
      case 'noPageCount':
        return withoutPageCount(page, continuation)
      case 'undecodablePages':
        if (first) return { ...rest, next: `${'0'.repeat(undecodablePageCount)}${next}` }
        return continuation.startsWith('0') ? { ...rest, ...spoilt, items: [], next: continuation.slice(1) } : page
      case 'repeatedToken':
        return first ? page : { ...rest, next: continuation }
      case 'emptyToken':
        return first ? { ...rest, next: '' } : page
      case 'repeatedRowsOtherwise':
        if (first) return { ...rest, next: SECOND_PAGE_WITH_A_ROW_OF_THE_FIRST }
        return continuation === SECOND_PAGE_WITH_A_ROW_OF_THE_FIRST
          ? { ...page, items: page.items.map((item, row) => (row === 0 ? holdingOtherwise(item) : item)) }
          : page
      case 'repeatedRows':
        return first ? { ...rest, next: String(Number(next) - 1) } : page
      case 'totalMoves':
        return first ? page : { ...page, total: (page.total ?? 0) + 1 }
      case 'undecodableRecord':
        return first ? { ...page, ...spoilt } : page
      default:
        return page
    }
  }

const theirs = (id: string) => `their-${id}`

export const inMemoryHarness: ConformanceHarness & { readonly beside: NonNullable<ConformanceHarness['beside']> } = {
  name: 'in memory',
  unsupported: {
    foreignNextLink: 'there are no addresses',
    serverErrorOnce: 'there is no transport that could repeat a request',
    rateLimitedOnce: 'there is no transport that could repeat a request',
    truncatedBodyOnce: 'there are no bodies',
    tokenExpires: 'there are no tokens',
    halfChange: 'a request has one change',
    silentChange: 'there are no bodies',
    concurrency: 'one change is made after the other',
  },
  beside: {
    licenseId: theirs,
    userId: theirs,
    serve: async (world, other) => {
      const served = await inMemoryHarness.serve(world)
      return { ...served, other: (await inMemoryHarness.serve(other)).provider }
    },
  },
  serve: async (world, disturbance, { onEvent } = {}) => {
    let requests = 0
    let inFlight = 0
    let maximumInFlight = 0
    const directoryIsReadable = disturbance !== 'unreadableDirectory'
    const provider = createInMemoryProvider({
      id,
      ...rowsOf(world, directoryIsReadable),
      ...(directoryIsReadable ? {} : { directory: unreadableDirectory }),
      ...(disturbance === 'smallerPagesThanAsked' ? { maxPageSize: smallerPageSize } : {}),
      // What the vendor accepts and does not show is looked for for a minute.
      ...(disturbance === 'ignoredChange' || disturbance === 'lateChange' ? { clock: hastyClock() } : {}),
      onPage: disturb(disturbance),
      onEvent,
      pageSize: conformancePageSize,
      onChange: (change) => fateUnder(disturbance, world, change),
      onRequest: async (request) => {
        requests++
        inFlight++
        maximumInFlight = Math.max(maximumInFlight, inFlight)
        const error = await errorFor(disturbance, world, request, requests === 1)
        inFlight--
        return error
      },
    })
    return { provider, requests: () => requests, maximumInFlight: () => maximumInFlight, secrets: [] }
  },
}
