import type { TenantOfUser } from '../shared/api.ts'
import type { TenantApi } from './api.ts'

/** Where the user is. A hash such as `#/northwind/person?email=ann@example.com`. */
export interface Route {
  readonly tenant: string
  readonly view: string
  readonly rest: string
  readonly query: URLSearchParams
}

/** An address may be mistyped. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const routeOf = (hash: string): Route => {
  const { pathname, searchParams: query } = new URL(hash.slice(1) || '/', location.origin)
  const [, tenant = '', view = '', rest = ''] = pathname.split('/').map(decoded)
  return { tenant, view, rest, query }
}

export const hashOf = (
  tenant: string,
  view: string,
  rest = '',
  query: Readonly<Record<string, string>> = {},
): string => {
  const search = new URLSearchParams(query).toString()
  const path = [tenant, view, rest].filter((part) => part !== '').map(encodeURIComponent)
  return `#/${path.join('/')}${search === '' ? '' : `?${search}`}`
}

/** What a view gets. */
export interface Place {
  /** The view fills it. */
  readonly root: HTMLElement
  readonly route: Route
  readonly tenant: TenantOfUser
  readonly api: TenantApi
  /** The user may plan and apply. */
  readonly canChange: boolean
  /** Aborted when the user leaves the view. */
  readonly signal: AbortSignal
  readonly showError: (error: unknown) => void
}

export type View = (place: Place) => void | Promise<void>
