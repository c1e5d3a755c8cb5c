import nock from 'nock'
import '../without-network.ts'

export const origin = 'https://webexapis.com'
export const api = `${origin}/v1`

export const withToken = { accessToken: 't0ken' } as const

export const clientId = 'C0ffee-client'
export const clientSecret = '5ecret-of-the-integration'

/** What Webex makes ids of: base64 without padding. */
export const hydraId = (kind: string, inner: string): string =>
  Buffer.from(`ciscospark://us/${kind}/${inner}`).toString('base64').replace(/=+$/, '')

export const licenseId = (offerCode: string, number = 1): string =>
  hydraId('LICENSE', `96abc2aa-3dcc-11e5-a152-fe34819cdc9a:${offerCode}_0000000${number}`)

/** The error body of the API. */
export const errorBody = (message: string, errorCode?: number) => ({
  message,
  errors: [{ description: message, ...(errorCode === undefined ? {} : { errorCode }) }],
  trackingId: 'ROUTER_1',
})

/** A next link, as the vendor writes it. */
export const nextLink = (url: string) => ({ link: `<${url}>; rel="next"` })

export interface HolderRecord {
  readonly id: string
  readonly type?: string
  readonly displayName?: string
  readonly email?: string
}

export const holder = (id: string, type = 'INTERNAL'): HolderRecord => ({
  id,
  type,
  displayName: `Name of ${id}`,
  email: `${id}@example.com`,
})

export const holders = (count: number): readonly HolderRecord[] =>
  Array.from({ length: count }, (_, index) => holder(`p${String(index + 1).padStart(5, '0')}`))

export const licenseRecord = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  name: `Name of ${id}`,
  totalUnits: 100,
  consumedUnits: 1,
  subscriptionId: 'Sub1',
  ...more,
})

export const serveLicenses = (licenses: readonly unknown[]) =>
  nock(api)
    .get('/licenses')
    .reply(200, { items: licenses } as nock.Body)

export interface PageAnswer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Serves the holders of one license by pages, as often as they are asked for; returns the queries that came. */
export const serveHolders = (
  id: string,
  rows: readonly unknown[],
  instead?: (page: number) => PageAnswer | undefined,
): string[] => {
  const queries: string[] = []
  const path = `/licenses/${encodeURIComponent(id)}`
  nock(api)
    .persist()
    .get(path)
    .query(true)
    .reply((uri) => {
      const { search, searchParams } = new URL(uri, origin)
      queries.push(search)
      const limit = Number(searchParams.get('limit') ?? 300)
      const page = Number(searchParams.get('next')?.replace('cursor-', '') ?? 1)
      const other = instead?.(page)
      if (other !== undefined) return [other.status, other.body as nock.Body, { ...other.headers }]
      const more = page * limit < rows.length
      const next = `${api}${path}?includeAssignedTo=user&limit=${limit}&next=cursor-${page + 1}`
      const users = rows.slice((page - 1) * limit, page * limit)
      return [200, { ...licenseRecord(id), users } as nock.Body, more ? nextLink(next) : {}]
    })
  return queries
}

/** Serves the people by pages, or those with an address, as often as they are asked for; returns the queries that came. */
export const servePeople = (
  people: readonly { readonly id?: unknown; readonly emails?: readonly string[] }[],
  instead?: (page: number) => PageAnswer | undefined,
): string[] => {
  const queries: string[] = []
  nock(api)
    .persist()
    .get('/people')
    .query(true)
    .reply((uri) => {
      const { search, searchParams } = new URL(uri, origin)
      queries.push(search)
      const max = Number(searchParams.get('max') ?? 100)
      const page = Number(searchParams.get('cursor') ?? 1)
      const other = instead?.(page)
      if (other !== undefined) return [other.status, other.body as nock.Body, { ...other.headers }]
      const email = searchParams.get('email')
      const found = email === null ? people : people.filter(({ emails = [] }) => emails.includes(email))
      const more = page * max < found.length
      const items = found.slice((page - 1) * max, page * max)
      return [200, { items } as nock.Body, more ? nextLink(`${api}/people?max=${max}&cursor=${page + 1}`) : {}]
    })
  return queries
}

export const person = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  emails: [`${id}@example.com`],
  displayName: `Name of ${id}`,
  licenses: ['license-1'],
  loginEnabled: true,
  ...more,
})

/** Workspaces, or devices, on a page of the vendor. */
export const WORKSPACES_PER_PAGE = 4

/** Serves workspaces by offset, with pages of the vendor's own size; returns the queries that came. */
export const serveWorkspaces = (
  all: readonly unknown[],
  { ignoresStart = false, links = false }: { readonly ignoresStart?: boolean; readonly links?: boolean } = {},
): string[] => {
  const queries: string[] = []
  nock(api)
    .persist()
    .get('/workspaces')
    .query(true)
    .reply((uri) => {
      const { search, searchParams } = new URL(uri, origin)
      queries.push(search)
      const rows = Number(searchParams.get('max') ?? WORKSPACES_PER_PAGE)
      const cursor = Number((links ? searchParams.get('cursor') : searchParams.get('start')) ?? 0)
      const from = ignoresStart ? 0 : cursor
      const next = links && from + rows < all.length ? nextLink(`${api}/workspaces?cursor=${from + rows}`) : {}
      return [200, { items: all.slice(from, from + rows) } as nock.Body, next]
    })
  return queries
}
