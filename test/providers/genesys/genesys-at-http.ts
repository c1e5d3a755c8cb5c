import nock from 'nock'
import '../without-network.ts'

export const api = 'https://api.mypurecloud.ie'
export const login = 'https://login.mypurecloud.ie'

/** A provider's way in that needs no token to be minted. */
export const withToken = { region: 'mypurecloud.ie', accessToken: 't0ken' } as const

export const clientId = '7e4b0c52-client'
export const clientSecret = 'Qm9ndXM-secret'

/** A provider's way in that mints. */
export const withSecret = { region: 'mypurecloud.ie', clientId, clientSecret } as const

export const tokenAnswer = (token: string, expires_in: number | null = 86_400) => ({
  access_token: token,
  token_type: 'bearer',
  expires_in,
})

/** The error body of the Platform API. */
export const errorBody = (status: number, code: string, message: string) => ({
  message,
  code,
  status,
  contextId: 'c0ntext',
  details: [],
  errors: [],
})

export interface ListingOptions {
  /** The largest page that is given. Default: 500. */
  readonly maxPageSize?: number
  /** Whether pages tell their size, and how many there are in all. Default: true. */
  readonly tells?: { readonly pageSize: boolean; readonly pageCount: boolean }
  /** Answers a page in another way. */
  readonly instead?: (pageNumber: number) => readonly [status: number, body: unknown] | undefined
}

/** Serves a listing by page number as often as it is asked for; returns the queries, in the order in which they came. */
export const serveListing = (path: string, rows: readonly unknown[], options: ListingOptions = {}): string[] => {
  const { maxPageSize = 500, tells = { pageSize: true, pageCount: true }, instead } = options
  const queries: string[] = []
  nock(api)
    .persist()
    .get(path)
    .query(true)
    .reply((uri) => {
      const { search, searchParams } = new URL(uri, api)
      queries.push(search)
      const pageNumber = Number(searchParams.get('pageNumber') ?? 1)
      const pageSize = Math.min(maxPageSize, Number(searchParams.get('pageSize') ?? 25))
      const other = instead?.(pageNumber)
      if (other !== undefined) return [other[0], other[1] as nock.Body]
      const count = { total: rows.length, pageCount: Math.ceil(rows.length / pageSize) }
      const body = {
        entities: rows.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
        ...(tells.pageSize ? { pageSize } : {}),
        pageNumber,
        ...(tells.pageCount ? count : {}),
      }
      return [200, body as nock.Body]
    })
  return queries
}

/** Rows of `GET /license/users`: user-1 to user-n, each with the same licenses. */
export const licensedRows = (count: number, licenses: readonly string[] = ['cloudCX2']) =>
  Array.from({ length: count }, (_, index) => ({ id: `user-${index + 1}`, licenses }))

/** Records of the directory for the same users. */
export const directoryRecords = (count: number, state = 'active') =>
  Array.from({ length: count }, (_, index) => ({
    id: `user-${index + 1}`,
    name: `User ${index + 1}`,
    email: `user-${index + 1}@example.com`,
    state,
  }))

export const licenseUsers = '/api/v2/license/users'
export const directory = '/api/v2/users'
export const definitions = '/api/v2/license/definitions'
