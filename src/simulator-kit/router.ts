import type { Answer } from './answer.ts'
import { pathMatcher } from './path-pattern.ts'
import type { SimulatedRequest } from './simulated-request.ts'

/** One operation of the vendor's API. */
export interface Route {
  readonly method: string
  /** `/v1/licenses/:licenseId`; the first route that fits is taken, so the more particular one comes first. */
  readonly path: string
  readonly handle: (request: SimulatedRequest) => Answer
}

export interface RouteMatch {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

export interface Router {
  readonly match: (method: string, path: string) => RouteMatch | undefined
  /** The methods that a path does take; none where the path itself is unknown. */
  readonly methodsOf: (path: string) => readonly string[]
}

export const createRouter = (routes: readonly Route[]): Router => {
  const matchers = routes.map((route) => ({ route, matches: pathMatcher(route.path) }))
  return {
    match: (method, path) => {
      for (const { route, matches } of matchers) {
        const params = route.method === method ? matches(path) : undefined
        if (params !== undefined) return { route, params }
      }
      return undefined
    },
    methodsOf: (path) => [
      ...new Set(matchers.filter(({ matches }) => matches(path) !== undefined).map(({ route }) => route.method)),
    ],
  }
}
